// The place of the apps: one press does one thing, and the page shows what came of it.
import { refresh } from "../sync/live.js";
import { post } from "../sync/net.js";
import { page } from "../sync/page.js";

async function does(body) {
  const answer = await post("apps", body);
  // Moving a workspace may give a member another id: the page goes on as that one.
  if (answer && answer.member !== page.member) location.assign(`/as/${answer.member}/apps`);
  else refresh();
}

export function wireApps() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-app-do]");
    if (!button) return;
    const { appDo, appPlace, appKind, appNumber } = button.dataset;
    does({ do: appDo, place: appPlace, kind: appKind, number: appNumber });
  });
  document.addEventListener("change", (event) => {
    const name = event.target.dataset?.appSwitch;
    if (name) does({ do: "switch", name, on: event.target.checked });
  });
}
