// Notes what the Tab key comes to, and what is wrong with where it stands.
//
// The order is right where it follows the places on the page: to the right within a line,
// down to a line below, or up again only to a column that begins beyond the end of what
// was left. (Right is left where text runs so.) What is fixed to the window has no place
// among these, so a step from or to it is not judged.
() => {
  const SMALL = 2;
  const MOST_KEPT = 3;
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
  const isRtl = getComputedStyle(document.body).direction === "rtl";
  const found = [];
  const stops = [];
  const looks = new Map();
  let kept = 0;

  const told = (element) => {
    const name = [element.localName, ...element.classList].join(".");
    const words = element.getAttribute("aria-label") || element.name || element.textContent || "";
    return `${name} “${words.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  const lookOf = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow].join(" ");
  };
  const up = function* (element) {
    for (let each = element; each; each = each.parentElement) yield each;
  };
  const isFixed = (element) =>
    [...up(element)].some((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position));

  // Colours

  const parsed = (text) => {
    const numbers = text.match(/-?[\d.]+(e-?\d+)?/g).map(Number);
    const [red, green, blue, alpha = 1] = text.startsWith("color(srgb")
      ? [...numbers.slice(0, 3).map((each) => each * 255), ...numbers.slice(3)]
      : numbers;
    return [red, green, blue, alpha];
  };
  const light = (color) => {
    const [red, green, blue] = color.map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element) => {
    for (const each of up(element)) {
      const color = parsed(getComputedStyle(each).backgroundColor);
      if (color[3] > 0.5) return color;
    }
    return [255, 255, 255, 1];
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  const checkLook = (element) => {
    const style = getComputedStyle(element);
    if (looks.has(element) && looks.get(element) === lookOf(element)) {
      return found.push(`looks the same with the focus: ${told(element)}`);
    }
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < SMALL) {
      return found.push(`has no outline with the focus: ${told(element)}`);
    }
    const isWithin = parseFloat(style.outlineOffset) < 0;
    const ground = groundOf(isWithin ? element : element.parentElement);
    const ratio = contrast(parsed(style.outlineColor), ground);
    if (ratio < 3) found.push(`outline stands out by ${ratio.toFixed(1)}: ${told(element)}`);
  };

  // In sight: within the window where there is room for it, and nothing lies over it.
  const checkSight = (element) => {
    const box = [...element.getClientRects()][0];
    if (!box || box.width < 1 || box.height < 1) {
      return found.push(`cannot be seen: ${told(element)}`);
    }
    const isOut = (from, to, room) => (from < -SMALL || to > room + SMALL) && to - from < room * 0.7;
    if (isOut(box.top, box.bottom, innerHeight) || isOut(box.left, box.right, innerWidth)) return found.push(`is not wholly in the window: ${told(element)}`);
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const points = [[x, y], [x, top + SMALL], [x, bottom - SMALL], [left + SMALL, y], [right - SMALL, y]];
    const isMiddleEnough = element.ownerSVGElement || box.height > innerHeight / 2;
    for (const [across, down] of isMiddleEnough ? points.slice(0, 1) : points) {
      const hit = document.elementFromPoint(across, down);
      if (!hit || hit.contains(element) || element.contains(hit)) continue;
      if (hit.closest("label")?.control === element || hit.closest("label")?.contains(element)) continue;
      return found.push(`lies under ${told(hit)}: ${told(element)}`);
    }
  };

  const placeOf = (element) => {
    const boxes = [...element.getClientRects()];
    let [across, down] = [scrollX, scrollY];
    for (const each of up(element.parentElement)) {
      if (each === document.documentElement || each === document.body) break;
      across += each.scrollLeft;
      down += each.scrollTop;
    }
    const mirror = (x) => (isRtl ? -x : x);
    const placed = (box) => ({
      top: box.top + down,
      bottom: box.bottom + down,
      start: mirror((isRtl ? box.right : box.left) + across),
      end: mirror((isRtl ? box.left : box.right) + across),
    });
    return { first: placed(boxes[0]), last: placed(boxes.at(-1)) };
  };
  // A link that goes on in the next line of a text is left from there.
  const checkOrder = (before, after) => {
    if (isFixed(before.element) || isFixed(after.element)) return;
    const [a, b] = [before.place.last, after.place.first];
    const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const isSameLine = shared > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
    const goesBack = isSameLine
      ? b.start < a.start - SMALL
      : b.top < a.top && b.bottom <= a.bottom && b.start < a.end - SMALL;
    if (goesBack) found.push(`jumps back from ${told(before.element)} to ${told(after.element)}`);
  };

  for (const element of document.querySelectorAll(FOCUSABLE)) {
    looks.set(element, lookOf(element));
    if (element.tabIndex > 0) found.push(`has a place of its own in the order: ${told(element)}`);
  }
  // The key goes up when the focus has arrived and the page has been scrolled to it.
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Tab" || window.tabbed.isDone) return;
    const element = document.activeElement;
    const isFirstAgain = stops.length > 0 && stops[0].element === element;
    if (element === document.body || isFirstAgain) {
      window.tabbed.isDone = stops.length > 0;
      return;
    }
    // A browser with much to do loses a key now and then; a trap holds against many. The
    // parts of a date are places of their own within one element.
    if (stops.at(-1)?.element === element) {
      kept += 1;
      if (kept < MOST_KEPT || element.matches("[type=date], [type=datetime-local]")) return;
      found.push(`keeps the focus: ${told(element)}`);
      window.tabbed.isDone = true;
      return;
    }
    kept = 0;
    if (stops.length === 0 && !element.matches(".skip-link")) {
      found.push(`the first is ${told(element)}`);
    }
    checkLook(element);
    checkSight(element);
    const stop = { element, place: placeOf(element) };
    if (stops.length > 1) checkOrder(stops.at(-1), stop); // the first leads over the others
    stops.push(stop);
  }, true);
  window.tabbed = { found, isDone: false, count: () => stops.length };
}
