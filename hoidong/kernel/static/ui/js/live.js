// Parts of a page that follow what happens elsewhere: one stream for the whole page, the parts load themselves again.

import { word } from "./words.js";

let stream = null;

function listen(channels) {
  if (stream || !window.EventSource || !word("liveUrl")) return;
  stream = new EventSource(`${word("liveUrl")}?${channels.map((name) => `kenh=${encodeURIComponent(name)}`).join("&")}`);
  stream.addEventListener("change", (event) => {
    for (const element of document.querySelectorAll("[data-live]")) {
      if (element.dataset.live.split(" ").includes(event.data)) window.htmx.trigger(element, "hd:changed");
    }
  });
}

export function start() {
  const channels = new Set();
  for (const element of document.querySelectorAll("[data-live]")) for (const name of element.dataset.live.split(" ")) channels.add(name);
  if (channels.size) listen([...channels]);
}

// A page that is left lets its stream go, so that the server does not hold it open.
window.addEventListener("pagehide", () => {
  stream?.close();
  stream = null;
});
