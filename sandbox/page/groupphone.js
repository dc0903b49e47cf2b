// A group as one of its members sees it: its topics as tabs, and the choice of who is speaking.

import { el } from "./dom.js";
import { menu } from "./menu.js";
import { Phone, avatar } from "./phone.js";
import { setShown } from "./shown.js";
import { peopleIn, world } from "./world.js";
import { word } from "./words.js";

const GENERAL = 0;

export class GroupPhone extends Phone {
  constructor(id) {
    super(id, { named: true });
    this.topic = GENERAL;
    this.speaker = null;
    this.tabs = el("div", { class: "tabs", role: "tablist" });
    this.speaking = el("label", { class: "speaking" });
    this.head.after(this.tabs);
    this.composer.node.prepend(this.speaking);
  }

  group() {
    return world.groups.get(this.id);
  }

  about() {
    return [this.group(), peopleIn(this.group())];
  }

  seat() {
    const people = peopleIn(this.group());
    const speaker = people.find((person) => person.id === this.speaker) ?? people[0];
    return speaker ? { from: speaker.id, chat: this.id, thread: this.thread() || undefined } : null;
  }

  title() {
    return this.group().title;
  }

  thread() {
    const exists = this.topics().some((topic) => topic.thread === this.topic);
    return this.group().forum && exists ? this.topic : GENERAL;
  }

  topics() {
    return [{ thread: GENERAL, name: word("General") }, ...this.group().topics];
  }

  messages(all) {
    if (!this.group().forum) return all;
    return all.filter((message) => (message.thread ?? GENERAL) === this.thread());
  }

  drawHead() {
    this.head.replaceChildren(
      avatar(this.id, this.title()),
      el("div", { class: "who" },
        el("h2", { dir: "auto" }, this.title()),
        el("p", {}, word("{count} members", { count: this.group().members.length }))),
      menu({ name: "more", label: word("More"), look: "more", items: () => this.actions() }));
    this.drawTabs();
    this.drawSpeaker();
  }

  actions() {
    return [{ label: word("Hide this phone"), action: "hide", act: () => setShown(this.id, false) }];
  }

  drawTabs() {
    this.tabs.hidden = !this.group().forum;
    this.tabs.setAttribute("aria-label", word("Topics"));
    this.tabs.replaceChildren(...this.topics().map((topic) => this.tab(topic)));
  }

  tab({ thread, name }) {
    const unread = this.unread.get(thread);
    const choose = () => {
      this.topic = thread;
      this.seen();
      this.redraw();
      this.stream.toEnd();
    };
    return el("button", {
      type: "button", role: "tab", "aria-selected": String(thread === this.thread()),
      data: { topic: thread }, on: { click: choose },
    }, el("span", { dir: "auto" }, name), unread && el("span", { class: "unread" }, String(unread)));
  }

  drawSpeaker() {
    const from = this.seat()?.from;
    const options = peopleIn(this.group()).map((person) =>
      el("option", { value: person.id, selected: person.id === from }, person.name));
    const choose = (event) => {
      this.speaker = Number(event.target.value);
      this.redraw();
    };
    this.speaking.replaceChildren(el("span", {}, word("Speaking as")),
      el("select", { data: { action: "speaker" }, on: { change: choose } }, options));
  }

  insteadOfWriting() {
    const nobody = peopleIn(this.group()).length === 0;
    return nobody ? el("p", {}, word("Nobody here can speak: the group has no people")) : null;
  }

  unreadChanged() {
    super.unreadChanged();
    this.drawTabs();
  }
}
