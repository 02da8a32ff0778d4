// The thread at the side: the replies to one message, and the member's own.
import { settle } from "../blocks/act.js";
import { refresh, shows } from "../sync/live.js";
import { post } from "../sync/net.js";
import { page } from "../sync/page.js";
import { applyPieces } from "../sync/pieces.js";

const pane = document.getElementById("thread");
const pieces = document.getElementById("thread-pieces");
const form = document.getElementById("thread-composer");
const text = document.getElementById("thread-text");
let current = null;

/** Shows the replies the server told of; nothing where their message is gone. */
function show(shown) {
  if (current === null) return;
  if (!shown) {
    close();
    return;
  }
  const added = applyPieces(pieces, shown);
  const scroller = document.getElementById("thread-scroller");
  if (added.length) scroller.scrollTop = scroller.scrollHeight;
}

/** Opens the thread of a message. */
export async function openThread(ts) {
  current = ts;
  pane.hidden = false;
  pieces.replaceChildren();
  text.value = "";
  await refresh();
  text.focus();
}

function close() {
  const opener = document.querySelector(`#pieces .replies[data-thread="${CSS.escape(current)}"]`);
  current = null;
  pane.hidden = true;
  (opener ?? document.getElementById("composer-text")).focus();
}

async function reply() {
  const words = text.value;
  if (!words.trim() || form.classList.contains("busy")) return;
  form.classList.add("busy");
  text.value = "";
  ready();
  const outcome = await post("say", { channel: page.channel, text: words, thread_ts: current });
  if (outcome === null && text.value === "") text.value = words;
  await settle(outcome);
  form.classList.remove("busy");
  ready();
}

function ready() {
  form.querySelector(".send").classList.toggle("ready", text.value.trim() !== "");
}

export function wireThread() {
  if (!pane) return;
  // The server is asked for the replies to the message whose thread is open.
  shows("thread", show, () => current);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.(".replies[data-thread]");
    if (opener) openThread(opener.dataset.thread);
    else if (event.target.closest?.("[data-close-thread]")) close();
  });
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
  text.addEventListener("input", ready);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    reply();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); reply(); });
}
