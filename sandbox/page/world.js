// Who is in the world and what has been said: the one state that every phone is drawn from.
// Emits "world" (people, bots or groups changed), "chat" (messages changed), "said" (one arrived live), "clock".

import { api } from "./api.js";
import { setWorldTime } from "./time.js";

export const signals = new EventTarget();

const emit = (kind, detail) => signals.dispatchEvent(new CustomEvent(kind, { detail }));

export const on = (kind, listener) => signals.addEventListener(kind, (event) => listener(event.detail));

export const world = { bots: new Map(), people: new Map(), groups: new Map(), blocked: new Set() };

const byId = (records) => new Map(records.map((record) => [record.id, record]));

/** Fetches who there is; the answer is the number of the last event that it knows of. */
export async function loadWorld() {
  const found = await api.world();
  world.bots = byId(found.bots);
  world.people = byId(found.people);
  world.groups = byId(found.groups.filter((group) => !group.migrated_to));
  world.blocked = new Set(found.chats.filter((chat) => chat.blocked).map(keyOf));
  moveClock(found.now);
  emit("world");
  return found.event;
}

export function moveClock(now) {
  setWorldTime(now);
  emit("clock");
}

export const botNamed = (username) =>
  [...world.bots.values()].find((bot) => bot.username.toLowerCase() === username.toLowerCase());

export const peopleIn = (group) => group.members.map(({ user }) => world.people.get(user)).filter(Boolean);

export const isBlocked = (seat) => world.blocked.has(chatKey(seat));

// ---- chats -----------------------------------------------------------------------------------------------

const chats = new Map();

/** A seat is where somebody speaks: {from, bot} in private, {from, chat, thread?} in a group; null where nobody can. */
export const chatKey = (seat) => (seat.bot ? `${seat.from}/${seat.bot}` : `${seat.chat}`);

// A private chat is named by the person and the bot.
const keyOf = ({ chat, person = chat, bot }) => (bot ? `${person}/${bot}` : `${person}`);

export const messagesAt = (seat) => [...(chats.get(chatKey(seat))?.messages.values() ?? [])];

export const messageAt = (seat, message_id) => chats.get(chatKey(seat))?.messages.get(message_id);

/** Fetches what was said. What happens meanwhile waits, because the answer may be older than it. */
export async function loadChat(seat) {
  const key = chatKey(seat);
  const known = chats.get(key);
  const chat = { messages: known?.messages ?? new Map(), waiting: [] };
  chats.set(key, chat);
  const { messages } = await api.chat(seat);
  const before = chat.messages;
  chat.messages = new Map(messages.map((message) => [message.message_id, unchanged(before, message) ?? message]));
  chat.waiting.forEach((change) => change());
  chat.waiting = null;
  emit("chat", { key });
}

/** A message keeps its identity when nothing in it changed: its bubble is then not drawn again. */
function unchanged(before, message) {
  const old = before.get(message.message_id);
  return old && JSON.stringify(old) === JSON.stringify(message) ? old : null;
}

export function put(message, isNew) {
  change(keyOf(message), (chat) => chat.messages.set(message.message_id, message));
  if (isNew) emit("said", { key: keyOf(message), message });
}

export function drop(message) {
  change(keyOf(message), (chat) => chat.messages.delete(message.message_id));
}

function change(key, act) {
  const chat = chats.get(key);
  if (!chat) return;
  if (chat.waiting) {
    chat.waiting.push(() => act(chat));
  } else {
    act(chat);
    emit("chat", { key });
  }
}
