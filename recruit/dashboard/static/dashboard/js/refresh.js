// A list that refreshes itself, marked with data-refreshes, keeps what somebody did to it
// meanwhile: marks, what was typed or chosen, what was opened, and the focus.

const FIELDS = "input:not([type=hidden]), select, textarea";
let kept = null;

const isBox = (field) => field.type === "checkbox" || field.type === "radio";
const rowOf = (element) => element.closest("[data-row]")?.querySelector("[data-row-link]")?.id ?? "";

// What an element is called, so that it is found again after the swap.
function nameOf(element) {
  if (element.id) return element.id;
  const own = isBox(element) ? `${element.name}=${element.value}` : element.name || element.href || element.className;
  return `${rowOf(element)} ${element.localName} ${own}`;
}

function noteOf(root) {
  const fields = [...root.querySelectorAll(FIELDS)].map((field) => [
    nameOf(field),
    isBox(field) ? field.checked : field.value,
  ]);
  const opened = [...root.querySelectorAll("details[open]")].map(nameOf);
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  return {
    fields: new Map(fields),
    opened: new Set(opened),
    focused: focused && nameOf(focused),
    range: focused?.matches("[type=text], [type=search], textarea, input:not([type])")
      ? [focused.selectionStart, focused.selectionEnd]
      : null,
  };
}

function giveBack(root, { fields, opened, focused, range }) {
  for (const field of root.querySelectorAll(FIELDS)) {
    const value = fields.get(nameOf(field));
    if (value === undefined) continue;
    if (isBox(field)) field.checked = value;
    else field.value = value;
  }
  for (const one of root.querySelectorAll("details")) {
    if (opened.has(nameOf(one))) one.open = true;
  }
  if (!focused || root.contains(document.activeElement)) return;
  const again = [...root.querySelectorAll("a, button, summary, input, select, textarea")].find(
    (one) => nameOf(one) === focused,
  );
  again?.focus({ preventScroll: true });
  if (again && range) again.setSelectionRange(...range);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  kept = requestConfig?.elt.matches?.("[data-refreshes]") ? { id: target.id, ...noteOf(target) } : null;
});

document.addEventListener("htmx:afterSwap", () => {
  const root = kept && document.getElementById(kept.id);
  if (root) giveBack(root, kept);
  kept = null;
});
