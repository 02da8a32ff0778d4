// The middle of the page: messages, the App Home or what the app can do; and news from elsewhere.
import { hears, shows } from "../sync/live.js";
import { page, word } from "../sync/page.js";
import { applyPieces } from "../sync/pieces.js";
import { toast } from "../sync/toasts.js";

const NEAR = 120;
const scroller = document.getElementById("scroller");
const pieces = document.getElementById("pieces");

/** Scrolls to the newest message: to its end, or to its head where it is taller than the window. */
export function toNewest() {
  // Nobody's open list may be carried off from under the pointer.
  if (scroller.querySelector('[aria-expanded="true"]')) return;
  scroller.scrollTop = scroller.scrollHeight;
  const newest = pieces.lastElementChild;
  const above = scroller.getBoundingClientRect().top - newest.getBoundingClientRect().top;
  if (above > 0) scroller.scrollTop -= above;
}

function show(shown) {
  const atBottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  const added = applyPieces(pieces, shown);
  for (const key of added) pieces.querySelector(`[data-key="${CSS.escape(key)}"]`)?.classList.add("arriving");
  if (page.talk && atBottom && added.length) toNewest();
}

function announce(change) {
  if (change.kind === "notice") toast(change.ref, { bad: true });
  if (change.kind === "message_posted" && change.channel_id === page.dm && page.place !== "messages") {
    toast(word("new_message", { app: page.app }), { link: `/as/${page.member}/messages` });
  }
}

export function wireConversation() {
  shows("pieces", show);
  hears(announce);
}
