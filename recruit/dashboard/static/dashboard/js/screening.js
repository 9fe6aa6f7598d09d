// Screening by keyboard. The page works without this module; with it nobody waits for
// the server: the next people are at hand, and decisions are kept until they are made.

import { flush, keep, keepFor, kept, newId } from "./kept.js";
import {
  dressNotes,
  keepDraft,
  leaveNote,
  noteMade,
  noteRefused,
  openNote,
  writeNote,
} from "./screening-notes.js";

const AHEAD = 5;
const TRY_AGAIN_MS = 3000;
const TYPING = "input:not([type=hidden]), select, textarea, [contenteditable]";

const box = document.getElementById("screening");
const told = document.getElementById("kept");
const refusals = document.getElementById("not-made");
const help = document.getElementById("keys");
const pages = new Map();
// What was decided here and not taken back, in order: {id, place, candidate, said}.
const decided = [];
let wanted = 0;

const person = () => box.querySelector("[data-person]");
const place = () => Number(person().dataset.place);
const count = () => Number(person().dataset.count);
const addressOf = (number) => `${location.pathname}?at=${number}`;

async function load(number) {
  if (!pages.has(number)) {
    const asked = fetch(addressOf(number), { headers: { "X-Part": "person" } })
      .then(async (answer) => {
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        return answer.text();
      })
      .catch((error) => {
        pages.delete(number);
        throw error;
      });
    pages.set(number, asked);
  }
  return pages.get(number);
}

function loadAhead() {
  for (let number = place() + 1; number <= Math.min(place() + AHEAD, count()); number += 1) {
    load(number).catch(() => {});
  }
}

function say(sentence, left = 0) {
  told.hidden = !sentence;
  told.textContent = left ? `${sentence} ${left}` : sentence;
}

async function show(number, { isBack = false } = {}) {
  if (number < 1 || number > count()) return;
  wanted = number;
  let html;
  try {
    html = await load(number);
  } catch {
    say(told.dataset.notLoaded);
    setTimeout(() => wanted === number && place() !== number && show(number), TRY_AGAIN_MS);
    return;
  }
  if (wanted !== number) return;
  keepDraft(box);
  box.innerHTML = html;
  // What comes with any new part of a page is set up by it: names after an @.
  box.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: box } }));
  if (!isBack) history.pushState({ place: number }, "", addressOf(number));
  dress();
  window.scrollTo(0, 0);
  box.querySelector("[data-heading]")?.focus({ preventScroll: true });
  loadAhead();
}

// Shows keys, and what was decided here of this person although it is not sent yet.
function dress() {
  for (const hint of box.querySelectorAll("[data-needs-keys]")) hint.hidden = false;
  dressNotes(box);
  const form = box.querySelector("[data-decide]");
  const mine = decided.find((one) => one.candidate === person().dataset.candidate);
  if (!form) return;
  form.hidden = Boolean(mine);
  const standing = box.querySelector("[data-standing]");
  standing.replaceChildren();
  if (!mine) return;
  const pill = document.createElement("span");
  const isSent = !kept().some((entry) => entry.id === mine.id);
  const word = mine.verdict === "shortlisted" ? form.dataset.saidShortlisted : form.dataset.saidRejected;
  pill.className = `pill ${mine.verdict === "shortlisted" ? "good" : "bad"}`;
  pill.textContent = isSent ? word : `${word} (${form.dataset.notSent})`;
  standing.append(pill);
}

function decide(form, name, value) {
  const candidate = person().dataset.candidate;
  if (form.hidden || decided.some((one) => one.candidate === candidate)) return;
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  const id = newId();
  const verdict = name === "reason" ? "rejected" : "shortlisted";
  const here = { id, place: place(), candidate, verdict };
  try {
    keep({
      id,
      address: form.action,
      place: place(),
      candidate,
      screening: person().dataset.screening,
      fields: { ...fields, decision: id, [name]: value },
      verdict,
    });
  } catch {
    say(told.dataset.notKept);
    sendAsForm(form, name, value);
    return;
  }
  decided.push(here);
  if (place() < count()) show(place() + 1);
  else dress();
}

// Where the browser keeps nothing, one waits for each page.
function sendAsForm(form, name, value) {
  const said = document.createElement("input");
  Object.assign(said, { type: "hidden", name, value });
  if (name) form.append(said);
  form.submit();
}

function note(form) {
  try {
    writeNote(box, form);
  } catch {
    say(told.dataset.notKept);
    sendAsForm(form);
  }
}

function takeBack() {
  const form = box.querySelector("[data-undo]");
  const last = decided.pop();
  if (!last) {
    form?.submit();
    return;
  }
  const address = `${location.pathname}undo/`;
  try {
    keep({ id: newId(), address, place: last.place, undoes: last.id, fields: { decision: last.id } });
  } catch {
    form?.submit();
    return;
  }
  if (last.place === place()) dress();
  else show(last.place);
}

function tellOf(entry, sentence, look) {
  const line = document.createElement("p");
  line.className = `notice ${look}`;
  const link = document.createElement("a");
  link.href = entry.place ? addressOf(entry.place) : location.pathname;
  link.textContent = `${entry.place}:`;
  line.append(link, ` ${sentence}`);
  refusals.append(line);
}

function refuse({ entry, sentence }) {
  if (entry.isNote) {
    tellOf(entry, `${sentence} ${told.dataset.undoneNote} “${entry.fields.text}”`, "bad");
    noteRefused(box, entry);
    return;
  }
  tellOf(entry, sentence, "bad");
  const where = decided.findIndex((one) => one.id === entry.id);
  if (where >= 0) decided.splice(where, 1);
}

function listen(answer) {
  if (answer.state === "refused") refuse(answer);
  if (answer.state === "made" || answer.state === "refused") {
    // What was rendered before still holds, but for what others did or was taken back.
    const { entry } = answer;
    if (answer.state === "refused" || entry.undoes || entry.isNote) pages.delete(entry.place);
    if (answer.state === "made" && entry.isNote) noteMade(box, entry);
    for (const warning of answer.warnings ?? []) tellOf(entry, warning, "attention");
    if (answer.entry.undoes && answer.entry.place === place()) show(place(), { isBack: true });
    else dress();
  }
  const sentences = {
    offline: told.dataset.offline,
    "signed-out": told.dataset.signedOut,
    sending: told.dataset.sending,
  };
  say(answer.left ? (sentences[answer.state] ?? told.dataset.sending) : told.dataset.sent, answer.left);
}

function reject() {
  const panel = box.querySelector("[data-reject]");
  if (!panel || panel.closest("form").hidden) return;
  panel.open = true;
  panel.querySelector("button")?.focus();
}

function closeReasons() {
  const panel = box.querySelector("[data-reject][open]");
  if (!panel) return;
  panel.open = false;
  panel.querySelector("summary").focus();
}

function reasonNumbered(number) {
  const panel = box.querySelector("[data-reject][open]");
  const button = panel?.querySelectorAll("button")[number - 1];
  if (button) decide(panel.closest("form"), button.name, button.value);
}

function nextMark() {
  const marks = [...box.querySelectorAll("mark[id]")];
  if (marks.length === 0) return;
  const next = marks[(marks.indexOf(document.activeElement) + 1) % marks.length];
  next.closest("details")?.setAttribute("open", "");
  next.focus();
  next.scrollIntoView({ block: "center" });
}

const towards = document.dir === "rtl" ? -1 : 1; // where the next person is

const KEYS = {
  j: () => show(place() + 1),
  ArrowRight: () => show(place() + towards),
  k: () => show(place() - 1),
  ArrowLeft: () => show(place() - towards),
  s: () => {
    const form = box.querySelector("[data-decide]");
    if (form) decide(form, "verdict", "shortlisted");
  },
  r: reject,
  n: () => openNote(box),
  u: takeBack,
  e: nextMark,
  "?": () => help.showModal(),
  Escape: closeReasons,
};

// While a note is typed: Ctrl and Enter save it, Esc leaves it.
function keyInNote(event) {
  const form = event.target.closest("[data-write-note]");
  if (!form) return;
  if (event.key === "Escape") leaveNote(box);
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  if (help.open) return;
  if (event.target.closest?.(TYPING)) {
    // What a list of names was answered with is no key of the note.
    if (!event.defaultPrevented) keyInNote(event);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isNumber = /^[1-9]$/.test(event.key) && box.querySelector("[data-reject][open]");
  const action = isNumber ? () => reasonNumbered(Number(event.key)) : KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

box.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(Number(link.dataset.go));
  }
  if (event.target.closest("[data-show-keys]")) help.showModal();
  const why = event.target.closest("[data-why]");
  if (why) {
    const mark = box.querySelector(why.getAttribute("href"));
    if (!mark) return;
    event.preventDefault();
    mark.closest("details")?.setAttribute("open", "");
    mark.focus();
    mark.scrollIntoView({ block: "center" });
  }
});

box.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-undo]") && decided.length) {
    event.preventDefault();
    takeBack();
  } else if (form.matches("[data-decide]") && event.submitter) {
    event.preventDefault();
    delete form.dataset.sent;
    decide(form, event.submitter.name, event.submitter.value);
  } else if (form.matches("[data-write-note]")) {
    event.preventDefault();
    delete form.dataset.sent;
    note(form);
  }
});

window.addEventListener("popstate", () => {
  const number = Number(new URLSearchParams(location.search).get("at") ?? 1);
  if (number !== place()) show(number, { isBack: true });
});

pages.set(place(), Promise.resolve(box.innerHTML));
keepFor(person().dataset.viewer, listen);
for (const entry of kept()) {
  const undone = decided.findIndex((one) => one.id === entry.undoes);
  if (undone >= 0) decided.splice(undone, 1);
  else if (entry.verdict && entry.screening === person().dataset.screening) decided.push(entry);
}
// The address always says where one stands.
history.replaceState({ place: place() }, "", addressOf(place()));
dress();
loadAhead();
flush();
