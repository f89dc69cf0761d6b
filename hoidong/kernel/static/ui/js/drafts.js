// What is typed into a form with data-draft stays on this device until the server has taken it.
// Passwords, files and hidden fields are never kept.

import { make, word } from "./words.js";

const PREFIX = "hd-draft:";
const DAYS = 14;
const WAIT = 600;
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);

function fields(form) {
  return [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));
}

function read(form) {
  const values = {};
  for (const field of fields(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (values[field.name] ??= []).push(field.value);
    } else if (field.multiple) {
      values[field.name] = [...field.selectedOptions].map((option) => option.value);
    } else {
      values[field.name] = [field.value];
    }
  }
  return values;
}

function write(form, values) {
  for (const field of fields(form)) {
    const kept = values[field.name] ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
    else if (kept.length && field.tomselect) field.tomselect.setValue(field.multiple ? kept : kept[0]);
    else if (kept.length) field.value = kept[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const clock = (at) => new Intl.DateTimeFormat("vi-VN", { dateStyle: "short", timeStyle: "short" }).format(at);

function load(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null");
    return draft && Date.now() - draft.at < DAYS * 86400000 ? draft : null;
  } catch {
    return null;
  }
}

function offer(form, key, draft) {
  const restore = make("button", { type: "button", className: "hd-btn", textContent: word("draftRestore") });
  const drop = make("button", { type: "button", className: "hd-btn hd-btn--quiet", textContent: word("draftDrop") });
  const note = make("div", { className: "hd-note", role: "status" }, make("span", { textContent: `${word("draftFound")} ${clock(draft.at)}. ` }), restore, drop);
  restore.addEventListener("click", () => {
    write(form, draft.values);
    note.remove();
  });
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    note.remove();
  });
  form.prepend(note);
}

function watch(form) {
  const key = PREFIX + form.dataset.draft;
  const first = read(form);
  // A form that came back with errors already holds what was typed.
  const draft = form.querySelector(".hd-errors") ? null : load(key);
  if (draft && !same(draft.values, first)) offer(form, key, draft);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const values = read(form);
      if (same(values, first)) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    }, WAIT);
  });
  // The next page that has this form again and no errors in it shows that the server took it: see settle().
  form.addEventListener("submit", () => sessionStorage.setItem("hd-sent", key));
}

// A draft is dropped when the page after sending no longer holds its form with errors.
function settle() {
  const key = sessionStorage.getItem("hd-sent");
  if (!key) return;
  sessionStorage.removeItem("hd-sent");
  const refused = [...document.querySelectorAll("form[data-draft]")].some((form) => PREFIX + form.dataset.draft === key && form.querySelector(".hd-errors"));
  const strangers = document.body.classList.contains("hd-plain");
  if (!refused && !strangers) localStorage.removeItem(key);
}

settle();

export function start(root) {
  for (const form of root.querySelectorAll("form[data-draft]:not([data-watched])")) {
    form.dataset.watched = "yes";
    watch(form);
  }
}
