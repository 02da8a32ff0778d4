// The composer: messages, and slash commands with completion.
import { settle } from "../blocks/act.js";
import { post } from "../sync/net.js";
import { page } from "../sync/page.js";
import { toNewest } from "./conversation.js";

const form = document.getElementById("composer");
const text = document.getElementById("composer-text");
const list = document.getElementById("suggestions");
const KEPT = 30;
let active = -1;
let shown = [];
let recalled = -1;
let waiting = false;

const history = () => JSON.parse(sessionStorage.getItem("sent") ?? "[]");

function matches(typed) {
  if (!typed.startsWith("/") || typed.includes("\n")) return [];
  const [name, ...rest] = typed.toLocaleLowerCase().split(" ");
  if (rest.length) return page.commands.filter((one) => one.command === name && one.usage_hint);
  return page.commands.filter((one) => one.command.startsWith(name));
}

const completing = () => shown.length > 0 && !text.value.includes(" ");

function element(tag, className, content) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  return made;
}

function option(command, at) {
  const row = document.createElement("div");
  row.id = `suggestion-${at}`;
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", String(at === active));
  row.dataset.at = at;
  row.append(element("code", "", command.command), element("span", "hint", command.usage_hint), element("span", "about", command.description));
  return row;
}

function suggest() {
  shown = matches(text.value);
  active = completing() ? 0 : -1;
  draw();
}

function draw() {
  list.replaceChildren(...shown.map(option));
  list.hidden = shown.length === 0;
  text.setAttribute("aria-expanded", String(shown.length > 0));
  if (active >= 0 && shown.length) text.setAttribute("aria-activedescendant", `suggestion-${active}`);
  else text.removeAttribute("aria-activedescendant");
  form.querySelector(".send").classList.toggle("ready", text.value.trim() !== "");
}

function hide() {
  shown = [];
  active = -1;
  draw();
}

/** Puts text into the composer and the caret behind it. */
export function insert(words) {
  if (!form) return;
  text.value = words;
  text.focus();
  text.setSelectionRange(words.length, words.length);
  suggest();
}

async function send() {
  const words = text.value;
  if (!words.trim()) return;
  // Sent while the last answer is under way, it goes out after it.
  if (form.classList.contains("busy")) { waiting = true; return; }
  form.classList.add("busy");
  sessionStorage.setItem("sent", JSON.stringify([words, ...history().filter((one) => one !== words)].slice(0, KEPT)));
  recalled = -1;
  text.value = "";
  hide();
  const outcome = await post("say", { channel: page.channel, text: words });
  if (outcome === null && text.value === "") text.value = words;
  await settle(outcome);
  toNewest();
  form.classList.remove("busy");
  if (waiting) { waiting = false; send(); }
}

function recall(step) {
  const sent = history();
  const at = recalled + step;
  if (at < -1 || at >= sent.length) return false;
  recalled = at;
  text.value = at < 0 ? "" : sent[at];
  hide();
  return true;
}

function complete() {
  insert(`${shown[active].command} `);
}

const KEYS = {
  ArrowDown: () => completing() ? step(1) : recalled >= 0 && recall(-1),
  ArrowUp: () => completing() ? step(-1) : (text.value === "" || recalled >= 0) && recall(1),
  Escape: () => shown.length > 0 && (hide(), true),
  Tab: () => completing() && (complete(), true),
};

function step(by) {
  active = (active + by + shown.length) % shown.length;
  draw();
  return true;
}

function enter(event) {
  if (event.shiftKey || event.isComposing) return;
  event.preventDefault();
  const typed = text.value.trim();
  if (completing() && shown[active]?.command !== typed) complete();
  else send();
}

export function wireComposer() {
  document.addEventListener("click", (event) => {
    const tried = event.target.closest?.("[data-insert]");
    if (tried) insert(tried.dataset.insert);
  });
  if (!form) return;
  text.addEventListener("input", () => { recalled = -1; suggest(); });
  text.addEventListener("blur", () => { if (shown.length) hide(); });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter") enter(event);
    else if (KEYS[event.key]?.()) event.preventDefault();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  list.addEventListener("mousedown", (event) => {
    const row = event.target.closest("[role=option]");
    event.preventDefault();
    if (!row || !completing()) return;
    active = Number(row.dataset.at);
    complete();
  });
  document.getElementById("slash").addEventListener("click", () => insert("/"));
}
