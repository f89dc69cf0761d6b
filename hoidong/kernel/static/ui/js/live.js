// Parts of a page that follow what happens elsewhere: one stream for the whole page, the parts load themselves again.
//
// Only the page one looks at holds a stream: a browser opens six connections to a server at most, and every stream
// takes one for as long as it lives. A page that comes back to the front asks for its parts once.

import { word } from "./words.js";

const channels = new Set();
let stream = null;
let missed = false;

function changed(names) {
  // What was just written may not have reached the replicas: for some seconds this browser is answered by the primary.
  document.cookie = "hd-fresh=1; path=/; max-age=10; samesite=lax";
  for (const element of document.querySelectorAll("[data-live]")) {
    if (element.dataset.live.split(" ").some((name) => names.has(name))) window.htmx.trigger(element, "hd:changed");
  }
}

function open() {
  if (stream || !channels.size || document.hidden || !window.EventSource || !word("liveUrl")) return;
  const query = [...channels].map((name) => `kenh=${encodeURIComponent(name)}`).join("&");
  stream = new EventSource(`${word("liveUrl")}?${query}`);
  stream.addEventListener("change", (event) => changed(new Set([event.data])));
  if (missed) changed(channels);
  missed = false;
}

function close() {
  if (!stream) return;
  stream.close();
  stream = null;
  missed = true;
}

export function start(root) {
  const before = channels.size;
  for (const element of [root, ...root.querySelectorAll("[data-live]")]) {
    for (const name of element.dataset?.live?.split(" ") ?? []) channels.add(name);
  }
  if (channels.size === before) return;
  // A part that came later listens to something new: the stream is asked for anew.
  stream?.close();
  stream = null;
  open();
}

document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
// A page that is left lets its stream go; one taken out of the browser's memory connects again.
window.addEventListener("pagehide", close);
window.addEventListener("pageshow", open);
