// Suggestions of colleagues while "@name" is typed in a text with data-mentions. Without
// this module the name is typed to its end.

const DELAY_MS = 120;
const BEGUN = /(?:^|[^\w.+-])@([\p{L}\p{N}][^@\n]{0,60})$/u;
let made = 0;

function enhance(area) {
  const list = document.createElement("ul");
  list.className = "combobox-list";
  list.id = `colleagues-${++made}`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", area.labels?.[0]?.textContent.trim() ?? "");
  area.after(list);
  area.parentElement.classList.add("combobox");
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  let waiting = 0;
  let asked = 0;

  const options = () => [...list.querySelectorAll('[role="option"]')];
  const chosen = () => list.querySelector('[aria-selected="true"]');
  const begun = () => BEGUN.exec(area.value.slice(0, area.selectionStart))?.[1];

  function close() {
    asked += 1;
    clearTimeout(waiting);
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  }

  function activate(option) {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    area.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    const end = area.selectionStart;
    const start = end - begun().length;
    area.setRangeText(`${option.textContent} `, start, end, "end");
    close();
    area.focus();
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
    if (names.length > 0) activate(options()[0]);
  }

  async function ask() {
    const words = begun();
    if (!words) {
      close();
      return;
    }
    const mine = ++asked;
    const job = area.form?.elements.namedItem("job")?.value;
    const about = job ? `&job=${encodeURIComponent(job)}` : "";
    const address = `${area.dataset.mentions}&q=${encodeURIComponent(words)}${about}`;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const names = answer.ok ? (await answer.json()).names : [];
      if (mine === asked) show(names);
    } catch {
      close();
    }
  }

  function move(step) {
    const all = options();
    const now = all.indexOf(chosen());
    activate(all[(now + step + all.length) % all.length]);
  }

  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, DELAY_MS);
  });
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" || event.key === "Tab") {
      choose(chosen());
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest('[role="option"]');
    if (option) choose(option);
  });
}

function enhanceAll(root) {
  for (const area of root.querySelectorAll("textarea[data-mentions]:not([aria-controls])")) {
    enhance(area);
  }
}

enhanceAll(document);
document.addEventListener("htmx:load", (event) => enhanceAll(event.detail.elt));
