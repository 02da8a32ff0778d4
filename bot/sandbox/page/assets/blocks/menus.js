// Menus behind a button: overflow elements, message actions, shortcuts.
import { act } from "./act.js";
import { place } from "./floating.js";

let open = null;

function close({ focus = false } = {}) {
  if (!open) return;
  const { menu, opener } = open;
  open = null;
  menu.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  if (focus) opener.focus();
}

function beside({ menu, opener }) {
  // Beside the composer there is room on the right only: on its left is the sidebar.
  place(menu, opener, { alignEnd: !opener.closest(".composer") });
}

function show(opener) {
  const menu = opener.parentElement.querySelector('[role="menu"]');
  const same = open?.menu === menu;
  close();
  if (same) return;
  open = { menu, opener };
  menu.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  beside(open);
  menu.querySelector('[role="menuitem"]')?.focus();
}

function move(event) {
  const items = [...open.menu.querySelectorAll('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return false;
  items[(next + items.length) % items.length].focus();
  return true;
}

/** Calls `onItem(item)` for menu items that belong to the page and not to the bot's blocks. */
export function wireMenus(onItem) {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.('.bk-overflow > [aria-haspopup="menu"]');
    if (opener) {
      show(opener);
      return;
    }
    const item = event.target.closest?.('[role="menuitem"]');
    close({ focus: Boolean(item) });
    const control = item?.closest('[data-control="overflow"]');
    if (control) act(control, JSON.parse(item.dataset.option));
    else if (item) onItem(item);
  });
  document.addEventListener("keydown", (event) => {
    if (!open) return;
    if (event.key === "Tab") close();
    else if (event.key === "Escape") {
      close({ focus: true });
      event.preventDefault();
    } else if (move(event)) event.preventDefault();
  }, true);
  document.addEventListener("scroll", (event) => {
    if (!open || open.menu.contains(event.target)) return;
    const { top, bottom } = open.opener.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) close();
    else beside(open);
  }, true);
}
