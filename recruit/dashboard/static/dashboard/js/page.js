// Forms with data-confirm ask once more before they are sent; the server needs no
// answer to this question, so the pages work without it. Forms are sent only once.

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // htmx has its own guard, and a request that failed may be sent again.
    if (form.method !== "post" || form.closest("[hx-post], [hx-boost]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  },
  true,
);

// A page taken from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
});

// What Tab comes to is shown whole, also where part of it was in sight before.
let isTabbing = false;
document.addEventListener("keydown", (event) => {
  isTabbing = event.key === "Tab";
});
document.addEventListener("focusin", (event) => {
  if (isTabbing) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// Of tabs that do not fit, the one of this page is shown.
for (const tab of document.querySelectorAll(".tab[aria-current], .nav-link[aria-current]")) {
  const [own, whole] = [tab, tab.closest("nav")].map((one) => one.getBoundingClientRect());
  const beside = own.left < whole.left ? own.left - whole.left : Math.max(own.right - whole.right, 0);
  tab.closest("nav").scrollLeft += beside;
}

// An open menu closes with Escape or a click beside it.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
});

// Messages can be closed; without this module they go with the next page.
function offerToClose(root) {
  for (const button of root.querySelectorAll("[data-dismiss]")) button.hidden = false;
}

offerToClose(document);
document.addEventListener("htmx:oobAfterSwap", () => offerToClose(document));
document.addEventListener("htmx:load", () => offerToClose(document));
document.addEventListener("click", (event) => {
  event.target.closest?.("[data-dismiss]")?.parentElement.remove();
});

// A checkbox with data-check-all="name" sets every checkbox of that name.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.checkAll;
  if (!name) return;
  for (const box of document.querySelectorAll(`input[type="checkbox"][name="${name}"]`)) {
    box.checked = event.target.checked;
  }
});
