// A button that was pressed says what it does, and does it once.

import { word } from "./words.js";

// A form that answers with a file leaves the page where it is; then the button comes back by itself.
const COMES_BACK = 15000;

function begin(form, button) {
  form.dataset.sending = "yes";
  if (!button || button.tagName !== "BUTTON") return;
  const width = button.offsetWidth;
  button.dataset.words = button.innerHTML;
  button.textContent = button.dataset.busy || word("busy");
  button.classList.add("is-busy");
  button.setAttribute("aria-disabled", "true");
  button.style.minWidth = `${width}px`;
}

function end(form) {
  delete form.dataset.sending;
  for (const button of form.ownerDocument.querySelectorAll("button.is-busy")) {
    if (button.form !== form) continue;
    button.innerHTML = button.dataset.words;
    button.classList.remove("is-busy");
    button.removeAttribute("aria-disabled");
    button.style.minWidth = "";
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || "quick" in form.dataset) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  // After the browser has read the form, so that the button's own name and value are sent.
  const button = event.submitter;
  setTimeout(() => begin(form, button));
  setTimeout(() => end(form), COMES_BACK);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form && form.method === "post" && event.detail.requestConfig.verb !== "get") begin(form, event.detail.requestConfig.triggeringEvent?.submitter);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) end(form);
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) end(form);
});
