// Screening by keyboard. The page works without this module; with it nobody waits for
// the server: the next people are at hand, and decisions are kept until they are made.

import { flush, keep, keepFor, newId, sendAsForm } from "./kept.js";
import { goToMarkOf, goToNextMark } from "./screening-marks.js";
import {
  dressNotes,
  isTyping,
  keepDraft,
  leaveNote,
  noteMade,
  noteRefused,
  openNote,
  writeNote,
} from "./screening-notes.js";
import { addressOf, forget, load, loadAhead, put } from "./screening-pages.js";
import { learn, learnAnswer, moment, numbers, standing } from "./screening-state.js";

const TRY_AGAIN_MS = 3000;
const SLOW_MS = 150;
const TYPING = "input:not([type=hidden]), select, textarea, [contenteditable]";

const box = document.getElementById("screening");
const told = document.getElementById("kept");
const loading = document.getElementById("loading");
const refusals = document.getElementById("not-made");
const help = document.getElementById("keys");
let wanted = 0; // the place that is asked for and not shown yet
let sayLoading = 0;

const person = () => box.querySelector("[data-person]");
const place = () => Number(person().dataset.place);
const count = () => Number(person().dataset.count);
const decided = () => standing(person().dataset.screening);

function say(sentence, left = 0) {
  told.hidden = !sentence;
  told.textContent = left ? `${sentence} ${left}` : sentence;
}

function tellLoading() {
  clearTimeout(sayLoading);
  loading.hidden = !wanted;
  loading.textContent = wanted ? loading.dataset.loading : "";
}

// Until the person who is asked for is shown, nobody is there to be decided of.
function waitFor(number) {
  wanted = number;
  box.inert = Boolean(number);
  box.setAttribute("aria-busy", String(Boolean(number)));
  clearTimeout(sayLoading);
  if (number) sayLoading = setTimeout(tellLoading, SLOW_MS);
  else tellLoading();
}

function stay() {
  waitFor(0);
  history.replaceState({ place: place() }, "", addressOf(place()));
  say("");
}

async function show(number, { isBack = false } = {}) {
  if (number < 1 || number > count()) return;
  waitFor(number);
  let html;
  try {
    html = await load(number);
  } catch {
    if (wanted !== number) return;
    say(told.dataset.notLoaded);
    setTimeout(() => wanted === number && show(number, { isBack }), TRY_AGAIN_MS);
    return;
  }
  if (wanted !== number) return;
  swap(html);
  waitFor(0);
  if (!isBack) history.pushState({ place: number }, "", addressOf(number));
  window.scrollTo(0, 0);
  box.querySelector("[data-heading]")?.focus({ preventScroll: true });
  loadAhead(place(), count());
}

// Shows the same person as the server knows them now.
async function refresh() {
  const number = place();
  const html = await load(number).catch(() => null);
  if (html && place() === number && !wanted) swap(html);
}

function swap(html) {
  const typed = isTyping(box) ? document.activeElement.selectionStart : null;
  const isSame = html.includes(`data-place="${place()}"`);
  keepDraft(box);
  box.innerHTML = html;
  // What comes with any new part of a page is set up by it: names after an @.
  box.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: box } }));
  dress();
  if (isSame && typed !== null) openNote(box, typed);
}

// Shows keys, the numbers as they are now, and what was decided of this person although
// it is not sent yet.
function dress() {
  for (const hint of box.querySelectorAll("[data-needs-keys]")) hint.hidden = false;
  dressNotes(box);
  const all = decided();
  for (const [name, number] of Object.entries(numbers(all))) {
    box.querySelector(`[data-number="${name}"]`).textContent = number;
  }
  const undo = box.querySelector("[data-undo]");
  undo.hidden = all.length === 0;
  undo.elements.decision.value = all.at(-1)?.id ?? "";
  const { decided: rendered } = person().dataset;
  const isTakenBack = rendered && !all.some((one) => one.id === rendered);
  if (isTakenBack) box.querySelector("[data-standing]")?.replaceChildren();
  const mine = all.find((one) => one.place === place());
  box.querySelector("[data-end]").hidden = all.length < count() && !(mine && place() === count());
  const form = box.querySelector("[data-decide]");
  if (form) dressForm(form, mine);
}

function dressForm(form, mine) {
  form.hidden = Boolean(mine);
  const shown = box.querySelector("[data-standing]");
  shown.replaceChildren();
  if (!mine) return;
  const pill = document.createElement("span");
  const isGood = mine.verdict === "shortlisted";
  const word = isGood ? form.dataset.saidShortlisted : form.dataset.saidRejected;
  pill.className = `pill ${isGood ? "good" : "bad"}`;
  pill.textContent = mine.isSent ? word : `${word} (${form.dataset.notSent})`;
  shown.append(pill);
}

function decide(form, name, value) {
  if (form.hidden || wanted) return;
  const { candidate, screening } = person().dataset;
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  const id = newId();
  try {
    keep({
      id,
      address: form.action,
      place: place(),
      candidate,
      screening,
      fields: { ...fields, decision: id, [name]: value },
      verdict: name === "reason" ? "rejected" : "shortlisted",
    });
  } catch {
    say(told.dataset.notKept);
    sendAsForm(form, name, value);
    return;
  }
  dress();
  if (place() < count()) show(place() + 1);
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
  const last = decided().at(-1);
  if (!last) return;
  const { screening } = person().dataset;
  const fields = { decision: last.id, at: last.place };
  try {
    keep({ id: newId(), address: form.action, place: last.place, screening, undoes: last.id, fields });
  } catch {
    form.submit();
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
  } else {
    tellOf(entry, sentence, "bad");
  }
}

function answered(answer) {
  const { entry, state, warnings } = answer;
  learnAnswer(answer.progress);
  if (state === "refused") refuse(answer);
  else if (entry.isNote) noteMade(box, entry);
  for (const warning of warnings ?? []) tellOf(entry, warning, "attention");
  // What was rendered before still holds, but for what others did or was taken back.
  const isStale = state === "refused" || entry.undoes || entry.isNote;
  if (isStale) forget(entry.place);
  if (isStale && !entry.isNote && entry.place === place() && !wanted) refresh();
  else dress();
}

function listen(answer) {
  if (answer.entry) answered(answer);
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
  e: () => goToNextMark(box),
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
  if (!wanted || event.key === "?") action();
  else if (event.key === "Escape") stay();
  else tellLoading();
});

box.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(Number(link.dataset.go));
  }
  if (event.target.closest("[data-show-keys]")) help.showModal();
  const why = event.target.closest("[data-why]");
  if (why && goToMarkOf(box, why)) event.preventDefault();
});

box.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-undo]")) {
    event.preventDefault();
    delete form.dataset.sent;
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
  else if (wanted) stay();
});

// Another tab decided, or sent what was decided here.
window.addEventListener("storage", (event) => {
  if (!event.key?.startsWith("recruit.kept.")) return;
  forget(place());
  refresh();
});

put(place(), box.innerHTML);
learn(JSON.parse(person().dataset.state), moment());
keepFor(person().dataset.viewer, listen);
// The address always says where one stands.
history.replaceState({ place: place() }, "", addressOf(place()));
dress();
loadAhead(place(), count());
flush();
