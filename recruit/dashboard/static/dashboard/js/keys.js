// Keys for lists: j and k go down and up, o opens what stands under the row, x marks
// it, / goes to the search. Never while somebody types.

const ROW = "[data-row]";
const TYPING = "input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]";

let place = 0;
let isInRow = false; // the focus was in a row, and nobody went elsewhere since

function rowNow() {
  return document.activeElement?.closest(ROW);
}

function go(step) {
  const rows = [...document.querySelectorAll(ROW)];
  if (rows.length === 0) return;
  const now = rows.indexOf(rowNow());
  const next = now === -1 ? 0 : Math.min(Math.max(now + step, 0), rows.length - 1);
  place = next;
  const link = rows[next].querySelector("[data-row-link]");
  link?.focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  o: () => {
    const details = rowNow()?.querySelector("details");
    if (details) details.open = !details.open;
  },
  x: () => rowNow()?.querySelector('input[type="checkbox"]')?.click(),
  "/": () => document.querySelector('main [type="search"], [data-key="/"]')?.focus(),
};

// Where the list was replaced under somebody's hands, they stay at the same place.
document.addEventListener("focusin", (event) => {
  const row = event.target.closest(ROW);
  isInRow = row !== null;
  if (row) place = [...document.querySelectorAll(ROW)].indexOf(row);
});
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(ROW)) isInRow = false;
});
document.addEventListener("htmx:afterSettle", () => {
  if (!isInRow || document.activeElement !== document.body) return;
  const rows = document.querySelectorAll(ROW);
  rows[Math.min(place, rows.length - 1)]?.querySelector("[data-row-link]")?.focus();
});

function showHints(root) {
  for (const hint of root.querySelectorAll("[data-needs-keys]")) hint.hidden = false;
}

showHints(document);
document.addEventListener("htmx:load", (event) => showHints(event.detail.elt));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(TYPING)) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
