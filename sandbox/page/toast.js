// What a bot answers to a tap, and what the sandbox refuses: a short notice on the phone, or one to be confirmed.

import { el } from "./dom.js";
import { word } from "./words.js";

const SHOWN_FOR = 4500;

/** A notice that goes away by itself, in the phone or page part `within`. */
export function toast(within, text, kind = "answer") {
  within.querySelector(":scope > .toast")?.remove();
  const notice = el("div", { class: `toast ${kind}`, role: "status", dir: "auto", data: { toast: kind } }, text);
  within.append(notice);
  setTimeout(() => notice.remove(), SHOWN_FOR);
}

/** A notice that waits for OK, as show_alert asks for. */
export function alertIn(within, text) {
  const focused = document.activeElement;
  const close = () => {
    veil.remove();
    focused?.focus();
  };
  const ok = el("button", {
    type: "button", class: "primary", data: { action: "alert-ok" }, on: { click: close },
  }, word("OK"));
  const box = el("div", { class: "box", role: "alertdialog", "aria-label": text, data: { toast: "alert" } },
    el("p", { dir: "auto" }, text), ok);
  const veil = el("div", { class: "veil", on: { keydown: (event) => event.key === "Escape" && close() } }, box);
  within.append(veil);
  ok.focus();
}

/** Runs what the visitor asked for; a refusal is shown in the sandbox's own words. */
export async function trying(within, act) {
  try {
    return await act();
  } catch (error) {
    toast(within, error.message, "refusal");
    return null;
  }
}
