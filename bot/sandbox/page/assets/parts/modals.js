// The stack of modals: one dialog that shows the topmost.
import { settle } from "../blocks/act.js";
import { collect } from "../blocks/values.js";
import { shows } from "../sync/live.js";
import { post } from "../sync/net.js";
import { applyPieces } from "../sync/pieces.js";

const dialog = document.getElementById("modals");
const stack = dialog.querySelector(".stack");
const FIRST = "input:not([type=hidden]), textarea, select, .bk-select-field, button:not(.tool)";
let shownKey = "";

const top = () => stack.lastElementChild?.querySelector(".modal") ?? null;

/** The field itself, or the one of a group (radio buttons, say) that the Tab key would reach. */
const fieldOf = (element) => (element.matches(FIRST) ? element : element.querySelector(":checked") ?? element.querySelector(FIRST));

function focusIn(modal) {
  const named = modal.querySelector('[aria-invalid="true"], [data-focus]');
  const wanted = named ? fieldOf(named) : modal.querySelector(".modal-body")?.querySelector(FIRST);
  (wanted ?? modal.querySelector(".main-button") ?? modal.querySelector(".modal-body")).focus();
}

/** Makes the dialog show these views; opens and closes it as needed. */
function show(pieces) {
  const errorsBefore = dialog.querySelectorAll('[aria-invalid="true"]').length;
  applyPieces(stack, pieces);
  const modal = top();
  if (!modal) {
    shownKey = "";
    if (dialog.open) dialog.close();
    document.body.append(document.getElementById("toasts"));
    return;
  }
  for (const title of dialog.querySelectorAll("#modal-title")) title.removeAttribute("id");
  modal.querySelector(".modal-title").id = "modal-title";
  if (!dialog.open) dialog.showModal();
  const key = stack.lastElementChild.dataset.key;
  const errors = modal.querySelectorAll('[aria-invalid="true"]').length;
  // A step of a modal may take away what had the focus; it must not be left outside.
  const lost = document.activeElement === document.body;
  if (key !== shownKey || errors > errorsBefore || lost) focusIn(modal);
  shownKey = key;
}

async function submit(form) {
  const button = form.querySelector(".main-button");
  if (button.classList.contains("waiting")) return;
  button.classList.add("waiting");
  form.setAttribute("aria-busy", "true");
  const outcome = await post("submit", { view: form.dataset.view, values: collect(form) });
  button.classList.remove("waiting");
  form.removeAttribute("aria-busy");
  if (outcome) await settle(outcome);
}

async function close(clear) {
  const form = top();
  if (form) await settle(await post("close", { view: form.dataset.view, clear }));
}

export function wireModals() {
  shows("modals", show);
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.target);
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close-modal]");
    if (button) close(button.dataset.closeModal === "all");
  });
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    close(false);
  });
}
