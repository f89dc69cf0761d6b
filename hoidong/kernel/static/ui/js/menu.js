// The menu of a phone and the menu behind one's name. Without scripts they are :target and <details>.

const nav = document.getElementById("menu");
let openedBy = null;

function open(link) {
  openedBy = link;
  nav.classList.add("is-open");
  document.querySelector("[data-menu-open]")?.setAttribute("aria-expanded", "true");
  nav.querySelector("[data-menu-close]")?.focus();
}

function close() {
  if (!nav?.classList.contains("is-open")) return;
  nav.classList.remove("is-open");
  document.querySelector("[data-menu-open]")?.setAttribute("aria-expanded", "false");
  openedBy?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-menu-open]");
  if (opener && nav) {
    event.preventDefault();
    open(opener);
  } else if (event.target.closest("[data-menu-close]")) {
    event.preventDefault();
    close();
  }
  for (const box of document.querySelectorAll("details[data-menubox][open]")) {
    if (!box.contains(event.target)) box.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    close();
    for (const box of document.querySelectorAll("details[data-menubox][open]")) {
      box.open = false;
      box.querySelector("summary").focus();
    }
  }
  // While the phone's menu covers the page, the keyboard stays in it.
  if (event.key === "Tab" && nav?.classList.contains("is-open")) {
    const stops = [...nav.querySelectorAll("a, button")];
    const last = stops[stops.length - 1];
    if (event.shiftKey && document.activeElement === stops[0]) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && document.activeElement === last) {
      event.preventDefault();
      stops[0].focus();
    }
  }
});
