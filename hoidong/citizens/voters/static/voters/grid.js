// The grid of opinions: by keyboard alone, saved as it is typed, and nothing lost when the line drops.
// Rows that were changed wait in localStorage until the server has taken them; sending a row twice changes nothing.

const form = document.querySelector("[data-grid]");
const table = form.querySelector("tbody");
const stateLine = document.querySelector("[data-grid-state]");
const offline = document.querySelector("[data-grid-offline]");
const key = `voters-grid-${form.dataset.grid}`;
const names = ["speaker", "hamlet", "text", "voters", "handling", "replied_by", "reply", "field", "level", "body"];
const waiting = new Map(Object.entries(JSON.parse(localStorage.getItem(key) || "{}")));
let timer = 0;
let sending = false;

const cell = (row, name) => row.querySelector(`[name="${name}-${row.dataset.place}"]`);
const rows = () => [...table.querySelectorAll("tr[data-place]")];

function read(row) {
  const values = { place: Number(row.dataset.place) };
  for (const name of names) values[name] = cell(row, name).value;
  return values;
}

function keep() {
  localStorage.setItem(key, JSON.stringify(Object.fromEntries(waiting)));
}

// What stood in a row when its person began: where somebody else has written there since, the server puts ours beside it.
const seen = (place) => table.querySelector(`[name="seen-${place}"]`);

function changed(row) {
  const { place } = row.dataset;
  waiting.set(place, { ...read(row), seen: waiting.get(place)?.seen ?? seen(place).value });
  keep();
  clearTimeout(timer);
  timer = setTimeout(send, 700);
}

async function send() {
  if (sending || waiting.size === 0) return;
  sending = true;
  let refused = false;
  const batch = new Map(waiting);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ rows: [...batch.values()] }),
    });
    const body = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (body?.error) {
      // Refused, not lost: what was typed stays on this machine, and people read why.
      refused = true;
      offline.hidden = true;
      stateLine.lastChild.textContent = ` ${body.error}`;
      return;
    }
    if (!answer.ok || !body) throw new Error(String(answer.status));
    for (const [place, values] of batch) {
      if (waiting.get(place) === values) waiting.delete(place);
      else if (waiting.has(place)) waiting.get(place).seen = body.marks[place] ?? "-";
      if (seen(place)) seen(place).value = body.marks[place] ?? "-";
    }
    keep();
    if (body.moved) {
      window.location.reload(); // the page tells what stands where now
      return;
    }
    offline.hidden = true;
    stateLine.lastChild.textContent = ` ${form.dataset.saved || "Đã lưu"} ${body.at.slice(-5)}`;
    for (const [name, count] of Object.entries(body.counts)) {
      const place = document.querySelector(`[data-count="${name}"]`);
      if (place) place.textContent = count;
    }
  } catch {
    offline.hidden = false;
    timer = setTimeout(send, 5000);
  } finally {
    sending = false;
    if (waiting.size && offline.hidden && !refused) timer = setTimeout(send, 300);
  }
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function addRow() {
  const last = rows().at(-1);
  const next = last.cloneNode(true);
  const place = Number(last.dataset.place) + 1;
  next.dataset.place = String(place);
  next.querySelector("th").firstChild.textContent = String(place);
  for (const field of next.querySelectorAll("[name]")) {
    field.name = field.name.replace(/-\d+$/, `-${place}`);
    if (field.matches("[name^=voters]")) field.value = "1";
    else if (field.matches("[name^=seen]")) field.value = "-";
    else if (!field.matches("select")) field.value = "";
    else field.value = "up";
  }
  next.classList.remove("is-at");
  next.querySelector(".vt-reply").hidden = true;
  table.append(next);
  return next;
}

function goTo(row, name = "speaker") {
  const target = cell(row, name);
  target.focus();
  if (target.select && target.tagName === "INPUT") target.select();
}

function neighbour(row, step) {
  const all = rows();
  return all[all.indexOf(row) + step] || (step > 0 ? addRow() : null);
}

function setHandling(row, value) {
  cell(row, "handling").value = value;
  row.querySelector(".vt-reply").hidden = value !== "spot";
  changed(row);
  if (value === "spot") cell(row, "replied_by").focus();
}

table.addEventListener("input", (event) => {
  const row = event.target.closest("tr");
  if (event.target.tagName === "TEXTAREA") grow(event.target);
  if (event.target.name.startsWith("handling-")) row.querySelector(".vt-reply").hidden = event.target.value !== "spot";
  changed(row);
  if (row === rows().at(-1)) addRow();
});

table.addEventListener("focusin", (event) => {
  for (const row of rows()) row.classList.toggle("is-at", row === event.target.closest("tr"));
});

table.addEventListener("keydown", (event) => {
  const row = event.target.closest("tr");
  const name = event.target.name?.replace(/-\d+$/, "");
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.isComposing) {
    event.preventDefault();
    const next = neighbour(row, 1);
    if (!cell(next, "hamlet").value) cell(next, "hamlet").value = cell(row, "hamlet").value;
    goTo(next);
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const next = neighbour(row, event.key === "ArrowDown" ? 1 : -1);
    if (next) goTo(next, name);
  } else if (event.altKey && ["1", "2", "3"].includes(event.key)) {
    event.preventDefault();
    setHandling(row, { 1: "up", 2: "spot", 3: "commune" }[event.key]);
  } else if (event.ctrlKey && event.key.toLowerCase() === "d") {
    event.preventDefault();
    const above = neighbour(row, -1);
    if (above) {
      for (const same of ["speaker", "hamlet"]) cell(row, same).value = cell(above, same).value;
      changed(row);
    }
  }
});

// What was typed while the line was down, in this browser, comes back into the grid.
for (const [place, values] of waiting) {
  while (!table.querySelector(`tr[data-place="${place}"]`) && Number(place) < 2000) addRow();
  const row = table.querySelector(`tr[data-place="${place}"]`);
  if (!row) continue;
  for (const name of names) cell(row, name).value = values[name] ?? "";
  row.querySelector(".vt-reply").hidden = values.handling !== "spot";
}
form.addEventListener("submit", () => {
  waiting.clear();
  keep();
});
for (const area of table.querySelectorAll("textarea")) if (area.value) grow(area);
addEventListener("online", send);
send();
