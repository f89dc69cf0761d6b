// The keyboard of an office. Single letters rest while a field has the focus and can be switched off (WCAG 2.1.4).

import { press } from "./ledger.js";

const SWITCH = "hd-keys";
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true], .ts-control";

export function lettersOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

function visible(element) {
  return element.getClientRects().length > 0 && !element.disabled;
}

function byKey(letter) {
  return [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key.toLowerCase() === letter && visible(element));
}

function focusSearch() {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select();
  return Boolean(field);
}

function openFilters() {
  const box = document.querySelector("details.hd-filterbox");
  if (!box) return false;
  box.open = true;
  box.querySelector("input:not([type=hidden]), select")?.focus();
  return true;
}

function showKeys() {
  const dialog = document.getElementById("phim-tat");
  dialog?.showModal();
  return Boolean(dialog);
}

function goHome() {
  const brand = document.querySelector("a.hd-brand");
  brand?.click();
  return Boolean(brand);
}

const OWN = { "/": focusSearch, "?": showKeys, f: openFilters, b: goHome };

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    if (focusSearch()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]") || event.target.closest?.(TYPING) || !lettersOn()) return;
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (press(letter, event) || run(letter)) event.preventDefault();
});

function run(letter) {
  const button = letter.length === 1 ? byKey(letter) : null;
  if (button) {
    button.click();
    return true;
  }
  return OWN[letter]?.() ?? false;
}

export function start(root) {
  for (const box of root.querySelectorAll("[data-keys-switch]")) {
    box.checked = lettersOn();
    box.addEventListener("change", () => (box.checked ? localStorage.removeItem(SWITCH) : localStorage.setItem(SWITCH, "off")));
  }
}
