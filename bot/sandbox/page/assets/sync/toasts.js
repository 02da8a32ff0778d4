// Short notices in the corner; they go by themselves, slower the more there is to read.
import { word } from "./page.js";

const MIN_SECONDS = 6;

export function toast(text, { bad = false, link = null, onLink = null } = {}) {
  const box = document.createElement("div");
  box.className = bad ? "toast toast-bad" : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link;
    anchor.textContent = word("open");
    if (onLink) anchor.addEventListener("click", onLink);
    box.append(anchor);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", word("dismiss"));
  close.addEventListener("click", () => box.remove());
  box.append(close);
  const place = document.getElementById("toasts");
  // An open modal makes everything outside it inert, so its notices must stand inside.
  (document.querySelector("dialog:modal") ?? document.body).append(place);
  place.append(box);
  setTimeout(() => box.remove(), 1000 * Math.max(MIN_SECONDS, text.length / 12));
}
