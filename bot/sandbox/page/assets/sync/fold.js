// Long texts are folded until somebody wants to read them.

function set(fold, open) {
  const button = fold.querySelector(":scope > .bk-see-more");
  fold.classList.toggle("bk-fold-open", open);
  button.setAttribute("aria-expanded", String(open));
  button.textContent = open ? button.dataset.less : button.dataset.more;
}

/** Opens in a new drawing what was open in the one before it. */
export function keepFolds(before, after) {
  for (const open of before.querySelectorAll(".bk-fold-open > .bk-folded")) {
    const again = after.querySelector(`#${CSS.escape(open.id)}`)?.parentElement;
    if (again) set(again, true);
  }
}

export function wireFolds() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".bk-see-more");
    if (button) set(button.parentElement, button.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("focusin", (event) => {
    // A link further down would take the focus where nobody can see it.
    const folded = event.target.closest?.(".bk-fold:not(.bk-fold-open) > .bk-folded");
    if (folded) set(folded.parentElement, true);
  });
}
