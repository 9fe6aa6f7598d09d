/* The fields that offer suggestions are drawn by a library that names them only by
   what is chosen, so an empty one has no name. Here each gets that of its label. */
"use strict";

// Words come translated from the page that loads this file.
const WORDS = document.currentScript.dataset;

function nameOf(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  return select.getAttribute("aria-label") || (label ? label.textContent.replace(":", "").trim() : "");
}

function giveNames() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const drawn = select.nextElementSibling;
    if (!drawn || !drawn.classList.contains("select2")) continue;
    const name = nameOf(select);
    const parts = drawn.querySelectorAll(
      ".select2-selection, .select2-selection__rendered, .select2-search__field",
    );
    for (const part of parts) {
      if (part.getAttribute("aria-label") !== name) part.setAttribute("aria-label", name);
    }
  }
  const search = document.querySelectorAll(".select2-dropdown .select2-search__field");
  for (const field of search) {
    if (!field.hasAttribute("aria-label")) field.setAttribute("aria-label", WORDS.search);
  }
  for (const list of document.querySelectorAll(".select2-results__options:not([aria-label])")) {
    list.setAttribute("aria-label", WORDS.suggestions);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  giveNames();
  new MutationObserver(giveNames).observe(document.body, { childList: true, subtree: true });
});
