// Shows the changes of one kind or role. Without it all of them are there.
"use strict";
(() => {
  const filters = document.querySelector(".filters");
  if (!filters) return;
  const kind = document.getElementById("kind");
  const role = document.getElementById("role");
  const shown = document.getElementById("shown");
  const changes = [...document.querySelectorAll(".change")];
  const holders = [...document.querySelectorAll(".group"), ...document.querySelectorAll(".part")];
  const show = () => {
    let count = 0;
    for (const each of changes) {
      const fits = (!kind.value || each.dataset.kind === kind.value) && (!role?.value || each.dataset.role === role.value);
      each.hidden = !fits;
      if (fits) count += 1;
    }
    for (const each of holders) each.hidden = !each.querySelector(".change:not([hidden])");
    shown.textContent = shown.dataset.words.replace("#", String(count));
  };
  filters.addEventListener("change", show);
  addEventListener("beforeprint", () => { for (const each of document.querySelectorAll("details")) each.open = true; });
  filters.hidden = false;
  show();
})();
