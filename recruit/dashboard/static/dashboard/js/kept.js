// Decisions and notes kept in this browser until the server has answered for them. Each
// names itself by an id, so one that is sent again because its answer was lost is made
// once. Kept are ids, addresses and the words of notes, never a name.

const RETRY_MS = 3000;
const SLOWEST_MS = 30000;

let isSending = false;
let waiting = 0;
let delay = RETRY_MS;
let viewer = "";
let listener = () => {};

const key = () => `recruit.kept.${viewer}`;

export function kept() {
  try {
    return JSON.parse(localStorage.getItem(key()) ?? "[]");
  } catch {
    return [];
  }
}

function write(entries) {
  localStorage.setItem(key(), JSON.stringify(entries));
}

// What was refused needs not be taken back either.
function without(id, isRefused) {
  write(kept().filter((entry) => entry.id !== id && !(isRefused && entry.undoes === id)));
}

function token() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  return cookie?.split("=")[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

// Answers "made" or "refused" where the server decided, else why it is kept.
async function send(entry) {
  let answer;
  try {
    answer = await fetch(entry.address, {
      method: "POST",
      redirect: "manual",
      keepalive: true, // whoever leaves the page meanwhile has it sent
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      body: new URLSearchParams(entry.fields),
    });
  } catch {
    return { state: "offline" };
  }
  if (answer.type === "opaqueredirect") return { state: "signed-out" };
  if (answer.ok) {
    const said = await answer.json().catch(() => ({}));
    return { state: "made", warnings: said.warnings ?? [], progress: said.state };
  }
  if (![400, 404, 409, 422].includes(answer.status)) return { state: "offline" };
  const told = await answer.json().catch(() => ({}));
  const sentence = told.refused ?? String(answer.status);
  return { state: "refused", sentence, progress: told.state };
}

async function sendAll() {
  for (let entry = kept()[0]; entry; entry = kept()[0]) {
    listener({ state: "sending", left: kept().length });
    const answer = await send(entry);
    if (answer.state !== "made" && answer.state !== "refused") {
      listener({ state: answer.state, left: kept().length });
      return false;
    }
    without(entry.id, answer.state === "refused");
    listener({ ...answer, entry, left: kept().length });
  }
  return true;
}

export async function flush() {
  if (isSending) return;
  clearTimeout(waiting);
  isSending = true;
  // Where two tabs are open, one sends at a time; twice sent is made once anyway.
  const guard = navigator.locks?.request.bind(navigator.locks, key()) ?? ((work) => work());
  const isEmpty = await guard(sendAll);
  isSending = false;
  delay = isEmpty ? RETRY_MS : Math.min(delay * 2, SLOWEST_MS);
  if (!isEmpty) waiting = setTimeout(flush, delay);
  else if (kept().length) flush();
}

// Throws where the browser keeps nothing.
export function keep(entry) {
  write([...kept(), entry]);
  flush();
}

export function keepFor(someone, listen) {
  viewer = someone;
  listener = listen;
  window.addEventListener("online", () => {
    delay = RETRY_MS;
    flush();
  });
  if (kept().length) flush();
}

// crypto.randomUUID is missing where a page comes without TLS from another machine.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// Where the browser keeps nothing, one waits for each page.
export function sendAsForm(form, name, value) {
  const said = document.createElement("input");
  Object.assign(said, { type: "hidden", name, value });
  if (name) form.append(said);
  form.submit();
}
