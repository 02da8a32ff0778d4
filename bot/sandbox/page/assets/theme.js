// Runs before the first paint: the colours the member chose, or the system's.
(() => {
  const KEY = "local-slack-theme";
  const chosen = () => {
    try { return localStorage.getItem(KEY) || "auto"; } catch { return "auto"; }
  };
  const apply = (choice) => {
    if (choice === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  };
  apply(chosen());
  document.addEventListener("DOMContentLoaded", () => apply(chosen()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-choice]");
    if (!button) return;
    try { localStorage.setItem(KEY, button.dataset.themeChoice); } catch { /* private window: not kept */ }
    apply(button.dataset.themeChoice);
  });
})();
