// What is typed into a form with data-draft stays on this device until the server has taken it, for its writer alone.
// Passwords, files, hidden fields and those with data-no-draft (identity numbers) are never kept.

import { make, word } from "./words.js";

const PREFIX = "hd-draft:";
const DAYS = 14;
const WAIT = 600;
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);

function fields(form) {
  return [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type) && !("noDraft" in field.dataset));
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

// The words of choices that come from the server: the page that is opened again does not know them.
function labels(form) {
  const found = {};
  for (const field of form.querySelectorAll("select[data-load-url]")) {
    for (const option of field.selectedOptions) if (option.value) found[option.value] = option.text;
  }
  return found;
}

function offerChoice(field, value, text) {
  if (field.tomselect) field.tomselect.addOption({ value, text });
  else if (![...field.options].some((option) => option.value === value)) field.add(new Option(text, value));
}

function write(form, values, known) {
  for (const field of fields(form)) {
    const kept = values[field.name] ?? [];
    if ("loadUrl" in field.dataset) for (const value of kept) if (value) offerChoice(field, value, known[value] ?? value);
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
  const note = make("div", { className: "hd-note hd-note--draft", role: "status" }, make("span", { textContent: `${word("draftFound")} ${clock(draft.at)}.` }), restore, drop);
  restore.addEventListener("click", () => {
    write(form, draft.values, draft.labels ?? {});
    note.remove();
  });
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    note.remove();
  });
  form.prepend(note);
}

const keyOf = (form) => `${PREFIX}${document.body.dataset.account ?? ""}:${form.dataset.draft}`;

function watch(form) {
  const key = keyOf(form);
  const first = read(form);
  // A form that came back with errors already holds what was typed.
  const draft = form.querySelector(".hd-errors") ? null : load(key);
  if (draft && !same(draft.values, first)) offer(form, key, draft);
  let timer = 0;
  const save = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    const values = read(form);
    if (same(values, first)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), values, labels: labels(form) }));
  };
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    });
  }
  // The last letters too, however quickly the button was pressed or the page left.
  window.addEventListener("pagehide", save);
  form.addEventListener("submit", () => {
    save();
    sessionStorage.setItem("hd-sent", JSON.stringify({ key, from: location.href.split("#")[0] }));
  });
}

function sent() {
  try {
    return JSON.parse(sessionStorage.getItem("hd-sent") ?? "null");
  } catch {
    return null;
  } finally {
    sessionStorage.removeItem("hd-sent");
  }
}

// A draft is dropped when the server's answer to its form is a page without that form's errors. Where no answer came, the
// next page was opened from elsewhere or gone back to, and the draft stays.
function settle() {
  const { key, from } = sent() ?? {};
  const [visit] = performance.getEntriesByType("navigation");
  if (!key || document.referrer !== from || visit?.type === "back_forward") return;
  const refused = [...document.querySelectorAll("form[data-draft]")].some((form) => keyOf(form) === key && form.querySelector(".hd-errors"));
  const strangers = document.body.classList.contains("hd-plain");
  if (!refused && !strangers) localStorage.removeItem(key);
}

// Nothing lies on a shared machine for ever.
function forget() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && !load(key)) localStorage.removeItem(key);
}

forget();
settle();

export function start(root) {
  for (const form of root.querySelectorAll("form[data-draft]:not([data-watched])")) {
    form.dataset.watched = "yes";
    watch(form);
  }
}
