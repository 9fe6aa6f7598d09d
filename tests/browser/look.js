// What is wrong with a page as it stands: scrolled sideways, scrolled without a key, or
// words that do not stand out from what lies under them. Contrast is measured of every
// text here, since axe leaves out placeholders, disabled controls, drawings and gradients.
(checksContrast) => {
  const LEAST = 4.5;
  const found = new Set();
  const told = (element) => {
    const name = [element.localName, ...element.classList].join(".");
    const words = (element.textContent || element.placeholder || element.value || "").trim();
    return `${name} “${words.replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  const isSeen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    for (let each = element; each; each = each.parentElement) {
      if (getComputedStyle(each).clipPath !== "none") return false;
    }
    return true;
  };

  // Sideways

  const tooWide = document.documentElement.scrollWidth - innerWidth;
  if (tooWide > 0) {
    const beside = [...document.querySelectorAll("body *")].filter((each) => {
      const box = each.getBoundingClientRect();
      return (box.right > innerWidth + 1 || box.left < -1) && isSeen(each);
    });
    found.add(`${tooWide} px too wide, for ${beside.length ? told(beside.at(-1)) : "the page"}`);
  }
  for (const element of document.querySelectorAll("body *")) {
    if (element.scrollWidth - element.clientWidth < 2 || element.clientWidth === 0) continue;
    if (!["auto", "scroll"].includes(getComputedStyle(element).overflowX)) continue;
    if (element.matches("textarea, input, select") || !isSeen(element)) continue;
    const isTable = element.querySelector("table") !== null;
    const byLinks = !isTable && element.querySelector("a[href], button") !== null;
    if (element.tabIndex < 0 && !byLinks) found.add(`no key scrolls ${told(element)}`);
    if (!element.ariaLabel && !element.hasAttribute("aria-labelledby")) {
      found.add(`scrolls and has no label: ${told(element)}`);
    }
  }
  if (!checksContrast) return [...found];

  // Contrast

  const parsed = (text) => {
    const numbers = text.match(/-?[\d.]+(e-?\d+)?/g)?.map(Number);
    if (!numbers) return null;
    const [red, green, blue, alpha = 1] = text.startsWith("color(srgb")
      ? [...numbers.slice(0, 3).map((each) => each * 255), ...numbers.slice(3)]
      : numbers;
    return [red, green, blue, alpha];
  };
  const over = (top, under) => [
    ...[0, 1, 2].map((each) => top[each] * top[3] + under[each] * (1 - top[3])),
    1,
  ];
  const light = (color) => {
    const [red, green, blue] = color.map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  // Each color that may lie under the content of an element; a gradient gives several.
  const grounds = new Map();
  const groundsOf = (element) => {
    if (!element) return [[255, 255, 255, 1]];
    if (grounds.has(element)) return grounds.get(element);
    const style = getComputedStyle(element);
    const under = groundsOf(element.parentElement);
    const fill = parsed(style.backgroundColor);
    let mine = under.map((each) => over(fill, each));
    if (style.backgroundImage.includes("gradient")) {
      const stops = style.backgroundImage.match(/rgba?\([^)]*\)|color\([^)]*\)/g) ?? [];
      mine = stops.flatMap((stop) => mine.map((each) => over(parsed(stop), each)));
    }
    const opacity = Number(style.opacity);
    if (opacity < 1) {
      mine = mine.map((each, at) => over([...each.slice(0, 3), opacity], under[at % under.length]));
    }
    grounds.set(element, mine);
    return mine;
  };
  const opacityOf = (element) => {
    let product = 1;
    for (let each = element; each; each = each.parentElement) {
      product *= Number(getComputedStyle(each).opacity);
    }
    return product;
  };
  const measure = (element, color, unders, what = "") => {
    if (!color) return;
    const alpha = color[3] * opacityOf(element);
    if (alpha === 0) return;
    const ratio = Math.min(
      ...unders.map((under) => contrast(over([...color.slice(0, 3), alpha], under), under)),
    );
    if (ratio < LEAST - 0.005) {
      found.add(`contrast ${ratio.toFixed(2)} of ${what}${told(element)}`);
    }
  };

  // What is drawn last under the middle of a text, within one drawing.
  const drawnUnder = (text) => {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    let unders = groundsOf(text.ownerSVGElement.parentElement);
    for (const shape of text.ownerSVGElement.querySelectorAll("rect, circle, path")) {
      if (text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_FOLLOWING) continue;
      const area = shape.getBoundingClientRect();
      if (x < area.left || x > area.right || y < area.top || y > area.bottom) continue;
      const style = getComputedStyle(shape);
      const fill = parsed(style.fill);
      if (!fill) continue;
      fill[3] *= Number(style.fillOpacity) * Number(style.opacity);
      unders = unders.map((under) => over(fill, under));
    }
    return unders;
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const holders = new Set();
  while (texts.nextNode()) {
    const holder = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() && !holder.closest("script, noscript, title, desc, option")) {
      holders.add(holder);
    }
  }
  for (const holder of holders) {
    if (!isSeen(holder)) continue;
    const style = getComputedStyle(holder);
    if (holder.ownerSVGElement) measure(holder, parsed(style.fill), drawnUnder(holder));
    else measure(holder, parsed(style.color), groundsOf(holder));
  }
  for (const element of document.querySelectorAll("body *")) {
    for (const which of ["::before", "::after"]) {
      const style = getComputedStyle(element, which);
      if (!/[^"\s]/.test(style.content) || ["none", "normal"].includes(style.content)) continue;
      if (isSeen(element)) measure(element, parsed(style.color), groundsOf(element), which);
    }
  }
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (field.type === "hidden" || !isSeen(field)) continue;
    measure(field, parsed(getComputedStyle(field).color), groundsOf(field), "what stands in ");
    if (field.placeholder) {
      const style = getComputedStyle(field, "::placeholder");
      const color = parsed(style.color);
      color[3] *= Number(style.opacity);
      measure(field, color, groundsOf(field), "the placeholder of ");
    }
    if (field.type === "file") {
      const style = getComputedStyle(field, "::file-selector-button");
      const ground = groundsOf(field).map((each) => over(parsed(style.backgroundColor), each));
      measure(field, parsed(style.color), ground, "the button of ");
    }
  }
  return [...found];
}
