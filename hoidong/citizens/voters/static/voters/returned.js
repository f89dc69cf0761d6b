// A body that returned a petition named the competent one: its choice stands in the field; a click takes it out, another puts it back.

const box = document.querySelector("[data-returned]");
const button = box.querySelector("button");
const field = box.closest("form").querySelector("[name=body]");

function put(value, label) {
  if (field.tomselect) {
    if (value && !field.tomselect.options[value]) field.tomselect.addOption({ value, text: label });
    field.tomselect.setValue(value);
    return;
  }
  if (value && field.options && ![...field.options].some((option) => option.value === value)) field.add(new Option(label, value));
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function show() {
  const taken = field.value === box.dataset.body;
  button.setAttribute("aria-pressed", String(taken));
  button.querySelector("[data-on]").hidden = !taken;
  button.querySelector("[data-off]").hidden = taken;
}

button.addEventListener("click", () => {
  const taken = field.value === box.dataset.body;
  const { body, bodyLabel, before, beforeLabel } = box.dataset;
  put(taken ? before : body, taken ? beforeLabel : bodyLabel);
  show();
});
field.addEventListener("change", show);
button.hidden = false;
show();
