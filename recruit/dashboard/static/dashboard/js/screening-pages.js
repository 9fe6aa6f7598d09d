// The pages of the people of a screening: the next ones are at hand before they are asked
// for. One that was made stale since is asked for again.

import { learn, moment } from "./screening-state.js";

const AHEAD = 5;

const pages = new Map();

export const addressOf = (number) => `${location.pathname}?at=${number}`;

export function put(number, html) {
  pages.set(number, Promise.resolve(html));
}

export function forget(number) {
  pages.delete(number);
}

async function fetched(number) {
  const since = moment();
  const answer = await fetch(addressOf(number), { headers: { "X-Part": "person" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const html = await answer.text();
  const page = new DOMParser().parseFromString(html, "text/html");
  learn(JSON.parse(page.querySelector("[data-person]").dataset.state), since);
  return html;
}

export async function load(number) {
  const held = pages.get(number);
  const asked = held ?? fetched(number);
  pages.set(number, asked);
  try {
    const html = await asked;
    return pages.get(number) === asked ? html : load(number);
  } catch (error) {
    if (pages.get(number) === asked) pages.delete(number);
    throw error;
  }
}

export function loadAhead(place, count) {
  const last = Math.min(place + AHEAD, count);
  for (let number = place + 1; number <= last; number += 1) load(number).catch(() => {});
}
