// The scripts of every page. Each part looks after itself; new pieces of a page are started as htmx brings them.

import "./busy.js";
import "./dialog.js";
import "./errors.js";
import "./keys.js";
import "./menu.js";
import * as drafts from "./drafts.js";
import * as keys from "./keys.js";
import * as ledger from "./ledger.js";
import * as live from "./live.js";
import * as suggest from "./suggest.js";
import * as toasts from "./toasts.js";

function start(root) {
  for (const element of root.querySelectorAll("[data-needs-script][hidden]")) element.hidden = false;
  for (const area of root.querySelectorAll("textarea")) grow(area);
  for (const tab of root.querySelectorAll(".hd-tabs [aria-current]")) show(tab);
  for (const part of [drafts, keys, ledger, live, suggest, toasts]) part.start(root);
  root.querySelector("[data-focus]")?.focus();
}

// Tabs that do not all fit are a strip that scrolls: the open one stands in the middle of it.
function show(tab) {
  const strip = tab.parentElement;
  const at = tab.getBoundingClientRect().left - strip.getBoundingClientRect().left + strip.scrollLeft;
  strip.scrollLeft = at - (strip.clientWidth - tab.offsetWidth) / 2;
}

// A text field is as tall as what is written in it.
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", fit);
  if (area.value) fit();
}

start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt);
});
