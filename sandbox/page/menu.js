// A button that opens a short list of actions. Closed by Escape, by a choice, or by looking elsewhere.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { word } from "./words.js";

/** `items()` is asked at every opening: [{label, icon?, action, act, hint?}], or a promise of that. */
export function menu({ name, label, look, items }) {
  const list = el("div", { class: "items", role: "menu", tabindex: "-1", hidden: true });
  const opener = el("button", {
    class: "round", type: "button", "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": "false",
    data: { action: name }, on: { click: toggle },
  }, icon(look));
  const node = el("div", { class: "menu", on: { keydown: keys, focusout: left } }, opener, list);

  async function toggle() {
    if (!list.hidden) return close();
    const entries = (await items()).map(entry);
    list.replaceChildren(...(entries.length > 0 ? entries : [el("p", {}, word("Nothing here yet"))]));
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    return list.firstElementChild.focus();
  }

  function close() {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  }

  function entry(item) {
    const choose = () => {
      close();
      opener.focus();
      item.act();
    };
    return el("button", { type: "button", role: "menuitem", data: { action: item.action }, on: { click: choose } },
      item.icon && icon(item.icon),
      el("span", { dir: "auto" }, item.label),
      item.hint && el("small", { dir: "auto" }, item.hint));
  }

  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      close();
      opener.focus();
    } else if (step && !list.hidden) {
      const entries = [...list.children];
      entries.at((entries.indexOf(document.activeElement) + step) % entries.length).focus();
      event.preventDefault();
    }
  }

  function left(event) {
    if (!node.contains(event.relatedTarget)) close();
  }

  return node;
}
