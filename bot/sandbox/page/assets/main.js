// Wires the page up. Each module minds one thing.
import { containerOf, settle } from "./blocks/act.js";
import { wireComboboxes } from "./blocks/combobox.js";
import { wireControls } from "./blocks/controls.js";
import { wireMenus } from "./blocks/menus.js";
import { wireApps } from "./parts/apps.js";
import { insert, wireComposer } from "./parts/composer.js";
import { toNewest, wireConversation } from "./parts/conversation.js";
import { copyMessage, wireDrawer } from "./parts/drawer.js";
import { wireModals } from "./parts/modals.js";
import { openThread, wireThread } from "./parts/thread.js";
import { wireFolds } from "./sync/fold.js";
import { listen, refresh } from "./sync/live.js";
import { post } from "./sync/net.js";
import { page } from "./sync/page.js";

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
wireApps();
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
