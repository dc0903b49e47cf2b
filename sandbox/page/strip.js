// The strip of phones: above the table where it is wide, at the thumb's end where it is narrow.

import { el, place } from "./dom.js";
import { avatar } from "./phone.js";
import { word } from "./words.js";

const chips = new Map();

export function drawStrip(phones, choose) {
  const node = document.querySelector("[data-strip]");
  node.setAttribute("aria-label", word("Phones"));
  place(node, phones.map((phone) => chip(phone, choose)));
}

// A chip is kept and filled anew: one that is thrown away while it is being tapped would lose the tap and the focus.
function chip(phone, choose) {
  if (!chips.has(phone)) {
    const click = () => choose(phone);
    chips.set(phone, el("button", { type: "button", data: { show: phone.id }, on: { click } }));
  }
  const button = chips.get(phone);
  const name = phone.title();
  const count = phone.unreadCount();
  button.className = ["chip", phone.shown && "shown", phone.visible && phone.shown && "in-view"].filter(Boolean).join(" ");
  button.title = word("Show or hide the phone of {name}", { name });
  button.setAttribute("aria-pressed", String(phone.shown));
  button.replaceChildren(avatar(phone.id, name), el("span", { class: "label", dir: "auto" }, name));
  if (count > 0) button.append(badge(count));
  return button;
}

function badge(count) {
  const label = word("{count} unread", { count });
  return el("span", { class: "unread", "aria-label": label }, count > 99 ? "99+" : String(count));
}
