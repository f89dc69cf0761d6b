// Proposals while typing. They are shown, never filled in: a click (or Alt D for all of them) takes one over, a click undoes it.
// The words come from one field, from a text that stands fast, or from the row of a grid one stands in.

const panel = document.querySelector("[data-proposals]");
const form = panel.closest("form") || document.querySelector(panel.dataset.form);
const rows = panel.dataset.proposals === "rows";
let source = panel.dataset.proposals && !rows ? document.querySelector(panel.dataset.proposals) : null;
let place = "";
const before = new Map();
let timer = 0;
let running = null;
let asked = "";

const fieldOf = (name) => form.querySelector(`[name="${name}${place && `-${place}`}"]`);
const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;

async function ask() {
  const text = (source ? source.value : panel.dataset.text) || "";
  const key = `${place} ${text.trim()}`;
  if (key === asked) return;
  asked = key;
  running?.abort();
  running = new AbortController();
  const body = new FormData();
  body.set("text", text);
  if (fieldOf("commune")) body.set("commune", fieldOf("commune").value);
  if (place) body.set("row", place);
  if (panel.dataset.pk) body.set("pk", panel.dataset.pk);
  try {
    const answer = await fetch(panel.dataset.url, { method: "POST", body, headers: { "X-CSRFToken": token() }, signal: running.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    panel.innerHTML = await answer.text();
    for (const button of panel.querySelectorAll("[data-take]")) {
      if (!fieldOf(button.dataset.take)) button.hidden = true;
      show(button);
    }
  } catch (error) {
    // Without a line one goes on typing; the next letter asks again.
    if (error.name !== "AbortError") asked = "";
  }
}

function put(field, value, label) {
  if (field.tomselect) {
    if (value && !field.tomselect.options[value]) field.tomselect.addOption({ value, text: label });
    field.tomselect.setValue(value);
    return;
  }
  if (value && field.options && ![...field.options].some((option) => option.value === value)) field.add(new Option(label, value));
  field.value = value;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

function show(button) {
  const field = fieldOf(button.dataset.take);
  const taken = Boolean(field) && field.value === button.dataset.value;
  button.setAttribute("aria-pressed", String(taken));
  button.querySelector("[data-off]").hidden = taken;
  button.querySelector("[data-on]").hidden = !taken;
}

function toggle(button, taking) {
  const name = button.dataset.take;
  const field = fieldOf(name);
  if (!field) return;
  const taken = field.value === button.dataset.value;
  if (taken === taking) return;
  if (taking) {
    before.set(name + place, { value: field.value, label: field.selectedOptions?.[0]?.text || "" });
    put(field, button.dataset.value, button.dataset.label);
  } else {
    const was = before.get(name + place) || { value: "", label: "" };
    put(field, was.value === button.dataset.value ? "" : was.value, was.label);
  }
  for (const other of panel.querySelectorAll(`[data-take="${name}"]`)) show(other);
}

panel.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (button) toggle(button, button.getAttribute("aria-pressed") !== "true");
});
form.addEventListener("change", () => {
  for (const button of panel.querySelectorAll("[data-take]")) show(button);
});
form.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.key.toLowerCase() !== "d") return;
  const buttons = [...panel.querySelectorAll(".vt-pr-list:not(.vt-pr-list--maybe) [data-take]")].filter((button) => !button.hidden);
  if (!buttons.length) return;
  event.preventDefault();
  const taking = buttons.some((button) => button.getAttribute("aria-pressed") !== "true");
  for (const button of buttons) toggle(button, taking);
});

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, 600);
}

function stand(event) {
  const area = event.target.closest('textarea[name^="text-"]');
  if (!area) return;
  source = area;
  place = area.name.slice("text-".length);
  later();
}

if (rows) {
  form.addEventListener("focusin", stand);
  form.addEventListener("input", stand);
} else {
  source?.addEventListener("input", later);
  ask();
}
