// The dialog that asks before something is done.
import { word } from "../sync/page.js";

const dialog = document.getElementById("confirm");

function part(tag, id, text) {
  const element = document.createElement(tag);
  if (id) element.id = id;
  element.textContent = text;
  return element;
}

function button(text, className, answer) {
  const element = part("button", "", text);
  element.type = "button";
  element.className = className;
  element.addEventListener("click", () => dialog.close(answer));
  return element;
}

/** Asks as the element's confirm object says; resolves to whether the member agreed. */
export function confirmed(control) {
  if (!control.dataset.confirm) return Promise.resolve(true);
  const asked = JSON.parse(control.dataset.confirm);
  const row = document.createElement("div");
  row.className = "panel-row";
  const danger = asked.style === "danger";
  row.append(
    button(asked.deny?.text ?? word("cancel"), "plain-button", ""),
    button(asked.confirm?.text ?? word("confirm"), danger ? "bk-button bk-danger" : "main-button", "yes"),
  );
  dialog.replaceChildren(
    part("h2", "confirm-title", asked.title?.text ?? ""),
    part("p", "confirm-text", asked.text?.text ?? ""),
    row,
  );
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
