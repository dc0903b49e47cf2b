// The table of phones: makes one for everybody in the world, in a steady order, and knows which are looked at.

import { place } from "./dom.js";
import { GroupPhone } from "./groupphone.js";
import { PersonPhone } from "./personphone.js";
import { isShown, onShown, setShown } from "./shown.js";
import { drawStrip } from "./strip.js";
import { chatKey, on, peopleIn, world } from "./world.js";

const phones = new Map();
let table = null;
let watcher = null;

export function layPhones(node) {
  table = node;
  watcher = new IntersectionObserver(looked, { root: table, threshold: 0.6 });
  on("world", arrange);
  on("chat", ({ key }) => phonesAt(key).filter((phone) => phone.shown).forEach((phone) => phone.show()));
  on("said", ({ key, message }) => phonesAt(key).forEach((phone) => phone.heard(message)));
  on("reveal", reveal);
  on("unread", strip);
  onShown(arrange);
}

/** Draws every phone anew, because the page's language or zone changed. */
export function redrawPhones() {
  shownPhones().forEach((phone) => phone.redraw());
  strip();
}

/** Fetches every chat anew, because something may have been missed. */
export function reloadPhones() {
  shownPhones().forEach((phone) => phone.load());
}

const phonesAt = (key) => [...phones.values()].filter((phone) => phone.seat() && chatKey(phone.seat()) === key);

const shownPhones = () => [...phones.values()].filter((phone) => phone.shown);

/** Those who belong to no group (residents) first, then the groups, then those who work in one. */
function order() {
  const members = new Set([...world.groups.values()].flatMap(peopleIn).map((person) => person.id));
  const people = [...world.people.keys()];
  return [...people.filter((id) => !members.has(id)), ...world.groups.keys(), ...people.filter((id) => members.has(id))];
}

function arrange() {
  const ids = order();
  for (const id of phones.keys()) {
    if (!ids.includes(id)) phones.delete(id);
  }
  const ordered = ids.map((id) => phones.get(id) ?? make(id));
  phones.clear();
  ordered.forEach((phone, at) => {
    phones.set(phone.id, phone);
    lay(phone, isShown(phone.id, at));
  });
  place(table, shownPhones().map((phone) => phone.node));
  document.body.classList.toggle("empty-world", phones.size === 0);
  strip();
}

function make(id) {
  const phone = world.groups.has(id) ? new GroupPhone(id) : new PersonPhone(id);
  watcher.observe(phone.node);
  return phone;
}

function lay(phone, shown) {
  phone.shown = shown;
  if (shown) phone.refresh();
}

function looked(entries) {
  for (const { target, isIntersecting } of entries) {
    const phone = phones.get(Number(target.dataset.phone));
    if (!phone) continue;
    phone.visible = isIntersecting;
    if (isIntersecting) phone.seen();
  }
  strip();
}

function strip() {
  drawStrip([...phones.values()], choose);
}

/** A tap in the strip brings a phone into view; a tap on one that is in view puts it away, where there is room. */
function choose(phone) {
  const single = matchMedia("(max-width: 700px)").matches;
  if (phone.visible && !single) setShown(phone.id, false);
  else bring(phone);
}

function bring(phone) {
  if (!phone.shown) setShown(phone.id, true);
  phone.node.scrollIntoView({ inline: "center", block: "nearest" });
}

function reveal(seat) {
  const phone = phones.get(seat.chat ?? seat.from);
  if (!phone) return;
  if (seat.bot && phone.seat()?.bot !== seat.bot) phone.choose(seat.bot);
  bring(phone);
}
