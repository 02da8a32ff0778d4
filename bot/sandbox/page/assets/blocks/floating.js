// Placing a menu or a list beside what opened it, inside the window, whatever scrolls around it.
const GAP = 4;
const EDGE = 8;

export function place(popup, anchor, { alignEnd = false, atLeastAsWide = false } = {}) {
  const box = anchor.getBoundingClientRect();
  popup.style.position = "fixed";
  popup.style.maxHeight = "";
  popup.style.minWidth = atLeastAsWide ? `${box.width}px` : "";
  popup.style.inset = "0 auto auto 0";
  const { width, height } = popup.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  const up = height > below && above > below;
  const room = Math.max(up ? above : below, 80);
  const shown = Math.min(height, room);
  const left = alignEnd ? box.right - width : box.left;
  popup.style.maxHeight = `${Math.min(room, 320)}px`;
  popup.style.top = `${up ? box.top - GAP - Math.min(shown, 320) : box.bottom + GAP}px`;
  popup.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  popup.style.right = popup.style.bottom = "auto";
}
