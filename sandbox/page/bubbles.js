// One row of a chat: a day, a service line, or a bubble with its media, words and buttons.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { mediaOf } from "./media.js";
import { safeHtml } from "./safe.js";
import { clockTime } from "./time.js";
import { word } from "./words.js";

const TINTS = 7;

/** The same person has the same colour on every phone. */
export const tint = (id) => `tint-${Math.abs(id) % TINTS}`;

/** `view` is the phone's side: own() is who looks, named whether senders are named, tap(message, button) acts. */
export function drawRow(row, view) {
  if (row.kind === "day") return el("div", { class: "day" }, el("span", {}, row.text));
  if (row.kind === "service") return serviceLine(row.messages[0]);
  return bubble(row, view);
}

function serviceLine(message) {
  return el("div", { class: "service", data: { messageId: message.message_id } },
    el("span", { dir: "auto" }, message.service));
}

function bubble(row, view) {
  const [message] = row.messages;
  const isAlbum = row.messages.length > 1;
  const own = message.from.id === view.own();
  const classes = ["row", own ? "own" : "theirs", row.first && "first"].filter(Boolean).join(" ");
  return el("article", {
    class: classes, "aria-label": `${message.from.name}, ${clockTime(message.date)}`,
    data: isAlbum ? { album: message.album } : { messageId: message.message_id },
  },
  el("div", { class: "bubble" },
    view.named && !own && row.first && sender(message),
    message.forwarded_from && forwarded(message),
    quoted(view.find(message.reply_to)),
    mediaOf(row.messages),
    words(row.messages)),
  reactions(message),
  row.messages.map((part) => buttons(part, view)));
}

const sender = ({ from }) => el("div", { class: `sender ${tint(from.id)}`, dir: "auto" }, from.name);

const forwarded = ({ forwarded_from: name }) =>
  el("div", { class: "forwarded", dir: "auto" }, word("Forwarded from {name}", { name }));

function quoted(message) {
  if (!message) return null;
  const said = message.text || message.caption || message.service || "…";
  return el("div", { class: "quoted", dir: "auto" }, el("strong", {}, message.from.name), el("span", {}, said));
}

function words(messages) {
  const spoken = messages.filter((message) => message.html);
  const lines = spoken.map((message) =>
    el("div", { class: "words", dir: "auto" }, el("span", { class: "text" }, safeHtml(message.html))));
  // The time floats at the end of the last line, as long as there is room.
  if (lines.length === 0) lines.push(el("div", { class: "words" }));
  lines.at(-1).append(meta(messages));
  return lines;
}

function meta(messages) {
  const last = messages.at(-1);
  const edited = messages.some((message) => message.edited);
  return el("div", { class: "meta" },
    edited && el("span", { class: "edited" }, word("edited")),
    el("time", { datetime: new Date(last.date * 1000).toISOString() }, clockTime(last.date)));
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return el("div", { class: "reactions" }, message.reactions.map(({ emoji }) => el("span", {}, emoji)));
}

function buttons(message, view) {
  if (!message.buttons?.length) return null;
  return el("div", { class: "buttons" }, message.buttons.map((line) =>
    el("div", { class: "line" }, line.map((button) => inlineButton(button, message, view)))));
}

function inlineButton(button, message, view) {
  const press = (event) => view.tap(message, button, event.currentTarget);
  return el("button", {
    type: "button", title: button.url ? word("Opens {url}", { url: button.url }) : null,
    data: { button: button.label, url: button.url, copy: button.copy }, on: { click: press },
  }, el("span", { dir: "auto" }, button.label), button.url && icon("link"), button.copy && icon("copy"));
}
