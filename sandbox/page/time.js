// The estate's clock: how far the world runs ahead of this machine, and how its times are written.

import { setting } from "./settings.js";
import { locale } from "./words.js";

let ahead = 0;

/** The world's time is `now` (seconds) at this moment. */
export function setWorldTime(now) {
  ahead = now - Date.now() / 1000;
}

export const worldTime = () => Date.now() / 1000 + ahead;

export const clockTime = (seconds) => written(seconds, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const clockTimeWithSeconds = (seconds) =>
  written(seconds, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export const day = (seconds) => written(seconds, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

const formats = new Map();

// Making an Intl format is slow, and a long chat writes thousands of times.
function written(seconds, options) {
  const key = [locale(), setting("zone"), ...Object.keys(options)].join();
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale(), { ...options, timeZone: setting("zone") }));
  }
  return formats.get(key).format(seconds * 1000);
}
