// The board of a pipeline: cards are dragged to another column, or moved with
// Shift and an arrow. Both press a button of the form that works without this module.

const CARD = "[data-card]";
const FOCUSABLE = "[data-row-link]";
const TYPING = "input:not([type=checkbox]), select, textarea";

let dragged = null;
let moved = null; // the person whose card is to have the focus after the move

const boardOf = (element) => element?.closest("form[data-board]");
const columnOf = (element) => element?.closest("[data-stage]");
const columnsOf = (board) => [...board.querySelectorAll("[data-stage]")];
const mayMove = (card) => card.querySelector('[name="people"]') !== null;

function send(card, stage) {
  const board = boardOf(card);
  if (!mayMove(card) || columnOf(card).dataset.stage === stage) return;
  moved = card.querySelector(FOCUSABLE).id;
  const button = document.createElement("button");
  button.name = "move";
  button.value = `${card.dataset.card}:${stage}`;
  button.hidden = true;
  board.append(button);
  card.classList.add("leaving");
  button.click();
  button.remove();
}

// Dragging

function offerToDrag(root) {
  for (const card of root.querySelectorAll(CARD)) card.draggable = mayMove(card);
}

offerToDrag(document);
document.addEventListener("htmx:load", (event) =>
  offerToDrag(event.detail.elt.parentElement ?? document),
);

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.(CARD);
  if (!card || !mayMove(card)) return;
  dragged = card;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.querySelector(FOCUSABLE).textContent);
  card.classList.add("dragged");
});

function markTarget(column) {
  for (const one of document.querySelectorAll(".column.target")) {
    if (one !== column) one.classList.remove("target");
  }
  column?.classList.add("target");
}

document.addEventListener("dragover", (event) => {
  const column = columnOf(event.target);
  if (!dragged || !column) return markTarget(null);
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  markTarget(column === columnOf(dragged) ? null : column);
});

document.addEventListener("drop", (event) => {
  const column = columnOf(event.target);
  if (!dragged || !column) return;
  event.preventDefault();
  send(dragged, column.dataset.stage);
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  markTarget(null);
});

// Keys: arrows go from column to column, with Shift they take the person along.

function neighbour(card, step) {
  const columns = columnsOf(boardOf(card));
  return columns[columns.indexOf(columnOf(card)) + step];
}

function goTo(card, step) {
  const columns = columnsOf(boardOf(card));
  const from = columns.indexOf(columnOf(card));
  const place = [...columnOf(card).querySelectorAll(CARD)].indexOf(card);
  for (let at = from + step; columns[at]; at += step) {
    const cards = columns[at].querySelectorAll(CARD);
    if (cards.length === 0) continue;
    const next = cards[Math.min(place, cards.length - 1)];
    next.querySelector(FOCUSABLE).focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    return;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const card = event.target.closest?.(CARD);
  if (!step || !card || event.target.matches(TYPING)) return;
  event.preventDefault();
  const towards = document.dir === "rtl" ? -step : step;
  if (!event.shiftKey) return goTo(card, towards);
  const column = neighbour(card, towards);
  if (column) send(card, column.dataset.stage);
});

// After a move the focus stays with the person, wherever they stand now.
document.addEventListener("htmx:afterSettle", () => {
  if (!moved) return;
  const link = document.getElementById(moved);
  moved = null;
  link?.focus();
  link?.closest(CARD)?.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// A refusal that shows what changed meanwhile is a page like any other.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 409 || !boardOf(event.detail.requestConfig?.elt)) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

// Where nothing came back, the card stays where it was, and the page says so.
function tellUnreachable(event) {
  if (!boardOf(event.detail.elt)) return;
  moved = null;
  for (const card of document.querySelectorAll(".leaving")) card.classList.remove("leaving");
  const told = document.querySelector("[data-unreachable]");
  if (told) told.hidden = false;
}

document.addEventListener("htmx:sendError", tellUnreachable);
document.addEventListener("htmx:responseError", tellUnreachable);

// More moves of one person open beside the board.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-moves]");
  const dialog = document.getElementById("moves-dialog");
  if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  const page = new DOMParser().parseFromString(text, "text/html");
  const moves = page.getElementById("moves");
  if (!moves) return window.location.assign(link.href);
  dialog.replaceChildren(document.adoptNode(moves));
  window.htmx.process(dialog);
  const close = dialog.querySelector("[data-close-dialog]");
  close.hidden = false;
  close.addEventListener("click", () => dialog.close());
  dialog.showModal();
  dialog.addEventListener("close", () => link.focus(), { once: true });
});
