// What an accessibility checker would complain about on the page as it stands. Returns strings.
async () => {
  // A link's press is over as soon as the next page has begun; without its styles it is another one.
  if (document.readyState !== "complete") await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
  const visible = (element) => {
    if (element.closest("[hidden], [inert]") || !element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  };
  const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
  const root = modal ?? document.body;
  const all = (selector) => [...root.querySelectorAll(selector)].filter(visible);
  const describe = (element) => element.outerHTML.slice(0, 140).replace(/\s+/g, " ");
  const found = [];

  const text = (id) => document.getElementById(id)?.textContent.trim() ?? "";
  const nameOf = (element) => {
    const by = element.getAttribute("aria-labelledby");
    if (by) return by.split(/\s+/).map(text).join(" ").trim();
    const own = element.getAttribute("aria-label");
    if (own) return own;
    if (element.labels?.length) return [...element.labels].map((label) => label.textContent).join(" ").trim();
    if (element.alt !== undefined && element.alt) return element.alt;
    if (/^(input|select|textarea)$/i.test(element.localName)) return "";
    return element.textContent.trim() || [...element.querySelectorAll("[aria-label], img[alt]")].map((one) => one.getAttribute("aria-label") ?? one.alt).join("");
  };
  const CONTROLS = "a[href], button, input, select, textarea, [role=combobox], [role=option], [role=menuitem], [role=dialog], dialog, summary, [role=region], [role=listbox], nav, main, aside";
  for (const control of [...all(CONTROLS), ...(modal ? [modal] : [])]) {
    if (!nameOf(control)) found.push(`no name: ${describe(control)}`);
  }
  for (const picture of all("img, [role=img]")) {
    if (!nameOf(picture)) found.push(`no alternative text: ${describe(picture)}`);
  }
  const ids = new Map();
  for (const element of document.querySelectorAll("[id]")) ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
  for (const [id, times] of ids) if (times > 1) found.push(`id used ${times} times: ${id}`);
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/)) {
        if (!ids.has(id) && !(modal === undefined && element.localName === "dialog") && element.id !== "confirm" && element.id !== "modals") found.push(`${attribute} names nothing (${id}): ${describe(element)}`);
      }
    }
  }
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) found.push(`tabindex above 0: ${describe(element)}`);
  for (const list of all("[role=listbox]")) {
    if (!list.querySelector("[role=option]")) found.push(`empty listbox: ${describe(list)}`);
  }
  const nested = "a a, a button, button a, button button, label label";
  for (const element of root.querySelectorAll(nested)) found.push(`control inside a control: ${describe(element)}`);

  // Contrast: text against the colours that lie behind it.
  const parse = (colour) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const cache = new Map();
  const colourOf = (colour) => {
    if (!cache.has(colour)) cache.set(colour, parse(colour));
    return cache.get(colour);
  };
  const over = (top, bottom) => top.slice(0, 3).map((value, at) => value * top[3] + bottom[at] * (1 - top[3]));
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = colourOf(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1 || at === modal) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, two) => {
    const [high, low] = [light(one), light(two)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(element) || !visible(element)) continue;
    seen.add(element);
    if (element.closest(".bk-emoji, .waiting, .avatar-system, :disabled, svg, script, style")) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const front = over(colourOf(style.color), back);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const value = ratio(front, back);
    if (value < (large ? 3 : 4.5)) found.push(`contrast ${value.toFixed(2)}: ${describe(element)}`);
  }
  for (const field of all("input[placeholder], textarea[placeholder]")) {
    const back = behind(field);
    const value = ratio(over(colourOf(getComputedStyle(field, "::placeholder").color), back), back);
    if (value < 4.5) found.push(`placeholder contrast ${value.toFixed(2)}: ${describe(field)}`);
  }
  return found;
}
