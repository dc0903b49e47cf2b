// What a message carries besides words: pictures as a grid, everything else as a line with an icon.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openLightbox } from "./lightbox.js";
import { safeUrl } from "./safe.js";
import { locale, word } from "./words.js";

const PICTURE = /\.(png|jpe?g|webp|gif)$/i;

const LOOKS = {
  photo: ["photo", "Photo"],
  video: ["video", "Video"],
  animation: ["video", "Video"],
  video_note: ["video", "Video"],
  voice: ["voice", "Voice message"],
  audio: ["voice", "Voice message"],
  document: ["file", "Document"],
  sticker: ["sticker", "Sticker"],
  contact: ["contact", "Contact"],
  location: ["place", "Location"],
  venue: ["place", "Location"],
  invoice: ["invoice", "Invoice"],
  poll: ["poll", "Poll"],
  dice: ["dice", "Dice"],
};

const isPicture = (item) =>
  Boolean(item.url) && (item.kind === "photo" || (item.kind === "document" && PICTURE.test(item.name ?? "")));

/** Everything that these messages (one, or the parts of an album) carry; each part keeps its message's id. */
export function mediaOf(messages) {
  const items = messages.flatMap((message) =>
    message.media.map((item) => ({ ...item, part: messages.length > 1 ? message.message_id : null })));
  const pictures = items.filter(isPicture);
  const others = items.filter((item) => !isPicture(item));
  return [pictures.length > 0 && grid(pictures), ...others.map(line)].filter(Boolean);
}

// What is between so narrow and so wide keeps its shape when it is alone; a cropped QR code would be of no use.
const NARROWEST = 0.7;
const WIDEST = 1.8;

function grid(pictures) {
  const tiles = pictures.map((picture, at) => tile(picture, () => openLightbox(pictures, at)));
  const [{ width, height }] = pictures;
  if (pictures.length === 1 && width && height) {
    tiles[0].style.aspectRatio = Math.min(Math.max(width / height, NARROWEST), WIDEST);
  }
  return el("div", { class: "grid", data: { count: pictures.length } }, tiles);
}

function tile(picture, open) {
  const label = picture.name || word("Photo");
  const image = el("img", { src: picture.url, alt: "", loading: "lazy", draggable: "false" });
  const button = el("button", {
    class: "tile", type: "button", "aria-label": label, on: { click: open },
    data: { messageId: picture.part, media: picture.kind },
  }, image);
  image.addEventListener("error", () => image.replaceWith(icon("photo")));
  return button;
}

/** What is to be paid; the Pay button stands below like any other. */
function bill(item) {
  const sum = new Intl.NumberFormat(locale(), { style: "currency", currency: item.currency }).format(item.total_amount / 100);
  return el("div", { class: "bill", data: { messageId: item.part, media: "invoice" } },
    el("strong", { dir: "auto" }, item.title), el("span", { dir: "auto" }, item.description), el("b", {}, sum));
}

function line(item) {
  if (item.kind === "invoice") return bill(item);
  const [look, kind] = LOOKS[item.kind] ?? ["file", "Document"];
  const address = item.url && safeUrl(new URL(item.url, location.href).href);
  const name = nameOf(item);
  const about = [name && word(kind), item.phone_number, size(item.size)].filter(Boolean).join(" · ");
  return el(address ? "a" : "div", {
    class: "attachment", href: address, target: address ? "_blank" : null, rel: address ? "noopener" : null,
    download: item.kind === "document" ? item.name : null,
    data: { messageId: item.part, media: item.kind },
  }, el("span", { class: "badge" }, icon(look)),
  el("span", { class: "about" }, el("strong", { dir: "auto" }, name || word(kind)), about && el("small", {}, about)));
}

function nameOf(item) {
  if (item.kind === "contact") return [item.first_name, item.last_name].filter(Boolean).join(" ");
  if (item.kind === "poll") return item.question;
  if (item.kind === "dice") return `${item.emoji} ${item.value}`;
  if (item.kind === "location") return `${item.latitude.toFixed(5)}, ${item.longitude.toFixed(5)}`;
  return item.kind === "document" ? item.name : null;
}

function size(bytes) {
  if (!bytes) return null;
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
