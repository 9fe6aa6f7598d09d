// The sentences of a profile that the evidence rests on, and the ways to them.

function goTo(mark) {
  mark.closest("details")?.setAttribute("open", "");
  mark.focus();
  mark.scrollIntoView({ block: "center" });
}

export function goToNextMark(box) {
  const marks = [...box.querySelectorAll("mark[id]")];
  if (marks.length === 0) return;
  goTo(marks[(marks.indexOf(document.activeElement) + 1) % marks.length]);
}

// Says whether there was a sentence to go to.
export function goToMarkOf(box, why) {
  const mark = box.querySelector(why.getAttribute("href"));
  if (mark) goTo(mark);
  return Boolean(mark);
}
