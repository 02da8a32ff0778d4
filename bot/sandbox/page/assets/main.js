// Wires the page up. Each module minds one thing.
import { containerOf, settle } from "./act.js";
import { wireComboboxes } from "./combobox.js";
import { insert, wireComposer } from "./composer.js";
import { wireControls } from "./controls.js";
import { toNewest, wireConversation } from "./conversation.js";
import { copyMessage, wireDrawer } from "./drawer.js";
import { listen, refresh } from "./live.js";
import { wireFolds } from "./fold.js";
import { wireMenus } from "./menus.js";
import { wireModals } from "./modals.js";
import { post } from "./net.js";
import { page } from "./page.js";
import { openThread, wireThread } from "./thread.js";

async function menuItem(item) {
  const message = containerOf(item)?.name ?? null;
  if (item.dataset.shortcut) settle(await post("shortcut", { callback_id: item.dataset.shortcut, message }));
  else if (item.dataset.thread) openThread(item.dataset.thread);
  else if ("copyMessage" in item.dataset) copyMessage(message.channel, message.ts);
}

function wireNarrowMenu() {
  const button = document.getElementById("open-menu");
  const set = (open) => {
    document.body.classList.toggle("menu-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => set(!document.body.classList.contains("menu-open")));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") set(false); });
  document.getElementById("conversation").addEventListener("click", () => set(false));
}

wireConversation();
wireComposer();
wireControls();
wireComboboxes();
wireMenus(menuItem);
wireDrawer();
wireThread();
wireModals();
wireFolds();
wireNarrowMenu();
if (page.talk) {
  toNewest();
  if (matchMedia("(min-width: 761px)").matches) document.getElementById("composer-text").focus();
}
document.addEventListener("keydown", (event) => {
  // As in Slack: a slash typed anywhere outside a field begins a command.
  if (event.key !== "/" || event.target.matches("input, textarea, select") || !page.talk) return;
  event.preventDefault();
  insert("/");
});
document.querySelector(".person[aria-current]").scrollIntoView({ block: "nearest", inline: "nearest" });
listen();
setInterval(() => { if (!document.hidden) refresh(); }, 30_000);
if (page.app_tab) post("opened", { tab: page.app_tab }).then(refresh);
refresh().then(() => { document.documentElement.dataset.ready = "true"; });
