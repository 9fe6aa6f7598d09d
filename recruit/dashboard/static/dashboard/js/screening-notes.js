// Notes written while screening: shown at once, kept in the browser until the server has
// them. What was typed and not saved is put back in the field of its person.

import { keep, kept, newId } from "./kept.js";

const drafts = new Map(); // by what the page calls the person

const person = (box) => box.querySelector("[data-person]").dataset;
const field = (box) => box.querySelector("[data-write-note] textarea");

export const isTyping = (box) => document.activeElement === field(box);

export function openNote(box, caret = 0) {
  const panel = box.querySelector("[data-note-panel]");
  if (!panel) return;
  panel.open = true;
  panel.scrollIntoView({ block: "nearest" });
  const text = field(box);
  text.focus();
  text.selectionStart = caret || text.value.length;
}

export function leaveNote(box) {
  const panel = box.querySelector("[data-note-panel]");
  if (!panel) return;
  if (!field(box).value.trim()) panel.open = false;
  box.querySelector("[data-heading]").focus({ preventScroll: true });
}

// Throws where the browser keeps nothing.
export function writeNote(box, form) {
  const id = newId();
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  const { place, candidate, screening } = person(box);
  keep({
    id,
    address: form.action,
    place: Number(place),
    candidate,
    screening,
    isNote: true,
    fields: { ...fields, new_id: id },
  });
  field(box).value = "";
  drafts.delete(candidate);
  for (const error of form.querySelectorAll(".error")) error.remove();
  leaveNote(box);
  dressNotes(box);
}

// Called before another person is shown.
export function keepDraft(box) {
  const text = field(box)?.value;
  if (text?.trim()) drafts.set(person(box).candidate, text);
  else drafts.delete(person(box).candidate);
}

// Shows the notes that are not sent yet, and what was typed before.
export function dressNotes(box) {
  const { candidate, screening } = person(box);
  for (const entry of kept()) {
    const isMine = entry.isNote && entry.candidate === candidate;
    if (isMine && entry.screening === screening) add(box, entry);
  }
  const draft = drafts.get(candidate);
  if (draft && field(box) && !field(box).value) {
    field(box).value = draft;
    box.querySelector("[data-note-panel]").open = true;
  }
}

const lineOf = (box, id) => box.querySelector(`[data-note="${id}"]`);

function add(box, entry) {
  const section = box.querySelector("[data-notes]");
  if (!section || lineOf(box, entry.id)) return;
  const line = document.createElement("li");
  line.dataset.note = entry.id;
  const text = document.createElement("div");
  text.className = "note pre";
  text.textContent = entry.fields.text;
  const who = document.createElement("p");
  who.className = "small muted";
  who.textContent = section.dataset.notSent;
  line.append(text, who);
  section.querySelector("[data-notes-list]").prepend(line);
  section.hidden = false;
}

export function noteMade(box, entry) {
  const who = lineOf(box, entry.id)?.querySelector(".small.muted");
  if (who) who.textContent = box.querySelector("[data-notes]").dataset.sent;
}

export function noteRefused(box, entry) {
  const line = lineOf(box, entry.id);
  const section = line?.closest("[data-notes]");
  line?.remove();
  if (section && !section.querySelector("[data-note]")) section.hidden = true;
  drafts.set(entry.candidate, entry.fields.text);
  if (person(box).candidate === entry.candidate) dressNotes(box);
}
