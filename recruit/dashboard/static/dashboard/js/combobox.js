// Suggestions for a text field with data-suggest="address". Without this module the
// field is a plain text field; with it, a combobox after the ARIA practices.

const DELAY_MS = 120;
let made = 0;

function optionsOf(list) {
  return [...list.querySelectorAll('[role="option"]')];
}

function enhance(input) {
  const list = document.createElement("ul");
  list.className = "combobox-list";
  list.id = `suggestions-${++made}`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? "");
  input.after(list);
  input.parentElement.classList.add("combobox");
  input.role = "combobox";
  input.autocomplete = "off";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  let waiting = 0;
  let asked = 0;

  function close() {
    asked += 1;
    clearTimeout(waiting);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    input.value = option.textContent;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function activate(option) {
    for (const each of optionsOf(list)) {
      each.setAttribute("aria-selected", String(each === option));
    }
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(names) {
    list.replaceChildren(
      ...names.map((name, index) => {
        const option = document.createElement("li");
        option.className = "combobox-option";
        option.id = `${list.id}-${index}`;
        option.role = "option";
        option.textContent = name;
        option.setAttribute("aria-selected", "false");
        return option;
      }),
    );
    list.hidden = names.length === 0;
    input.setAttribute("aria-expanded", String(names.length > 0));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const words = input.value.trim();
    if (!words) {
      close();
      return;
    }
    const mine = ++asked;
    const address = `${input.dataset.suggest}?q=${encodeURIComponent(words)}`;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const told = answer.ok ? await answer.json() : {};
      const names = told.names ?? told.skills ?? [];
      if (mine === asked) show(names);
    } catch {
      close();
    }
  }

  function move(step) {
    const options = optionsOf(list);
    if (options.length === 0) return;
    const now = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const start = now === -1 && step < 0 ? 0 : now;
    activate(options[(start + step + options.length) % options.length]);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, DELAY_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      ask();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const chosen = list.querySelector('[aria-selected="true"]');
      if (chosen) {
        event.preventDefault();
        choose(chosen);
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  // mousedown, since a click would come after the blur that closes the list.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest('[role="option"]');
    if (option) choose(option);
  });
}

function enhanceAll(root) {
  for (const input of root.querySelectorAll("input[data-suggest]:not([role])")) {
    enhance(input);
  }
}

enhanceAll(document);
document.addEventListener("htmx:load", (event) => enhanceAll(event.detail.elt));
