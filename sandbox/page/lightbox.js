// One picture at a time over the whole page, with the others of its album one key away.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { word } from "./words.js";

export function openLightbox(pictures, start) {
  let at = start;
  const image = el("img", { alt: word("Picture") });
  const place = el("span", { class: "place" });
  const show = (step) => {
    at = (at + step + pictures.length) % pictures.length;
    image.src = pictures[at].url;
    place.textContent = pictures.length > 1 ? `${at + 1} / ${pictures.length}` : (pictures[at].name ?? "");
  };
  const dialog = el("dialog", { class: "lightbox", "aria-label": word("Picture"), on: { keydown: turn, click: leave } },
    button("close", "Close", () => dialog.close()),
    pictures.length > 1 && button("left", "Previous", () => show(-1)),
    image,
    pictures.length > 1 && button("right", "Next", () => show(1)),
    place);
  dialog.addEventListener("close", () => dialog.remove());

  function turn(event) {
    if (event.key === "ArrowLeft") show(-1);
    if (event.key === "ArrowRight") show(1);
  }

  function leave(event) {
    if (event.target === dialog) dialog.close();
  }

  show(0);
  document.body.append(dialog);
  dialog.showModal();
}

const button = (name, label, act) =>
  el("button", { class: `round ${name}`, type: "button", "aria-label": word(label), on: { click: act } }, icon(name));
