// What this browser remembers of its visitor: the page's language, theme, zone, and which phones are on the table.

const KEY = "steward-sandbox";

const DEFAULTS = {
  language: navigator.language.startsWith("zh") ? "zh" : "en",
  theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
  zone: "Asia/Shanghai",
  shown: {},
};

const values = { ...DEFAULTS, ...read() };
const changes = new EventTarget();

export const setting = (name) => values[name];

export function remember(name, value) {
  values[name] = value;
  try {
    localStorage.setItem(KEY, JSON.stringify(values));
  } catch {
    // Storage is refused (a private window): the choice then lives as long as the page.
  }
  changes.dispatchEvent(new Event(name));
}

export function onSetting(name, listener) {
  changes.addEventListener(name, listener);
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
