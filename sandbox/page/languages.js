// The languages that a person's Telegram can be set to, each written in itself.

import { el } from "./dom.js";

const CODES = [
  "en", "zh-hans", "zh-hant", "ja", "ko", "vi", "th", "id", "ms", "hi", "ar", "fa", "he", "tr", "ru", "uk", "pl",
  "de", "fr", "es", "it", "pt-br", "nl",
];

export function languageOptions(chosen) {
  const codes = !chosen || CODES.includes(chosen) ? CODES : [chosen, ...CODES];
  return codes.map((code) => el("option", { value: code, selected: code === chosen }, languageName(code)));
}

function languageName(code) {
  try {
    return new Intl.DisplayNames([code], { type: "language", fallback: "code" }).of(code);
  } catch {
    return code;
  }
}
