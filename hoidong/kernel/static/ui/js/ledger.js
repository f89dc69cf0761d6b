// Lists driven by the keyboard: j k move, Enter opens, x picks, Shift picks a range; the bulk bar counts what is picked.

let lastPicked = null;

function ledgers() {
  return [...document.querySelectorAll("[data-ledger]")];
}

function rowsOf(ledger) {
  return [...ledger.querySelectorAll("tbody tr, .hd-rows > li")].filter((row) => row.querySelector("a, input"));
}

function mainLink(row) {
  return row.querySelector(".hd-code a, a.hd-two, a.hd-row-title, a");
}

function boxOf(row) {
  return row?.querySelector("input[type=checkbox][name=chon]");
}

function current() {
  for (const ledger of ledgers()) {
    const row = ledger.querySelector(".is-at");
    if (row) return { ledger, row };
  }
  return null;
}

function moveTo(ledger, row) {
  for (const other of ledger.querySelectorAll(".is-at")) other.classList.remove("is-at");
  row.classList.add("is-at");
  mainLink(row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const at = current();
  const ledger = at?.ledger ?? ledgers()[0];
  if (!ledger) return false;
  const rows = rowsOf(ledger);
  const place = at ? rows.indexOf(at.row) + by : by > 0 ? 0 : rows.length - 1;
  const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
  if (row) moveTo(ledger, row);
  return Boolean(row);
}

function open() {
  const at = current();
  // With the focus on a link or button, Enter is the browser's own.
  if (!at || document.activeElement?.closest("a, button, summary, input")) return false;
  mainLink(at.row)?.click();
  return true;
}

function pick(event) {
  const at = current();
  const box = boxOf(at?.row);
  if (!box) return false;
  event.shiftKey ? pickRange(at.ledger, box, true) : setPicked(box, !box.checked);
  lastPicked = box;
  count(at.ledger);
  return true;
}

// For keys.js: true where the letter was used here.
export function press(letter, event) {
  if (letter === "j") return step(1);
  if (letter === "k") return step(-1);
  if (letter === "x") return pick(event);
  if (letter === "Enter") return open();
  return false;
}

function setPicked(box, on) {
  box.checked = on;
  box.closest("tr, li").classList.toggle("is-picked", on);
}

function pickRange(ledger, box, on) {
  const boxes = rowsOf(ledger).map(boxOf).filter(Boolean);
  const from = boxes.indexOf(lastPicked);
  const to = boxes.indexOf(box);
  if (from < 0) return setPicked(box, on);
  for (const other of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) setPicked(other, on);
}

function count(ledger) {
  const boxes = rowsOf(ledger).map(boxOf).filter(Boolean);
  const picked = boxes.filter((box) => box.checked).length;
  const bar = ledger.querySelector("[data-bulk]");
  if (bar) {
    bar.hidden = picked === 0;
    bar.querySelector("[data-bulk-count]").textContent = picked;
    const words = bar.querySelector("[data-bulk-words]");
    words.textContent = words.dataset.picked;
  }
  const all = ledger.querySelector("[data-pick-all]");
  if (all) {
    all.checked = picked > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
  }
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  const ledger = box.closest("[data-ledger]");
  if (!ledger) return;
  if ("pickAll" in box.dataset) {
    for (const other of rowsOf(ledger).map(boxOf).filter(Boolean)) setPicked(other, box.checked);
  } else if (box.name === "chon") {
    event.shiftKey ? pickRange(ledger, box, box.checked) : setPicked(box, box.checked);
    lastPicked = box;
  } else {
    return;
  }
  count(ledger);
});

export function start(root) {
  const found = [...root.querySelectorAll("[data-ledger]")];
  const around = root.closest?.("[data-ledger]");
  for (const ledger of around ? [around, ...found] : found) {
    for (const all of ledger.querySelectorAll("[data-pick-all]")) all.hidden = false;
    for (const box of rowsOf(ledger).map(boxOf).filter(Boolean)) setPicked(box, box.checked);
    count(ledger);
  }
}
