// Where a link leads: t.me addresses stay inside the sandbox, as the person whose phone it is.

import { api } from "./api.js";
import { safeUrl } from "./safe.js";
import { word } from "./words.js";
import { botNamed, signals } from "./world.js";

/** Asks for a phone to be brought into view. */
export const reveal = (seat) => signals.dispatchEvent(new CustomEvent("reveal", { detail: seat }));

/** Whether this page, not the browser, has to follow the address. */
export const staysInside = (address) => /^(https?:\/\/t\.me\/|tg:)/i.test(address);

/** Follows an address as `person`. Fails when it names a bot that is not here. */
export async function openAs(person, address) {
  const url = safeUrl(address);
  if (url && staysInside(url)) await inside(person, new URL(url));
  else if (url) window.open(url, "_blank", "noopener,noreferrer");
}

async function inside(person, url) {
  const [first, group] = url.pathname.split("/").filter(Boolean);
  if (first === "c") return reveal({ chat: Number(`-100${group}`) });
  const bot = botNamed(url.searchParams.get("domain") ?? first ?? "");
  if (!bot) throw new Error(word("No such bot or chat here: {url}", { url: url.href }));
  await api.open(person, bot.id, url.searchParams.get("start") ?? undefined);
  return reveal({ from: person, bot: bot.id });
}
