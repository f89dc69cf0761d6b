// What goes wrong between page and server is said in words, with what to do; nothing typed is lost by it.

import { toast } from "./toasts.js";
import { make, sign, word } from "./words.js";

const BY_STATUS = { 403: "refused", 404: "missing", 410: "missing", 429: "slow" };

function again(config) {
  return () => window.htmx.ajax(config.verb, config.path, { source: config.elt, target: config.target, values: config.unfilteredParameters });
}

function signedOut() {
  const back = encodeURIComponent(location.pathname + location.search);
  const address = document.body.dataset.signIn;
  const action = address ? { label: word("signIn"), href: `${address}?next=${back}` } : { label: word("reload"), run: () => location.reload() };
  toast({ text: word("signedOut"), tone: "soon", action });
}

// A whole page where a part was asked for is the sign-in page behind a redirect: keep this page and say so.
function isWholePage(text) {
  return /^\s*<!doctype/i.test(text ?? "");
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target, boosted } = event.detail;
  if (!boosted && target !== document.body && isWholePage(xhr.responseText)) {
    event.detail.shouldSwap = false;
    if (xhr.status < 400) signedOut();
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr, requestConfig } = event.detail;
  const status = xhr.status;
  if (status === 401) return signedOut();
  const text = word(BY_STATUS[status] ?? "failed");
  const action = status >= 500 || status === 429 ? { label: word("retry"), run: again(requestConfig) } : null;
  toast({ text, tone: "late", action });
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    toast({ text: word("unreachable"), tone: "late", action: { label: word("retry"), run: again(event.detail.requestConfig) } });
  });
}

// The line is gone: one banner, no more. A form is held back then, because the browser's own error page would bury it.
let banner = null;

function showLine() {
  if (navigator.onLine && banner) {
    banner.remove();
    banner = null;
    toast({ text: word("online") });
  } else if (!navigator.onLine && !banner) {
    banner = make("div", { className: "hd-offline", role: "status" }, sign("i-cloud-off"), make("span", { textContent: word("offline") }));
    document.querySelector(".hd-skip")?.after(banner);
  }
}

window.addEventListener("online", showLine);
window.addEventListener("offline", showLine);
showLine();

document.addEventListener(
  "submit",
  (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toast({ text: word("unreachable"), tone: "late" });
  },
  true,
);
