// A person's phone: the private chat with a bot.

import { api } from "./api.js";
import { el } from "./dom.js";
import { languageOptions } from "./languages.js";
import { menu } from "./menu.js";
import { Phone, avatar } from "./phone.js";
import { setShown } from "./shown.js";
import { trying } from "./toast.js";
import { isBlocked, world } from "./world.js";
import { word } from "./words.js";

export class PersonPhone extends Phone {
  constructor(id) {
    super(id, { named: false });
    this.bot = null;
  }

  seat() {
    const bot = world.bots.has(this.bot) ? this.bot : world.bots.keys().next().value;
    return bot ? { from: this.id, bot } : null;
  }

  title() {
    return this.person().name;
  }

  about() {
    return [this.person(), [...world.bots.values()], this.seat() && isBlocked(this.seat())];
  }

  person() {
    return world.people.get(this.id);
  }

  choose(bot) {
    this.bot = bot;
    this.redraw();
    this.load();
  }

  drawHead() {
    const { role } = this.person();
    this.head.replaceChildren(
      avatar(this.id, this.title()),
      el("div", { class: "who" },
        el("h2", { dir: "auto" }, this.title()),
        el("p", {}, role && el("span", { class: "role" }, word(role)), this.botChoice(), this.languageChoice())),
      menu({ name: "more", label: word("More"), look: "more", items: () => this.actions() }));
  }

  botChoice() {
    if (world.bots.size < 2) return null;
    const options = [...world.bots.values()].map((bot) =>
      el("option", { value: bot.id, selected: bot.id === this.seat().bot }, bot.name));
    const choose = (event) => this.choose(Number(event.target.value));
    return el("select", { "aria-label": word("Bot"), data: { action: "bot" }, on: { change: choose } }, options);
  }

  languageChoice() {
    const choose = (event) => this.act(() => api.person({ ...this.person(), language_code: event.target.value }));
    return el("select", {
      "aria-label": word("Telegram language"), title: word("Telegram language"),
      data: { action: "person-language" }, on: { change: choose },
    }, languageOptions(this.person().language_code));
  }

  actions() {
    const blocked = isBlocked(this.seat());
    return [
      {
        label: word(blocked ? "Unblock the bot" : "Block the bot"), action: blocked ? "unblock" : "block",
        act: () => this.block(!blocked),
      },
      { label: word("Hide this phone"), action: "hide", act: () => setShown(this.id, false) },
    ];
  }

  insteadOfWriting(messages) {
    if (!this.seat()) return null;
    if (isBlocked(this.seat())) return wideButton("Unblock the bot", "unblock", () => this.block(false));
    if (messages.length > 0) return null;
    return wideButton("Start", "start", () => this.act(() => api.open(this.id, this.seat().bot)));
  }

  block(blocked) {
    return this.act(() => api.block(this.id, this.seat().bot, blocked));
  }

  act(act) {
    return trying(this.node, act);
  }
}

const wideButton = (label, action, act) =>
  el("button", { class: "wide", type: "button", data: { action }, on: { click: act } }, word(label));
