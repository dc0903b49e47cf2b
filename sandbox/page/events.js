// The live line to the sandbox. EventSource reconnects by itself and names the last event that it saw.

import { trying } from "./toast.js";
import { drop, loadWorld, moveClock, put } from "./world.js";

const WORLD_CHANGES = ["person", "group", "member", "topic", "blocked", "bot"];

/** Follows what happens; `again` is called after a break, when something may have been missed. */
export function follow(again) {
  const source = new EventSource("/sandbox/events");
  let last = 0;
  let broken = false;
  const hear = (kind, act) => source.addEventListener(kind, (event) => {
    last = Number(event.lastEventId);
    act(JSON.parse(event.data));
  });
  hear("message", (message) => put(message, true));
  hear("edited", (message) => put(message, false));
  hear("deleted", drop);
  hear("clock", ({ now }) => moveClock(now));
  hear("reset", () => location.reload());
  for (const kind of WORLD_CHANGES) hear(kind, soonLoadWorld);
  source.addEventListener("error", () => {
    broken = true;
    document.body.classList.add("offline");
  });

  // Only once the line stands is the present state fetched, so that nothing falls between the two.
  // A sandbox that was started anew counts from one: this page then shows a world that is gone.
  source.addEventListener("open", async () => {
    document.body.classList.remove("offline");
    const seen = last;
    if ((await loadWorld()) < seen) location.reload();
    else if (broken) again();
  });
}

let planned = null;

// Setting up an estate makes dozens of people and topics in one breath: one fetch serves them all.
function soonLoadWorld() {
  planned ??= setTimeout(() => {
    planned = null;
    trying(document.body, loadWorld);
  }, 60);
}
