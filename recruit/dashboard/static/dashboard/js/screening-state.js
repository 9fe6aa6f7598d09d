// What stands decided: as the server last told it, with what waits in this browser. Every
// answer tells it anew, so a page that was made ready before shows no old number.

import { kept } from "./kept.js";

let told = { count: 0, decided: [] }; // decided: [id, place, verdict], the last at the end
let answers = 0;

// When a page is asked for; the answer to it says nothing once a later one is there.
export const moment = () => answers;

export function learn(state, since) {
  if (since === answers) told = state;
}

export function learnAnswer(state) {
  answers += 1;
  if (state) told = state;
}

// Returns {id, place, verdict, isSent} in the order in which it was decided.
export function standing(screening) {
  const waiting = kept();
  const undone = new Set(waiting.map((entry) => entry.undoes));
  const sent = told.decided.map(([id, place, verdict]) => ({ id, place, verdict, isSent: true }));
  const known = new Set(sent.map((one) => one.id));
  const unsent = waiting
    .filter((entry) => entry.verdict && entry.screening === screening && !known.has(entry.id))
    .map(({ id, place, verdict }) => ({ id, place, verdict, isSent: false }));
  return [...sent, ...unsent].filter((one) => !undone.has(one.id));
}

export function numbers(decided) {
  const of = (verdict) => decided.filter((one) => one.verdict === verdict).length;
  return {
    shortlisted: of("shortlisted"),
    rejected: of("rejected"),
    left: told.count - decided.length,
    last: decided.at(-1)?.place ?? "",
  };
}
