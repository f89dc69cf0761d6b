// The grid of a plan: by keyboard alone, pasted from Excel as cells, saved as it is typed, nothing lost when the line drops.
// Rows that were changed wait in localStorage until the server has taken them; sending a row twice changes nothing.

const form = document.querySelector("[data-plan]");
const table = form.querySelector("[data-rows]");
const stateLine = document.querySelector("[data-plan-state]");
const offline = document.querySelector("[data-plan-offline]");
const key = `voters-plan-${form.dataset.plan}`;
const names = form.dataset.cells.split(" ");
const waiting = new Map(Object.entries(JSON.parse(localStorage.getItem(key) || "{}")));
let timer = 0;
let sending = false;

const rows = () => [...table.querySelectorAll("[data-place]")];
const cell = (row, name) => row.querySelector(`[name="${name}-${row.dataset.place}"]`);
const nameOf = (field) => field.name?.replace(/-\d+$/, "");

function read(row) {
  const values = { place: Number(row.dataset.place) };
  for (const name of names) values[name] = cell(row, name).value;
  return values;
}

function keep() {
  localStorage.setItem(key, JSON.stringify(Object.fromEntries(waiting)));
}

function changed(row) {
  waiting.set(row.dataset.place, read(row));
  keep();
  clearTimeout(timer);
  timer = setTimeout(send, 900);
}

async function send() {
  if (sending || waiting.size === 0) return;
  sending = true;
  const batch = new Map([...waiting].slice(0, 200));
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ rows: [...batch.values()] }),
    });
    const body = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (!answer.ok || !body) throw new Error(body?.error || String(answer.status));
    const untouched = new Set();
    for (const [place, values] of batch)
      if (waiting.get(place) === values) {
        waiting.delete(place);
        untouched.add(Number(place));
      }
    keep();
    offline.hidden = true;
    stateLine.lastChild.textContent = ` ${form.dataset.saved} ${body.at.slice(-5)}`;
    for (const row of rows()) tell(row, body.rows[row.dataset.place], untouched);
    for (const [name, count] of Object.entries(body.counts))
      for (const place of document.querySelectorAll(`[data-count="${name}"]`)) place.textContent = count;
  } catch {
    offline.hidden = false;
    timer = setTimeout(send, 5000);
  } finally {
    sending = false;
    if (waiting.size && offline.hidden) timer = setTimeout(send, 300);
  }
}

// What the server made of a row: its cells in their one form, errors under the cells, the rest under the row.
function tell(row, told, untouched) {
  const now = document.activeElement;
  for (const name of names) {
    const field = cell(row, name);
    const error = told?.errors[name] || "";
    const line = document.getElementById(`${field.id}-loi`);
    line.textContent = error;
    line.hidden = !error;
    field.setAttribute("aria-invalid", error ? "true" : "false");
    if (told && untouched.has(told.place) && field !== now && field.value !== told.cells[name]) {
      field.value = told.cells[name];
      if (field.tagName === "TEXTAREA") grow(field);
    }
  }
  const list = row.querySelector("[data-told]");
  const lines = [...(told?.stops || []).map((text) => ["is-late", text]), ...(told?.warns || []).map((text) => ["is-soon", text])];
  list.replaceChildren(
    ...lines.map(([tone, text]) => {
      const item = document.createElement("li");
      item.className = tone;
      item.textContent = text;
      return item;
    }),
  );
  list.hidden = lines.length === 0;
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function addRow() {
  const last = rows().at(-1);
  const next = last.cloneNode(true);
  const from = last.dataset.place;
  const place = Number(from) + 1;
  next.dataset.place = String(place);
  next.querySelector("[data-number]").textContent = String(place);
  for (const part of next.querySelectorAll("[id], [name], [for], [aria-describedby]"))
    for (const attribute of ["id", "name", "for", "aria-describedby"])
      if (part.hasAttribute(attribute)) part.setAttribute(attribute, part.getAttribute(attribute).replace(`-${from}`, `-${place}`));
  table.append(next);
  for (const name of names) {
    const field = cell(next, name);
    field.value = field.tagName === "SELECT" ? field.options[0].value : "";
    if (field.tagName === "TEXTAREA") field.style.height = "";
  }
  tell(next, null, new Set());
  return next;
}

function neighbour(row, step) {
  const all = rows();
  return all[all.indexOf(row) + step] || (step > 0 ? addRow() : null);
}

function goTo(row, name) {
  const target = cell(row, name);
  target.focus();
  if (target.select) target.select();
}

// Cells copied from Excel or a table of Word: spread from the cell one stands in, row by row.
function spread(row, name, text) {
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
  const first = names.indexOf(name);
  let at = row;
  lines.forEach((line, index) => {
    if (index) at = neighbour(at, 1);
    line.split("\t").forEach((value, offset) => {
      const field = names[first + offset] && cell(at, names[first + offset]);
      if (!field) return;
      if (field.tagName === "SELECT") {
        const chosen = [...field.options].find((option) => option.text.toLowerCase() === value.trim().toLowerCase());
        if (chosen) field.value = chosen.value;
      } else field.value = value.trim();
      if (field.tagName === "TEXTAREA") grow(field);
    });
    changed(at);
  });
  if (at === rows().at(-1)) addRow();
}

table.addEventListener("input", (event) => {
  const row = event.target.closest("[data-place]");
  if (event.target.tagName === "TEXTAREA") grow(event.target);
  changed(row);
  if (row === rows().at(-1)) addRow();
});

table.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") || "";
  if (!text.includes("\t") && !(text.trim().includes("\n") && event.target.tagName !== "TEXTAREA")) return;
  event.preventDefault();
  spread(event.target.closest("[data-place]"), nameOf(event.target), text);
});

table.addEventListener("focusin", (event) => {
  for (const row of rows()) row.classList.toggle("is-at", row === event.target.closest("[data-place]"));
});

table.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-place]");
  const name = nameOf(event.target);
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.isComposing) {
    event.preventDefault();
    goTo(neighbour(row, 1), names[0]);
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const next = neighbour(row, event.key === "ArrowDown" ? 1 : -1);
    if (next) goTo(next, name);
  } else if (event.ctrlKey && event.key.toLowerCase() === "d") {
    event.preventDefault();
    const above = neighbour(row, -1);
    if (above) {
      cell(row, name).value = cell(above, name).value;
      if (event.target.tagName === "TEXTAREA") grow(event.target);
      changed(row);
    }
  } else if (event.ctrlKey && event.key === "Delete") {
    event.preventDefault();
    for (const each of names) cell(row, each).value = "";
    changed(row);
  }
});

// What was typed while the line was down, in this browser, comes back into the grid.
for (const [place, values] of waiting) {
  while (!table.querySelector(`[data-place="${place}"]`) && Number(place) <= 1000) addRow();
  const row = table.querySelector(`[data-place="${place}"]`);
  if (row) for (const name of names) cell(row, name).value = values[name] ?? "";
}
form.addEventListener("submit", () => {
  waiting.clear();
  keep();
});
for (const area of table.querySelectorAll("textarea")) if (area.value) grow(area);
addEventListener("online", send);
send();
