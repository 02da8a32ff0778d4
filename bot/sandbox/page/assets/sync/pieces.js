// Replacing what changed on the page and nothing else, so that typing, focus and scroll survive.

import { keepFolds } from "./fold.js";

const regions = new Map();

/** A selector that finds the same control again after its surroundings were replaced. */
function signature(element) {
  const owner = element.closest("[data-control]");
  if (owner) {
    const { block, action } = owner.dataset;
    const which = owner.dataset.control === "feedback_buttons" ? `[data-value="${CSS.escape(owner.dataset.value)}"]` : "";
    const base = `[data-block="${CSS.escape(block)}"][data-action="${CSS.escape(action)}"]${which}`;
    return owner === element ? base : `${base} ${element.localName}`;
  }
  if (element.id) return `#${CSS.escape(element.id)}`;
  const href = element.getAttribute("href");
  if (href) return `a[href="${CSS.escape(href)}"]`;
  return null;
}

function keepingFocus(root, change) {
  const active = document.activeElement;
  const selector = active && root.contains(active) ? signature(active) : null;
  const caret = selector && "selectionStart" in active ? active.selectionStart : null;
  change();
  if (!selector || document.activeElement?.isConnected && document.activeElement !== document.body) return;
  const again = root.querySelector(selector);
  again?.focus({ preventScroll: true });
  try { if (caret !== null) again?.setSelectionRange(caret, caret); } catch { /* a date field has no caret */ }
}

/** Carries what was typed but not yet sent over to the new drawing of the same control. */
function carryOver(before, after) {
  keepFolds(before, after);
  for (const typed of before.querySelectorAll("[data-dirty]")) {
    const selector = signature(typed);
    const again = selector && after.querySelector(selector);
    if (!again || again.type === "file") continue;
    again.value = typed.value;
    again.dataset.dirty = "";
  }
}

function pieceElement(piece) {
  const element = document.createElement("div");
  element.className = "piece";
  element.dataset.key = piece.key;
  element.dataset.version = piece.version;
  element.innerHTML = piece.html;
  return element;
}

/** The versions of all pieces on the page, by key. */
export function knownPieces() {
  const shown = document.querySelectorAll(".piece");
  return Object.fromEntries([...shown].map((piece) => [piece.dataset.key, piece.dataset.version]));
}

/** Makes the container hold exactly these pieces (without HTML where it has the version already). Returns the keys that were not there before. */
export function applyPieces(container, pieces) {
  const old = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const added = [];
  keepingFocus(container, () => {
    let last = null;
    for (const piece of pieces) {
      const before = old.get(piece.key);
      old.delete(piece.key);
      let element = before;
      if (!before || before.dataset.version !== piece.version) {
        element = pieceElement(piece);
        if (before) {
          carryOver(before, element);
          before.replaceWith(element);
        } else {
          added.push(piece.key);
        }
      }
      const place = last ? last.nextElementSibling : container.firstElementChild;
      if (place !== element) container.insertBefore(element, place);
      last = element;
    }
    for (const gone of old.values()) gone.remove();
  });
  return added;
}

/** Sets the HTML of the named regions where it changed. */
export function applyRegions(changed) {
  for (const [name, html] of Object.entries(changed)) {
    if (regions.get(name) === html) continue;
    regions.set(name, html);
    for (const region of document.querySelectorAll(`[data-region="${name}"]`)) {
      keepingFocus(region, () => { region.innerHTML = html; });
    }
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.(".bk-field, .bk-picker")) event.target.dataset.dirty = "";
});
