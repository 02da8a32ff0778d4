// Telling the bot what a member pressed or chose.
import { refresh } from "../sync/live.js";
import { post } from "../sync/net.js";
import { confirmed } from "./confirm.js";
import { collect, valueOf } from "./values.js";

/** The message or view around an element, as the server names it. */
export function containerOf(element) {
  const root = element.closest("[data-container]");
  if (!root) return null;
  const { container, channel, ts, view } = root.dataset;
  return { root, name: container === "view" ? { kind: "view", id: view } : { kind: "message", channel, ts } };
}

/** Shows what came of something. A notice of the bot's failure comes over the live connection. */
export async function settle(outcome) {
  await refresh();
  return outcome;
}

/**
 * Sends one action; `value` is the chosen option where the control itself does not hold it.
 * Resolves to whether it was sent: the member may have been asked first, and declined.
 */
export async function act(control, value = undefined) {
  const container = containerOf(control);
  if (!container || control.classList.contains("waiting")) return false;
  if (!(await confirmed(control))) return false;
  control.classList.add("waiting");
  control.setAttribute("aria-busy", "true");
  const outcome = await post("act", {
    container: container.name,
    block_id: control.dataset.block,
    action_id: control.dataset.action,
    value: value === undefined ? valueOf(control) : value,
    values: collect(container.root),
  });
  await settle(outcome);
  control.classList.remove("waiting");
  control.removeAttribute("aria-busy");
  return true;
}
