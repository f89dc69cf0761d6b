// The sentences and addresses scripts need come with the page, in the person's language: one <template id="hd-words">.

export function word(name) {
  return document.getElementById("hd-words")?.dataset[name] ?? "";
}

// A sign from the sprite: "s-late", "i-x".
export function sign(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", name.startsWith("s-") ? "hd-s" : "hd-i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${word("sprite")}#${name}`);
  svg.append(use);
  return svg;
}

// An element from its tag, its properties and its children; texts are always texts, never markup.
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// The token that htmx sends with every request of this page; forms made by scripts need it too.
export function token() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  } catch {
    return "";
  }
}
