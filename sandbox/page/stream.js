// The scrolling list of one chat. Redraws only the rows that changed, and never pulls a reader away from the past;
// whoever writes goes to the end.

import { drawRow } from "./bubbles.js";
import { el, place } from "./dom.js";
import { icon } from "./icons.js";
import { rowsOf, sameRow } from "./rows.js";
import { word } from "./words.js";

const NEAR = 60;
const PAGE = 120;

export class Stream {
  constructor(view) {
    this.view = view;
    this.drawn = new Map();
    this.messages = [];
    this.limit = PAGE;
    this.list = el("div", { class: "list", role: "log", "aria-live": "polite", tabindex: "0" });
    this.jump = el("button", { class: "jump", type: "button", hidden: true }, icon("down"));
    this.jump.addEventListener("click", () => this.toEnd());
    this.node = el("div", { class: "stream" }, this.list, this.jump);
    this.list.addEventListener("scroll", () => this.atEnd() && (this.jump.hidden = true), { passive: true });
    this.list.addEventListener("click", (event) => this.press(event));
    this.list.addEventListener("keydown", (event) => event.key === "Enter" && this.press(event));
    // The list shrinks when a keyboard or a caption grows: whoever was at the end stays there.
    new ResizeObserver(() => this.wasAtEnd && this.toEnd()).observe(this.list);
    this.wasAtEnd = true;
  }

  /** Draws everything anew: the language, the zone or the onlooker changed. */
  redraw() {
    this.drawn.clear();
    this.list.setAttribute("aria-label", word("Messages of {name}", { name: this.view.title() }));
    this.jump.setAttribute("aria-label", word("New messages"));
    this.show(this.messages);
  }

  show(messages) {
    const stay = this.wasAtEnd;
    const grew = messages.length > this.messages.length;
    const wrote = grew && messages.at(-1).from.id === this.view.own();
    this.messages = messages;
    const focused = this.list.contains(document.activeElement);
    place(this.list, this.nodes(messages));
    if (focused && !this.list.contains(document.activeElement)) this.list.focus({ preventScroll: true });
    if (stay || wrote) this.toEnd();
    else if (grew) this.jump.hidden = false;
  }

  nodes(messages) {
    const rows = rowsOf(messages.slice(-this.limit));
    const next = new Map(rows.map((row) => [row.key, this.nodeFor(row)]));
    this.drawn = next;
    const nodes = [...next.values()].map(({ node }) => node);
    if (messages.length > this.limit) nodes.unshift(this.earlier());
    return nodes.length > 0 ? nodes : [el("p", { class: "empty" }, word("Nothing here yet"))];
  }

  nodeFor(row) {
    const old = this.drawn.get(row.key);
    if (old && sameRow(old.row, row)) return { ...old, row };
    const node = drawRow(row, this.view);
    if (old && saysOtherwise(old.row, row)) node.classList.add("changed");
    return { row, node };
  }

  earlier() {
    const more = () => {
      this.limit += PAGE;
      this.show(this.messages);
    };
    return el("button", { class: "earlier", type: "button", on: { click: more } }, word("Earlier messages"));
  }

  /** Links, commands and spoilers within words. */
  press(event) {
    const pressed = event.target.closest("a[href], .command, .spoiler");
    if (pressed?.matches("a") && event.type === "click" && this.view.follow(pressed.href)) event.preventDefault();
    if (pressed?.matches(".command")) this.view.say(pressed.textContent);
    if (pressed?.matches(".spoiler")) pressed.classList.add("shown");
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    this.wasAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    return this.wasAtEnd;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.wasAtEnd = true;
    this.jump.hidden = true;
  }
}

// A pin or a reaction also comes as a change, but is not worth a glow.
function saysOtherwise(before, after) {
  const said = ({ messages }) => JSON.stringify(messages.map(({ html, media, buttons }) => [html, media, buttons]));
  return said(before) !== said(after);
}
