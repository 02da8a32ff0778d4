// Buttons, date fields, choices and text that act by themselves.
import { upload } from "../sync/net.js";
import { word } from "../sync/page.js";
import { toast } from "../sync/toasts.js";
import { act } from "./act.js";

const PRESSED = "button[data-control], a[data-control]";
const TYPED = "input.bk-field, textarea.bk-field";
const PICKED = ".bk-picker, .bk-choices";
const typing = new WeakMap();
const PAUSE = 350;

function triggers(field) {
  return (field.dataset.triggers ?? "on_enter_pressed").split(" ");
}

async function filesChosen(field) {
  try {
    field.dataset.files = JSON.stringify(await upload(field.files));
  } catch (error) {
    toast(word("failed", { error: error.message }), { bad: true });
  }
}

export function wireControls() {
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.(PRESSED);
    if (!pressed) return;
    // Two feedback buttons are one element: which of them was pressed is its value.
    act(pressed, pressed.dataset.control === "feedback_buttons" ? pressed.dataset.value : null);
  });
  document.addEventListener("change", (event) => {
    const field = event.target.closest?.("[data-control]");
    if (!field) return;
    if (field.dataset.control === "file_input") filesChosen(field);
    if ("dispatch" in field.dataset && field.matches(PICKED)) act(field);
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches?.(`:is(${TYPED})[data-dispatch]:not(.bk-picker)`)) return;
    if (!triggers(field).includes("on_character_entered")) return;
    clearTimeout(typing.get(field));
    typing.set(field, setTimeout(() => act(field), PAUSE));
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || !field.matches?.("input.bk-field[data-dispatch]")) return;
    if (!triggers(field).includes("on_enter_pressed")) return;
    event.preventDefault();
    act(field);
  });
}
