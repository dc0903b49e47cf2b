// The foot of a phone: writing, attaching, the reply keyboard, and what stands there instead of them.

import { api } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { trying } from "./toast.js";
import { Tray } from "./tray.js";
import { word } from "./words.js";

const SAMPLES = [
  ["photo", "Sample photo", { kind: "photo" }],
  ["album", "Sample album", { kind: "photo", count: 3 }],
  ["place", "Location", { kind: "location" }],
  ["contact", "Contact", { kind: "contact" }],
  ["voice", "Sample voice", { kind: "voice" }],
  ["video", "Sample video", { kind: "video" }],
  ["file", "Sample document", { kind: "document" }],
  ["sticker", "Sample sticker", { kind: "sticker" }],
  ["poll", "Sample poll", { kind: "poll" }],
];

export class Composer {
  /** `phone` gives the seat() that speaks; its node shows refusals. */
  constructor(phone) {
    this.phone = phone;
    this.tray = new Tray(() => this.refresh());
    this.keyboard = el("div", { class: "keyboard", hidden: true });
    this.field = el("textarea", { rows: "1", dir: "auto", data: { action: "text" }, on: {
      input: () => this.refresh(), keydown: (event) => this.key(event), paste: (event) => this.paste(event),
    } });
    this.sendButton = el("button", { class: "round primary", type: "submit", data: { action: "send" } }, icon("send"));
    this.menus = el("div", { class: "menus" });
    this.form = el("form", { class: "write", on: { submit: (event) => this.submit(event) } },
      this.menus, this.tray.picker, this.field, this.sendButton);
    this.node = el("footer", { class: "composer" }, this.tray.node, this.form, this.keyboard);
    this.relabel();
  }

  /** Writes the labels anew in the page's language. */
  relabel() {
    this.field.placeholder = word("Write a message");
    this.field.setAttribute("aria-label", word("Write a message"));
    this.sendButton.setAttribute("aria-label", word("Send"));
    const attach = menu({ name: "attach", label: word("Attach"), look: "plus", items: () => this.attachments() });
    const commands = menu({ name: "commands", label: word("Commands"), look: "slash", items: () => this.commands() });
    this.menus.replaceChildren(attach, commands);
    this.refresh();
  }

  attachments() {
    const pick = () => this.tray.picker.click();
    const samples = SAMPLES.map(([look, label, sample]) => ({
      label: word(label), icon: look, action: sample.count ? "sample-album" : `sample-${sample.kind}`,
      act: () => this.sendSample(sample),
    }));
    return [{ label: word("Choose photos or files…"), icon: "photo", action: "choose-files", act: pick }, ...samples];
  }

  /** A contact is one's own, as the button "share my number" would send it. */
  sendSample(sample) {
    const whose = (seat) => (sample.kind === "contact" ? { user_id: seat.from } : {});
    return this.act((seat) => api.send(seat, { ...sample, ...whose(seat) }));
  }

  /** Asked anew each time: a bot sets its commands when it likes, for each language and chat. */
  async commands() {
    const chat = await this.act(api.chat);
    return (chat?.commands ?? []).map(({ command, description }) => ({
      label: `/${command}`, hint: description, action: `command-${command}`,
      act: () => this.act((seat) => api.say(seat, `/${command}`)),
    }));
  }

  /** Shows the reply keyboard that the chat has now: rows of {label, request_contact?, request_location?}. */
  showKeyboard(rows) {
    const key = (button) => el("button", {
      type: "button", dir: "auto", data: { key: button.label }, on: { click: () => this.press(button) },
    }, button.label);
    this.keyboard.replaceChildren(...(rows ?? []).map((row) => el("div", { class: "line" }, row.map(key))));
    this.keyboard.hidden = !rows?.length;
  }

  press(button) {
    if (button.request_contact) return this.sendSample({ kind: "contact" });
    if (button.request_location) return this.sendSample({ kind: "location" });
    return this.act((seat) => api.say(seat, button.label));
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    const files = this.tray.take();
    if (!text && files.length === 0) return;
    this.field.value = "";
    this.refresh();
    const sent = await this.act((seat) => (files.length > 0 ? api.upload(seat, files, text) : api.say(seat, text)));
    if (!sent && !this.field.value) this.field.value = text;
  }

  act(act) {
    return trying(this.phone.node, () => act(this.phone.seat()));
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  paste(event) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    this.tray.add(event.clipboardData.files);
  }

  refresh() {
    this.sendButton.disabled = !this.field.value.trim() && this.tray.files.length === 0;
  }
}
