// What the server told this page about itself.
export const page = JSON.parse(document.getElementById("page-data").textContent);

/** The word for a key in the member's language, its {values} filled in. */
export function word(key, values = {}) {
  return page.words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}
