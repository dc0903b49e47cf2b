// Files chosen but not yet sent: small previews above the line of writing, each with a way to take it back.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { word } from "./words.js";

const MOST = 10; // Telegram's limit for one album

export class Tray {
  constructor(changed) {
    this.files = [];
    this.changed = changed;
    this.node = el("div", { class: "tray", hidden: true });
    this.picker = el("input", { type: "file", multiple: true, hidden: true, data: { action: "files" } });
    this.picker.addEventListener("change", () => {
      this.add(this.picker.files);
      this.picker.value = "";
    });
  }

  add(files) {
    this.files = [...this.files, ...files].slice(0, MOST);
    this.draw();
  }

  /** Hands the files over and forgets them. */
  take() {
    const files = this.files;
    this.files = [];
    this.draw();
    return files;
  }

  draw() {
    this.node.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
    this.node.replaceChildren(...this.files.map((file) => this.preview(file)));
    this.node.hidden = this.files.length === 0;
    this.changed();
  }

  preview(file) {
    const remove = () => {
      this.files = this.files.filter((other) => other !== file);
      this.draw();
    };
    const isPicture = file.type.startsWith("image/");
    const label = word("Remove {name}", { name: file.name });
    return el("div", { class: "preview", title: file.name },
      isPicture ? el("img", { src: URL.createObjectURL(file), alt: file.name }) : icon("file"),
      el("button", { type: "button", "aria-label": label, on: { click: remove } }, icon("close")));
  }
}
