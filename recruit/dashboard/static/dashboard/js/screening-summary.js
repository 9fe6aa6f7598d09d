// A summary counts what the server knows. What waits in this browser is sent from here as
// well, and the page is shown anew with it; what is refused is told, and stays told.

import { keepFor, kept } from "./kept.js";

const told = document.getElementById("kept");
const refusals = document.getElementById("not-made");

function tell() {
  const left = kept().length;
  told.hidden = left === 0;
  told.textContent = left ? `${told.dataset.waiting} ${left}` : "";
}

function refuse({ entry, sentence }) {
  const line = document.createElement("p");
  const said = entry.fields.text ? ` “${entry.fields.text}”` : "";
  line.className = "notice bad";
  line.textContent = `${entry.place}: ${sentence}${said}`;
  refusals.append(line);
}

keepFor(told.dataset.viewer, (answer) => {
  tell();
  if (answer.state === "refused") refuse(answer);
  const isDone = answer.entry && answer.left === 0;
  if (isDone && !refusals.hasChildNodes()) location.reload();
});
tell();
