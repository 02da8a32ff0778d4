// Keeping the page up to date: the server says that something changed, the page asks what.
// It knows no part of the page: each part says here what it shows and what it wants to hear of.
import { send } from "./net.js";
import { page, word } from "./page.js";
import { applyRegions, knownPieces } from "./pieces.js";
import { toast } from "./toasts.js";

const GRACE_MS = 2500;
const parts = new Map();
const hearers = [];
let running = null;
let again = false;

/**
 * Names a part of the page: `show` gets what the server tells under that name, where it tells of
 * it. `asked` is what the server must know to tell; null where there is nothing.
 */
export function shows(name, show, asked = null) {
  parts.set(name, { show, asked });
}

/** Calls `heard(change)` for every change that the server tells of, before the page asks more. */
export function hears(heard) {
  hearers.push(heard);
}

async function once() {
  const question = { known: knownPieces() };
  for (const [name, { asked }] of parts) if (asked) question[name] = asked();
  try {
    const state = await send(`${page.address}/refresh`, question);
    applyRegions(state.regions);
    for (const [name, { show }] of parts) if (name in state) show(state[name]);
    document.title = state.title;
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

let source = null;
let lost = null;

function connect() {
  source = new EventSource(`${page.address}/live`);
  source.addEventListener("change", (event) => {
    const change = JSON.parse(event.data);
    for (const heard of hearers) heard(change);
    refresh();
  });
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
