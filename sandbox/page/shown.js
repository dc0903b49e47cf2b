// Which phones lie on the table: the first few by themselves, all others as the visitor chooses.

import { onSetting, remember, setting } from "./settings.js";

const AT_FIRST = 12;

export function isShown(id, place) {
  return setting("shown")[id] ?? place < AT_FIRST;
}

export function setShown(id, shown) {
  remember("shown", { ...setting("shown"), [id]: shown });
}

export const onShown = (listener) => onSetting("shown", listener);
