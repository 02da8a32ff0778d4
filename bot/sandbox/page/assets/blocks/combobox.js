// Select menus: a text field that filters a list; typeahead where the bot gives the options.
import { post } from "../sync/net.js";
import { word } from "../sync/page.js";
import { act, containerOf } from "./act.js";
import { place } from "./floating.js";
import { valueOf } from "./values.js";

const PAUSE = 200;
let openOne = null;
let serial = 0;

class Combobox {
  constructor(wrapper) {
    this.wrapper = wrapper;
    this.field = wrapper.querySelector(".bk-select-field");
    this.list = wrapper.querySelector(".bk-options");
    this.multiple = "multiple" in wrapper.dataset;
    this.external = wrapper.dataset.control.includes("external");
    this.asked = 0;
    this.filtering = false;
  }

  get selected() { return this.wrapper.dataset.selected ? JSON.parse(this.wrapper.dataset.selected) : null; }
  get options() { return [...this.list.querySelectorAll('[role="option"]:not([hidden])')]; }
  get active() { return this.list.querySelector(".active"); }
  get label() { return this.multiple ? "" : this.selected?.text?.text ?? ""; }

  open() {
    if (openOne === this) return;
    openOne?.close();
    openOne = this;
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.field.select();
    this.filter("");
  }

  close() {
    if (openOne !== this) return;
    openOne = null;
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
    if (!this.multiple && this.filtering && this.field.value === "" && this.mayBeEmpty) this.clear();
    else this.field.value = this.label;
    this.filtering = false;
  }

  get mayBeEmpty() { return this.wrapper.closest(".bk-input") && this.field.getAttribute("aria-required") !== "true"; }

  clear() { this.select(null); }

  filter(typed) {
    if (this.external) {
      this.suggest(typed);
      return;
    }
    const wanted = typed.trim().toLocaleLowerCase();
    for (const option of this.list.querySelectorAll('[data-option]')) {
      option.hidden = !option.dataset.label.toLocaleLowerCase().includes(wanted);
    }
    for (const group of this.list.querySelectorAll('[role="group"]')) {
      group.hidden = !group.querySelector('[role="option"]:not([hidden])');
    }
    this.note(this.choosable.length ? "" : word("nothing"));
    this.settle();
  }

  suggest(typed) {
    clearTimeout(this.timer);
    const least = Number(this.wrapper.dataset.minQuery);
    if (typed.length < least) {
      this.list.replaceChildren();
      this.note(word("type_more", { count: least }));
      this.settle();
      return;
    }
    const number = (this.asked += 1);
    this.timer = setTimeout(() => this.ask(typed, number), typed ? PAUSE : 0);
  }

  async ask(typed, number) {
    if (!this.choosable.length) {
      this.note(word("loading"));
      this.settle();
    }
    const container = containerOf(this.wrapper);
    const answer = await post("options", {
      container: container.name,
      block_id: this.wrapper.dataset.block,
      action_id: this.wrapper.dataset.action,
      query: typed,
      selected: [valueOf(this.wrapper)].flat().filter(Boolean),
    });
    // A slower answer to an older question must not replace a newer one.
    if (number !== this.asked || openOne !== this) return;
    this.list.innerHTML = answer?.html ?? "";
    this.note(this.choosable.length ? "" : answer?.notice || word("nothing"));
    this.settle();
  }

  note(text) {
    this.list.querySelector(".note")?.remove();
    if (!text) return;
    const note = document.createElement("div");
    note.className = "note";
    note.textContent = text;
    note.setAttribute("role", "option");
    note.setAttribute("aria-disabled", "true");
    note.setAttribute("aria-selected", "false");
    this.list.append(note);
  }

  settle() {
    const chosen = this.options.find((option) => option.getAttribute("aria-selected") === "true");
    this.activate(this.filtering ? this.choosable[0] : chosen ?? null);
    place(this.list, this.wrapper, { atLeastAsWide: true });
    this.active?.scrollIntoView({ block: "nearest" });
  }

  get choosable() { return this.options.filter((option) => !option.classList.contains("note")); }

  activate(option) {
    this.active?.classList.remove("active");
    if (!option) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    option.id ||= `option-${(serial += 1)}`;
    option.classList.add("active");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  move(step) {
    const options = this.choosable;
    if (!options.length) return;
    const at = options.indexOf(this.active);
    const next = at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length;
    this.activate(options[next]);
  }

  choose(option) {
    if (!option || option.classList.contains("note")) return;
    if (this.multiple) {
      this.toggle(option);
      this.tell();
      return;
    }
    const before = this.selected;
    this.filtering = false;
    this.select(JSON.parse(option.dataset.option));
    this.close();
    // As in Slack: what is chosen already cannot be chosen again, and nothing is sent.
    if (before?.value !== this.selected.value) this.tellOf(before);
  }

  select(option) {
    if (option) this.wrapper.dataset.selected = JSON.stringify(option);
    else delete this.wrapper.dataset.selected;
    for (const row of this.list.querySelectorAll("[data-option]")) {
      row.setAttribute("aria-selected", String(JSON.parse(row.dataset.option).value === option?.value));
    }
    this.field.value = this.label;
  }

  async tellOf(before) {
    if ((await this.tell()) === false) this.select(before);
  }

  toggle(option) {
    const { value } = JSON.parse(option.dataset.option);
    const chip = [...this.wrapper.querySelectorAll(".bk-chip")].find((one) => JSON.parse(one.dataset.option).value === value);
    const most = Number(this.wrapper.dataset.max) || Infinity;
    if (!chip && this.wrapper.querySelectorAll(".bk-chip").length >= most) return;
    option.setAttribute("aria-selected", String(!chip));
    if (chip) chip.remove();
    else this.field.before(newChip(option));
    this.field.value = "";
    this.filtering = false;
    this.filter("");
  }

  removeChip(chip) {
    const { value } = JSON.parse(chip.dataset.option);
    chip.remove();
    for (const option of this.list.querySelectorAll("[data-option]")) {
      if (JSON.parse(option.dataset.option).value === value) option.setAttribute("aria-selected", "false");
    }
    this.field.focus();
    this.tell();
  }

  /** Resolves to false where the bot was to be told and was not. */
  async tell() { return "dispatch" in this.wrapper.dataset ? act(this.wrapper) : null; }

  key(event) {
    const isOpen = openOne === this;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen) this.open();
      else this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.isComposing) {
      if (isOpen) this.choose(this.active);
      else this.open();
    } else if (event.key === "Escape" && isOpen) {
      this.close();
    } else if (event.key === "Backspace" && this.multiple && !this.field.value) {
      const chips = this.wrapper.querySelectorAll(".bk-chip");
      if (chips.length) this.removeChip(chips[chips.length - 1]);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

function newChip(option) {
  const chip = document.createElement("span");
  chip.className = "bk-chip";
  chip.dataset.option = option.dataset.option;
  chip.textContent = option.dataset.label;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", word("remove", { name: option.dataset.label }));
  chip.append(remove);
  return chip;
}

const known = new WeakMap();
function comboboxOf(element) {
  const wrapper = element.closest?.(".bk-select");
  if (!wrapper) return null;
  if (!known.has(wrapper)) known.set(wrapper, new Combobox(wrapper));
  return known.get(wrapper);
}

export function wireComboboxes() {
  document.addEventListener("keydown", (event) => {
    if (event.target.matches?.(".bk-select-field")) comboboxOf(event.target).key(event);
  }, true);
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".bk-select-field")) return;
    const box = comboboxOf(event.target);
    const typed = event.target.value;
    box.open();
    event.target.value = typed;
    box.filtering = true;
    box.filter(typed);
  });
  document.addEventListener("mousedown", (event) => {
    // The field must keep the focus while an option is pressed, or the list would close first.
    if (event.target.closest?.(".bk-options")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const box = comboboxOf(event.target);
    const option = event.target.closest?.('.bk-options [role="option"]');
    const remove = event.target.closest?.(".bk-chip button");
    if (box && remove) box.removeChip(remove.closest(".bk-chip"));
    else if (box && option) box.choose(option);
    else if (box) {
      box.field.focus();
      box.open();
    }
    if (openOne && openOne !== box) openOne.close();
  });
  document.addEventListener("focusout", (event) => {
    if (openOne && event.target === openOne.field) openOne.close();
  });
  document.addEventListener("scroll", (event) => {
    if (!openOne || openOne.list.contains(event.target)) return;
    const { top, bottom } = openOne.wrapper.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) openOne.close();
    else place(openOne.list, openOne.wrapper, { atLeastAsWide: true });
  }, true);
}
