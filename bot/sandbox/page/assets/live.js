// Keeping the page up to date: the server says that something changed, the page asks what.
import { send } from "./net.js";
import { page, word } from "./page.js";
import { applyPieces, applyRegions, knownPieces } from "./pieces.js";
import { showModals } from "./modals.js";
import { refreshDrawer } from "./drawer.js";
import { showThread, threadShown } from "./thread.js";
import { toast } from "./toasts.js";

const NEAR = 120;
const GRACE_MS = 2500;
const scroller = document.getElementById("scroller");
const pieces = document.getElementById("pieces");
let running = null;
let again = false;

/** Scrolls to the newest message: to its end, or to its head where it is taller than the window. */
export function toNewest() {
  scroller.scrollTop = scroller.scrollHeight;
  const newest = pieces.lastElementChild;
  const above = scroller.getBoundingClientRect().top - newest.getBoundingClientRect().top;
  if (above > 0) scroller.scrollTop -= above;
}

function show(state) {
  const atBottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  const added = applyPieces(pieces, state.pieces);
  for (const key of added) pieces.querySelector(`[data-key="${CSS.escape(key)}"]`)?.classList.add("arriving");
  if (page.talk && atBottom && added.length) toNewest();
  applyRegions(state.regions);
  if ("thread" in state) showThread(state.thread);
  showModals(state.modals);
  document.title = state.title;
}

async function once() {
  try {
    show(await send(`${page.address}/refresh`, { known: knownPieces(), thread: threadShown() }));
  } catch {
    // The live connection tells the member when the server is gone.
  }
}

/** Brings the page up to date. Calls that come while it is being done share one more round. */
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = (async () => {
    do {
      again = false;
      await once();
    } while (again);
    running = null;
  })();
  return running;
}

function heard(change) {
  if (change.kind === "notice") toast(change.ref, { bad: true });
  if (change.kind === "message_posted" && change.channel_id === page.dm && page.place !== "messages") {
    toast(word("new_message", { app: page.app }), { link: `/as/${page.member}/messages` });
  }
  if (change.kind === "inspector" || change.kind === "faults") refreshDrawer(change.kind);
  refresh();
}

let source = null;
let lost = null;

function connect() {
  source = new EventSource(`${page.address}/live`);
  source.addEventListener("change", (event) => heard(JSON.parse(event.data)));
  source.addEventListener("open", () => {
    clearTimeout(lost);
    lost = null;
    refresh();
  });
  source.addEventListener("error", () => {
    // The browser connects again by itself; only a server that stays away is worth a word.
    lost ??= setTimeout(() => toast(word("disconnected"), { bad: true }), GRACE_MS);
  });
}

function disconnect() {
  source?.close();
  source = null;
}

/** Hears of changes while the page is looked at: a browser allows few connections to one server. */
export function listen() {
  connect();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) disconnect();
    else if (!source) connect();
  });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", () => { if (!source) connect(); });
}
