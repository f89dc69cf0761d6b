// Short messages at the foot of the page. One that carries a choice, or bad news, stays until it is closed.

import { make, sign, token, word } from "./words.js";

const STAY = 8000;
const SIGNS = { good: "s-ok", calm: "s-info", soon: "s-soon", late: "s-late" };

export function toast({ text, tone = "good", undo = "", action = null }) {
  const box = make("div", { className: `hd-toast is-${tone}` }, sign(SIGNS[tone] ?? "s-info"), make("span", { textContent: text }));
  if (undo) box.append(undoForm(undo));
  if (action?.href) box.append(make("a", { href: action.href, textContent: action.label }));
  if (action?.run) {
    const button = make("button", { type: "button", textContent: action.label });
    button.addEventListener("click", () => {
      box.remove();
      action.run();
    });
    box.append(button);
  }
  document.getElementById("thong-bao")?.append(box);
  settle(box, Boolean(undo || action || tone === "late"));
  return box;
}

export function start(root) {
  for (const box of root.querySelectorAll("[data-toast]:not([data-settled])")) {
    settle(box, Boolean(box.querySelector("form, a, button")) || box.classList.contains("is-late"));
  }
}

function undoForm(url) {
  const form = make("form", { method: "post", action: url });
  form.append(
    make("input", { type: "hidden", name: "csrfmiddlewaretoken", value: token() }),
    make("button", { type: "submit", textContent: word("undo") }),
  );
  return form;
}

function settle(box, stays) {
  box.dataset.settled = "yes";
  const close = make("button", { type: "button", className: "hd-toast-close" }, sign("i-x"), make("span", { className: "hd-sr", textContent: word("close") }));
  close.addEventListener("click", () => box.remove());
  box.append(close);
  if (stays) return;
  let timer = setTimeout(() => box.remove(), STAY);
  // Who is reading it, or has the keyboard in it, keeps it.
  for (const name of ["mouseenter", "focusin"]) box.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["mouseleave", "focusout"]) box.addEventListener(name, () => (timer = setTimeout(() => box.remove(), STAY)));
}

document.addEventListener("hd:toasts", (event) => {
  const items = Array.isArray(event.detail) ? event.detail : (event.detail?.value ?? []);
  for (const item of items) toast(item);
});
