// Search over the pages of this folder, from an index that is one of its files. Asks nobody.
"use strict";
(() => {
  const index = globalThis.nextrungIndex;
  const box = document.querySelector(".search");
  if (!Array.isArray(index) || !box) return;
  const input = box.querySelector("input");
  const found = document.getElementById("found");
  const list = document.getElementById("found-list");
  const count = document.getElementById("found-count");
  const most = 30;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = index.map(([name, where, address, more]) => {
    const title = plain(name);
    return { name, where, address, title, all: `${title} ${plain(where)} ${plain(more)}` };
  });

  // The best first: the name itself, its beginning, the beginning of a word in it, then the rest.
  const rank = (entry, words) => {
    if (!words.every((word) => entry.all.includes(word))) return -1;
    const typed = words.join(" ");
    if (entry.title === typed) return 4;
    if (entry.title.startsWith(typed)) return 3;
    if (words.every((word) => ` ${entry.title}`.includes(` ${word}`))) return 2;
    return words.every((word) => entry.title.includes(word)) ? 1 : 0;
  };

  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    found.hidden = words.length === 0;
    if (found.hidden) return;
    const hits = [];
    for (const entry of entries) {
      const worth = rank(entry, words);
      if (worth >= 0) hits.push([worth, entry]);
    }
    hits.sort((a, b) => b[0] - a[0]);
    list.replaceChildren(...hits.slice(0, most).map(([, entry]) => {
      const link = document.createElement("a");
      link.href = input.dataset.index + entry.address;
      link.dir = "auto";
      const name = document.createElement("strong");
      name.textContent = entry.name;
      const where = document.createElement("span");
      where.textContent = entry.where;
      link.append(name, " ", where);
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    count.textContent = hits.length === 0 ? count.dataset.none : count.dataset.some.replace("#", String(hits.length));
    count.classList.toggle("quiet", hits.length > 0);
  };

  const links = () => [...list.querySelectorAll("a")];
  const close = () => { found.hidden = true; };
  input.addEventListener("input", show);
  input.addEventListener("focus", show);
  box.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      input.focus();
      close();
    } else if (event.key === "ArrowDown" && all.length > 0 && !found.hidden) {
      event.preventDefault();
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at === 0 ? input : all[at - 1]).focus();
    } else if (event.key === "Enter" && document.activeElement === input && all.length > 0) {
      event.preventDefault();
      all[0].click();
    }
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) close(); });
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
    event.preventDefault();
    input.focus();
  });
  box.hidden = false;
})();
