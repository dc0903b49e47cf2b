// What every phone has: a head, a stream, a foot, and a count of what was not yet seen. A person's phone and a
// group's differ in who looks at it, in the head, and in which messages belong to it.

import { api } from "./api.js";
import { tint } from "./bubbles.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { openAs, staysInside } from "./links.js";
import { Stream } from "./stream.js";
import { tap } from "./taps.js";
import { trying } from "./toast.js";
import { chatKey, loadChat, messageAt, messagesAt, signals } from "./world.js";

export class Phone {
  constructor(id, { named }) {
    this.id = id;
    this.visible = false;
    this.unread = new Map();
    this.head = el("header", { class: "head" });
    this.node = el("section", { class: "phone", data: { phone: id } });
    this.stream = new Stream({
      named,
      own: () => this.seat()?.from,
      title: () => this.title(),
      find: (message_id) => this.seat() && messageAt(this.seat(), message_id),
      tap: (message, button, node) => tap({ seat: this.seat(), message, button, node, within: this.node }),
      say: (text) => trying(this.node, () => api.say(this.seat(), text)),
      follow: (url) => staysInside(url) && Boolean(trying(this.node, () => openAs(this.seat().from, url))),
    });
    this.composer = new Composer(this);
    this.instead = el("div", { class: "instead", hidden: true });
    this.node.append(this.head, this.stream.node, this.composer.node, this.instead);
  }

  /** Draws all of it if what the world knows of its people changed: an open menu survives what others do. */
  refresh() {
    const about = JSON.stringify(this.about());
    if (about === this.drawnAs) return;
    this.drawnAs = about;
    this.redraw();
    if (this.node.dataset.chat !== this.loaded) this.load();
  }

  /** Draws all of it: the world, the language or the zone changed. */
  redraw() {
    this.node.setAttribute("aria-label", this.title());
    this.node.dataset.chat = this.seat() ? chatKey(this.seat()) : "";
    this.drawHead();
    this.composer.relabel();
    this.stream.redraw();
    this.show();
  }

  /** Draws what the chat holds now. */
  show() {
    const messages = this.seat() ? this.messages(messagesAt(this.seat())) : [];
    this.stream.show(messages);
    this.composer.showKeyboard(keyboardOf(messages));
    const instead = this.insteadOfWriting(messages);
    this.instead.replaceChildren(...(instead ? [instead] : []));
    this.instead.hidden = !instead;
    this.composer.node.hidden = Boolean(instead);
  }

  load() {
    if (!this.seat()) return null;
    this.loaded = chatKey(this.seat());
    return trying(this.node, () => loadChat(this.seat()));
  }

  messages(all) {
    return all;
  }

  /** Counts a message that just came, unless somebody looks at it. */
  heard(message) {
    const thread = message.thread ?? 0;
    if (message.from.id === this.seat()?.from || (this.visible && thread === this.thread())) return;
    this.unread.set(thread, (this.unread.get(thread) ?? 0) + 1);
    this.unreadChanged();
  }

  seen() {
    if (this.unread.delete(this.thread())) this.unreadChanged();
  }

  thread() {
    return 0;
  }

  unreadCount() {
    return [...this.unread.values()].reduce((sum, count) => sum + count, 0);
  }

  unreadChanged() {
    signals.dispatchEvent(new CustomEvent("unread"));
  }
}

/** The first letters of a name on its colour. */
export function avatar(id, name) {
  const letters = [...name.trim()].slice(0, 1).join("").toUpperCase();
  return el("span", { class: `avatar ${tint(id)}`, "aria-hidden": "true" }, letters);
}

const keyboardOf = (messages) => messages.findLast((message) => message.keyboard)?.keyboard;
