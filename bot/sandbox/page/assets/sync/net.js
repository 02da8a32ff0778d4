// Talking to the local Slack.
import { page, word } from "./page.js";
import { toast } from "./toasts.js";

async function ask(path, options) {
  const response = await fetch(path, options);
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  const body = isJson ? await response.json() : await response.text();
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}

export const get = (path) => ask(path, { headers: { Accept: "application/json" } });

/** Posts to a path; throws where that fails. */
export const send = (path, body) => ask(path, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

/** Posts as the member; tells them of a failure and then returns null. */
export async function post(path, body) {
  try {
    return await send(`/as/${page.member}/${path}`, body);
  } catch (error) {
    toast(word("failed", { error: error.message }), { bad: true });
    return null;
  }
}

/** Uploads the chosen files and returns what the bot will be told of them. */
export async function upload(files) {
  const uploaded = [];
  for (const file of files) {
    const path = `/as/${page.member}/upload?name=${encodeURIComponent(file.name)}`;
    uploaded.push(await ask(path, {
      method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file,
    }));
  }
  return uploaded;
}
