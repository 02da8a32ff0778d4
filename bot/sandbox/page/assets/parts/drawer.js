// The drawer at the side: the inspector and the faults.
import { hears } from "../sync/live.js";
import { get, post } from "../sync/net.js";
import { page, word } from "../sync/page.js";
import { toast } from "../sync/toasts.js";

const drawer = document.getElementById("drawer");
let current = null;
let opener = null;

async function load() {
  const opened = [...drawer.querySelectorAll("[data-entry]:has(details[open])")].map((entry) => entry.dataset.entry);
  const body = drawer.querySelector(".drawer-body");
  const scrolled = body?.scrollTop ?? 0;
  let html;
  try {
    html = await get(`/as/${page.member}/drawer/${current}`);
  } catch (error) {
    toast(word("failed", { error: error.message }), { bad: true });
    return;
  }
  if (drawer.contains(document.activeElement) && document.activeElement.matches("input, select")) return;
  drawer.innerHTML = html;
  for (const number of opened) drawer.querySelector(`[data-entry="${number}"] details`)?.setAttribute("open", "");
  const after = drawer.querySelector(".drawer-body");
  if (after) after.scrollTop = scrolled;
}

/** Draws the drawer anew if it shows what changed. */
function heard(change) {
  if (current !== null && current === change.kind) load();
}

function mark() {
  for (const button of document.querySelectorAll("[data-drawer]")) {
    button.setAttribute("aria-expanded", String(button.dataset.drawer === current));
  }
}

async function open(tab) {
  current = tab;
  drawer.hidden = false;
  mark();
  await load();
  drawer.focus();
}

function close() {
  current = null;
  drawer.hidden = true;
  mark();
  opener?.focus();
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(word("copied"));
  } catch {
    toast(word("copy_failed"), { bad: true });
  }
}

/** Copies the JSON of a message. */
export async function copyMessage(channel, ts) {
  const answer = await get(`/as/${page.member}/message/${channel}/${ts}`);
  await copy(JSON.stringify(answer, null, 2));
}

async function change(path, body) {
  await post(path, body);
  document.activeElement?.blur();
  if (current) await load();
}

function clicked(event) {
  const at = (selector) => event.target.closest?.(selector);
  const button = at("[data-drawer]");
  if (button) {
    opener = button;
    if (current === button.dataset.drawer) close();
    else open(button.dataset.drawer);
  } else if (at("[data-drawer-tab]")) open(at("[data-drawer-tab]").dataset.drawerTab);
  else if (at("[data-close-drawer]")) close();
  else if (at("[data-copy]")) copy(at(".entry-part").querySelector("pre").textContent);
  else if (at("[data-clear-inspector]")) change("inspector/clear", {});
  else if (at("[data-fault-do]")) change("faults", { do: at("[data-fault-do]").dataset.faultDo });
  else if (at("[data-advance]")) change("clock", { advance: at("[data-advance]").dataset.advance });
}

export function wireDrawer() {
  hears(heard);
  document.addEventListener("click", clicked);
  drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  drawer.addEventListener("change", (event) => {
    const name = event.target.dataset.faultSwitch;
    if (name) change("faults", { do: name, on: event.target.checked });
  });
  drawer.addEventListener("submit", (event) => {
    event.preventDefault();
    change("faults", { do: "add", ...Object.fromEntries(new FormData(event.target)) });
  });
}
