"use strict";
const table = document.getElementById("heat");
const body = table.tBodies[0];
const data = JSON.parse(document.getElementById("data").textContent);
const rows = [...body.rows];
const columns = [...table.tHead.rows[0].cells].slice(2);
const byCount = rows.map((row) => row);
const byName = [...rows].sort((a, b) => a.dataset.n - b.dataset.n);
const byShare = columns.map((_, k) => k);
const byNumber = [...byShare].sort((a, b) => columns[a].dataset.n - columns[b].dataset.n);
const cells = rows.map((row) => [...row.cells].slice(2));
const numbers = columns.map((column) => +column.dataset.n);

function toggle(id, texts, act) {
  const button = document.getElementById(id);
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    button.textContent = texts[+on];
    act(on);
  });
}

toggle("by-student", ["Students by name", "Students by what is right"],
  (on) => body.append(...(on ? byName : byCount)));
toggle("by-exercise", ["Exercises by number", "Exercises by what is right"], (on) => {
  const order = on ? byNumber : byShare;
  table.tHead.rows[0].append(...order.map((k) => columns[k]));
  rows.forEach((row, r) => row.append(...order.map((k) => cells[r][k])));
});

document.getElementById("find").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of rows)
    row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
});

let chosen = null;
function tell(cell) {
  const row = cell.parentElement;
  const r = rows.indexOf(row);
  const k = cells[r].indexOf(cell);
  if (k < 0) return;
  if (chosen) chosen.classList.remove("chosen");
  chosen = cell;
  cell.classList.add("chosen");
  const place = numbers[k];
  const text = data.rows[row.dataset.n][place];
  const what = text !== undefined ? data.texts[text]
    : cell.className === "n" ? "not handed in." : "right.";
  document.getElementById("said").textContent =
    `${row.cells[0].textContent}, ${data.ids[place]}: ${what}`;
}
body.addEventListener("click", (event) => {
  const cell = event.target.closest("td");
  if (cell) tell(cell);
});

// The table is one stop of the Tab key; arrows move the choice inside it.
table.parentElement.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0],
    ArrowDown: [1, 0] }[event.key];
  if (!step || event.target !== table.parentElement) return;
  event.preventDefault();
  const shown = [...body.rows].filter((row) => !row.hidden);
  if (!shown.length) return;
  let r = chosen ? shown.indexOf(chosen.parentElement) : -1;
  let c = chosen ? chosen.cellIndex : 1;
  if (r < 0) [r, c] = [0, 2];
  else {
    r = Math.min(Math.max(r + step[0], 0), shown.length - 1);
    c = Math.min(Math.max(c + step[1], 2), shown[r].cells.length - 1);
  }
  tell(shown[r].cells[c]);
  shown[r].cells[c].scrollIntoView({ block: "nearest", inline: "nearest" });
});
