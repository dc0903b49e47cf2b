// "Add a person": somebody new with a name, a language and a role, whose phone then lies on the table.

import { api } from "./api.js";
import { el } from "./dom.js";
import { languageOptions } from "./languages.js";
import { reveal } from "./links.js";
import { setting } from "./settings.js";
import { setShown } from "./shown.js";
import { trying } from "./toast.js";
import { word } from "./words.js";
import { loadWorld } from "./world.js";

export function askForPerson() {
  const name = el("input", { name: "first_name", required: true, maxlength: "64", dir: "auto", autocomplete: "off" });
  const likely = setting("language") === "zh" ? "zh-hans" : "en";
  const language = el("select", { name: "language_code" }, languageOptions(likely));
  const role = el("input", { name: "role", value: "resident", maxlength: "32", autocomplete: "off" });
  const form = el("form", { method: "dialog" },
    el("h2", {}, word("Add a person")),
    labelled("Name", name), labelled("Telegram language", language), labelled("Role", role),
    el("div", { class: "choices" },
      el("button", { type: "button", data: { action: "cancel" }, on: { click: () => dialog.close() } }, word("Cancel")),
      el("button", { type: "submit", class: "primary", data: { action: "add" } }, word("Add"))));
  const dialog = el("dialog", { class: "newcomer" }, form);
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", () => trying(document.body, () => add(Object.fromEntries(new FormData(form)))));
  document.body.append(dialog);
  dialog.showModal();
}

async function add(person) {
  const { id } = await api.person(person);
  await loadWorld();
  setShown(id, true);
  reveal({ from: id });
}

const labelled = (label, field) => el("label", {}, el("span", {}, word(label)), field);
