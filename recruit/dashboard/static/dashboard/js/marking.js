// How many rows of a form are marked, and which buttons that is too few or too many for.
// The server refuses the same, so the pages work without this module.

const boxesOf = (form) => form.querySelectorAll("input[type=checkbox][name]:checked");

function countMarked(form) {
  const marked = boxesOf(form).length;
  for (const told of form.querySelectorAll("[data-marked-count]")) {
    const { none, some } = told.dataset;
    told.textContent = marked ? some.replace("%d", marked) : none;
  }
  for (const button of form.querySelectorAll("button[data-fewest]")) {
    const { fewest, most } = button.dataset;
    button.disabled = marked < Number(fewest) || marked > Number(most);
  }
}

function countAll() {
  for (const told of document.querySelectorAll("form [data-marked-count]")) {
    countMarked(told.form ?? told.closest("form"));
  }
}

countAll();
document.addEventListener("change", countAll);
document.addEventListener("htmx:load", countAll);
// Boxes that the browser restores after a step back are set after this module ran.
window.addEventListener("pageshow", countAll);
