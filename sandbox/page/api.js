// The sandbox's control calls, as sandbox/README.md lists them. A refusal is an Error with the server's own words.

import { word } from "./words.js";

export class Refused extends Error {}

async function answer(path, options) {
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, options);
  } catch {
    throw new Refused(word("The sandbox cannot be reached"));
  }
  const body = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Refused(body.error);
  return body;
}

const post = (path, body) =>
  answer(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const given = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value != null));

export const api = {
  world: () => answer("world"),
  chat: (seat) => answer(`chat?${given({ as: seat.from, bot: seat.bot, chat: seat.chat })}`),
  person: (person) => post("people", person),
  say: (seat, text, more = {}) => post("say", { ...seat, text, ...more }),
  send: (seat, sample) => post("send", { ...seat, ...sample }),
  tap: (seat, message_id, { label, data }) => post("tap", { ...seat, message_id, ...(data ? { data } : { label }) }),
  answerOf: (tap) => answer(`taps/${tap}`),
  pay: (seat, message_id) => post("pay", { ...seat, message_id }),
  paymentOf: (payment) => answer(`payments/${payment}`),
  open: (from, bot, start) => post("open", { from, bot, start }),
  block: (from, bot, blocked) => post("block", { from, bot, blocked }),
  clock: (move) => post("clock", move),
  upload(seat, files, caption) {
    const form = new FormData();
    for (const file of files) form.append("file", file, file.name);
    return answer(`upload?${given({ ...seat, caption: caption || null })}`, { method: "POST", body: form });
  },
};
