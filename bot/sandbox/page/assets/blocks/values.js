// What a member entered, read from the controls of a message or view.

const ID_SELECT = /(users|conversations|channels)_select$/;
const parse = (json) => (json ? JSON.parse(json) : null);

function chosenOption(control, option) {
  if (option === null) return null;
  return ID_SELECT.test(control.dataset.control) ? option.value : option;
}

function choices(control) {
  const checked = [...control.querySelectorAll("input:checked")];
  const options = checked.map((box) => parse(box.dataset.option));
  return control.dataset.control === "radio_buttons" ? options[0] ?? null : options;
}

function richText(text) {
  if (!text) return null;
  const section = { type: "rich_text_section", elements: [{ type: "text", text }] };
  return { type: "rich_text", elements: [section] };
}

/** The value of one control, in the short form that the server completes. */
export function valueOf(control) {
  const kind = control.dataset.control;
  if (kind === "checkboxes" || kind === "radio_buttons") return choices(control);
  if (kind === "file_input") return parse(control.dataset.files) ?? [];
  if (kind === "rich_text_input") return richText(control.value);
  if (control.classList.contains("bk-multi")) {
    const chips = [...control.querySelectorAll(".bk-chip")];
    return chips.map((chip) => chosenOption(control, parse(chip.dataset.option)));
  }
  if (control.classList.contains("bk-select")) {
    return chosenOption(control, parse(control.dataset.selected));
  }
  return control.value || null;
}

const STATELESS = new Set(["button", "overflow", "icon_button", "feedback_buttons", "workflow_button"]);

/** Every value in a message or view. */
export function collect(root) {
  return [...root.querySelectorAll("[data-control]")]
    .filter((control) => !STATELESS.has(control.dataset.control))
    .map((control) => ({
      block_id: control.dataset.block,
      action_id: control.dataset.action,
      value: valueOf(control),
    }));
}
