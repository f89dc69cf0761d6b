// Enter confirms the pair that is shown, unless the focus is on something that has an Enter of its own.

const OWN = "a, button, summary, select, textarea, dialog[open], .ts-control";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (localStorage.getItem("hd-keys") === "off" || event.repeat || document.querySelector("dialog[open]") || event.target.closest?.(OWN)) return;
  const button = document.querySelector("[data-enter]");
  if (!button || event.target.closest?.("form:not(.mc-decide)")) return;
  event.preventDefault();
  button.click();
});
document.querySelector(".mc-list [aria-current]")?.scrollIntoView({ block: "nearest" });
