// What is wrong with how a page is laid out: too wide, cut off, or one over another.
(checksOverlaps) => {
  const SMALL = 1.5;
  const CONTROLS = "a.button, button, input:not([type=hidden]), select, textarea, summary";
  const WORDED = ".button, button, label, summary, th, h1, h2, h3, .title-link, .flash, .match-rank, .pill, .tag, .tab, .chip, .count, .nav-link, .crumb";
  const found = [];

  const up = function* (element) {
    for (let each = element; each && each !== document.body; each = each.parentElement) yield each;
  };
  const isClipped = (element) => getComputedStyle(element).clipPath !== "none";
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0 &&
    !element.closest(".visually-hidden, .skip-link") && ![...up(element)].some(isClipped);
  const boxOf = (element) => element.getBoundingClientRect();
  const told = (element) => {
    const name = [element.localName, ...element.classList].join(".");
    return `${name} “${element.textContent.trim().replace(/\s+/g, " ").slice(0, 50)}”`;
  };
  const scrolls = (element) => {
    for (const each of up(element.parentElement)) {
      if (["auto", "scroll"].includes(getComputedStyle(each).overflowX)) return true;
    }
    return false;
  };
  const floats = (element) => {
    for (const each of up(element)) {
      if (["fixed", "sticky", "absolute"].includes(getComputedStyle(each).position)) return true;
    }
    return false;
  };

  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) {
    const beside = [...document.body.querySelectorAll("*")].filter((each) => {
      const box = boxOf(each);
      return seen(each) && (box.right > innerWidth + SMALL || box.left < -SMALL) && !scrolls(each);
    });
    const widest = beside.at(-1);
    found.push(`page: ${wide} px too wide${widest ? `, for ${told(widest)}` : ""}`);
  }
  for (const element of document.querySelectorAll(WORDED)) {
    if (!seen(element)) continue;
    const style = getComputedStyle(element);
    const box = boxOf(element);
    const isBeside = box.right > innerWidth + SMALL || box.left < -SMALL;
    if (isBeside && !scrolls(element)) found.push(`beside the page: ${told(element)}`);
    if (style.display === "inline" || style.textOverflow === "ellipsis") continue;
    const taken = element.scrollWidth - element.clientWidth;
    if (taken > SMALL && element.clientWidth > 0 && !["auto", "scroll"].includes(style.overflowX)) {
      found.push(`${taken} px wider than its box: ${told(element)}`);
    }
    if (style.overflowY === "hidden" && element.scrollHeight - element.clientHeight > 3) {
      found.push(`cut off below: ${told(element)}`);
    }
  }
  if (checksOverlaps) {
    const controls = [...document.querySelectorAll(CONTROLS)].filter((each) => seen(each) && !floats(each));
    const boxes = controls.map(boxOf);
    for (let one = 0; one < controls.length; one += 1) {
      for (let other = one + 1; other < controls.length; other += 1) {
        const a = boxes[one];
        const b = boxes[other];
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (width < 2 || height < 2) continue;
        if (controls[one].contains(controls[other]) || controls[other].contains(controls[one])) continue;
        found.push(`${told(controls[one])} lies over ${told(controls[other])}`);
      }
    }
  }
  return [...new Set(found)];
}
