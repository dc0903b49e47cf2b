// Formatted text from the server, rebuilt node by node from a whitelist.
// The server already escapes what people typed; this holds even if it should one day forget to.

import { el } from "./dom.js";

const TAGS = new Set(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "br"]);
const SCHEMES = new Set(["http:", "https:", "tg:", "tel:", "mailto:"]);

/** A fragment that holds only text and the tags above, plus links and spoilers. */
export function safeHtml(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return copyChildren(parsed.body, document.createDocumentFragment());
}

/** The address, if a person may follow it; otherwise null (javascript:, data: and the like). */
export function safeUrl(address) {
  try {
    const url = new URL(address.includes(":") ? address : `https://${address}`);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function copyChildren(from, into) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(wordsOf(node));
    else if (node.nodeType === Node.ELEMENT_NODE) copyElement(node, into);
  }
  return into;
}

function copyElement(node, into) {
  const tag = node.localName;
  if (tag === "script" || tag === "style") return;
  if (TAGS.has(tag)) into.append(copyChildren(node, formatted(tag)));
  else if (tag === "a") into.append(copyChildren(node, link(node.getAttribute("href") ?? "")));
  else if (Object.hasOwn(SPANS, node.className)) into.append(copyChildren(node, SPANS[node.className]()));
  else copyChildren(node, into);
}

// A block ends its own line: the line break after it would show as an empty one.
function wordsOf(text) {
  const afterBlock = ["blockquote", "pre"].includes(text.previousSibling?.localName);
  return afterBlock ? text.data.replace(/^\n/, "") : text.data;
}

const formatted = (tag) => el(tag, tag === "blockquote" ? { dir: "auto" } : {});

function link(address) {
  const url = safeUrl(address);
  return url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }) : el("span");
}

const SPANS = {
  spoiler: () => el("span", { class: "spoiler", role: "button", tabindex: "0" }),
  bot_command: () => el("span", { class: "command", role: "button", tabindex: "0" }),
  hashtag: () => el("span", { class: "mark" }),
  mention: () => el("span", { class: "mark" }),
};
