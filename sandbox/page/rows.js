// From messages to rows: albums become one row, days are parted, and a sender is named once in a run.

import { day } from "./time.js";

/** Rows {key, kind: "day" | "service" | "bubble", messages, first}, oldest first. */
export function rowsOf(messages) {
  const rows = [];
  let before = null;
  for (const message of messages) {
    const date = day(message.date);
    if (date !== before?.date) rows.push({ key: `day ${date}`, kind: "day", text: date, messages: [] });
    if (message.service) rows.push({ key: message.message_id, kind: "service", messages: [message] });
    else if (message.album && message.album === before?.album) rows.at(-1).messages.push(message);
    else rows.push(bubbleRow(message, date, before));
    before = { date, sender: message.service ? null : message.from.id, album: message.album };
  }
  return rows;
}

function bubbleRow(message, date, before) {
  const first = before?.date !== date || before.sender !== message.from.id;
  return { key: message.message_id, kind: "bubble", messages: [message], first };
}

/** Whether a row drawn earlier still shows the truth. */
export const sameRow = (one, other) =>
  one.kind === other.kind && one.first === other.first && one.messages.length === other.messages.length
  && one.messages.every((message, at) => message === other.messages[at]);
