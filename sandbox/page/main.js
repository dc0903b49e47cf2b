// Puts the page together: the bar, the phones, and the live line that feeds them.

import { follow } from "./events.js";
import { layPhones, redrawPhones, reloadPhones } from "./phones.js";
import { onSetting } from "./settings.js";
import { drawTopbar, startTopbar } from "./topbar.js";

startTopbar();
layPhones(document.querySelector("[data-table]"));
onSetting("language", () => {
  drawTopbar();
  redrawPhones();
});
onSetting("zone", redrawPhones);
follow(reloadPhones);
