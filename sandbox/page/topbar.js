// The bar above the phones: the estate's clock and its levers, the page's language and theme, adding a person.

import { api } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { askForPerson } from "./newcomer.js";
import { onSetting, remember, setting } from "./settings.js";
import { clockTimeWithSeconds, day, worldTime } from "./time.js";
import { trying } from "./toast.js";
import { word } from "./words.js";
import { on } from "./world.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LEVERS = [
  ["clock-10min", "+10 min", () => ({ by: 10 * MINUTE })],
  ["clock-hour", "+1 h", () => ({ by: HOUR })],
  ["clock-day", "+1 day", () => ({ by: DAY })],
  [
    "clock-morning", "Next morning", () => ({ to: "next 08:30", zone: setting("zone") }),
    "Move the clock to 08:30 of the next morning",
  ],
];

const ZONES = [
  "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai", "Europe/Moscow",
  "Europe/Berlin", "Europe/London", "UTC", "America/Sao_Paulo", "America/New_York", "America/Los_Angeles",
];

const part = (name) => document.querySelector(`[data-bar="${name}"]`);

export function startTopbar() {
  document.documentElement.dataset.theme = setting("theme");
  on("clock", tick);
  setInterval(tick, 1000);
  onSetting("zone", tick);
  onSetting("theme", () => {
    document.documentElement.dataset.theme = setting("theme");
    drawTopbar();
  });
  drawTopbar();
}

export function drawTopbar() {
  document.documentElement.lang = setting("language");
  document.querySelectorAll("[data-word]").forEach((node) => (node.textContent = word(node.dataset.word)));
  part("levers").replaceChildren(...LEVERS.map(lever));
  part("zone").replaceChildren(zoneChoice());
  part("choices").replaceChildren(newPerson(), languageSwitch(), themeSwitch());
  tick();
}

function tick() {
  part("time").textContent = clockTimeWithSeconds(worldTime());
  part("day").textContent = day(worldTime());
}

function lever([action, label, move, title]) {
  const pull = () => trying(document.body, () => api.clock(move()));
  const hint = title && word(title);
  return el("button", { type: "button", title: hint, data: { action }, on: { click: pull } }, word(label));
}

function zoneChoice() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([...ZONES, own, setting("zone")])];
  const options = zones.map((zone) =>
    el("option", { value: zone, selected: zone === setting("zone") }, zone.replaceAll("_", " ")));
  const choose = (event) => remember("zone", event.target.value);
  return el("select", { "aria-label": word("Time zone"), data: { action: "zone" }, on: { change: choose } }, options);
}

function newPerson() {
  const label = word("Add a person");
  return el("button", {
    type: "button", "aria-label": label, title: label, data: { action: "add-person" }, on: { click: askForPerson },
  }, icon("person"), el("span", { class: "wide-only" }, label));
}

function languageSwitch() {
  const language = (code, label) => el("button", {
    type: "button", lang: code, "aria-pressed": String(setting("language") === code),
    data: { action: `language-${code}` }, on: { click: () => remember("language", code) },
  }, label);
  const both = [language("en", "EN"), language("zh", "中文")];
  return el("div", { class: "switch", role: "group", "aria-label": word("Page language") }, both);
}

function themeSwitch() {
  const other = setting("theme") === "dark" ? "light" : "dark";
  const label = word(other === "dark" ? "Dark theme" : "Light theme");
  return el("button", {
    type: "button", class: "round", "aria-label": label, title: label, data: { action: "theme" },
    on: { click: () => remember("theme", other) },
  }, icon(other === "dark" ? "moon" : "sun"));
}
