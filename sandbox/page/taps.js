// A tap on an inline button: the button is busy until the bot has answered, or until Telegram would give up.

import { api } from "./api.js";
import { openAs } from "./links.js";
import { alertIn, toast, trying } from "./toast.js";
import { word } from "./words.js";

const PATIENCE = 15_000;
const FIRST_WAIT = 60;
const LONGEST_WAIT = 600;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function tap({ seat, message, button, node, within }) {
  if (button.url) return trying(within, () => openAs(seat.from, button.url));
  if (button.copy) return copy(button.copy, within);
  node.setAttribute("aria-busy", "true");
  if (button.pay) await trying(within, () => pay(seat, message, within));
  else await trying(within, async () => {
    const { tap: id } = await api.tap(seat, message.message_id, button);
    showAnswer(await until((answer) => answer.answered, () => api.answerOf(id)), seat, within);
  });
  return node.removeAttribute("aria-busy");
}

/** The clipboard is closed to a page that has no focus, or that was opened by plain HTTP from elsewhere. */
async function copy(text, within) {
  try {
    await navigator.clipboard.writeText(text);
    toast(within, word("Copied"));
  } catch {
    toast(within, word("This browser does not copy: {text}", { text }), "refusal");
  }
}

/** Nothing is asked for a card: to tap Pay is to confirm. */
async function pay(seat, message, within) {
  const { payment: id } = await api.pay(seat, message.message_id);
  const outcome = await until(({ paid, error }) => paid || error, () => api.paymentOf(id));
  if (outcome?.paid) toast(within, word("Paid"));
  else toast(within, outcome?.error || word("The bot gave no answer"), "refusal");
}

/** Asks until there is an answer; null if there is none for as long as Telegram would wait. */
async function until(isAnswer, ask) {
  const end = Date.now() + PATIENCE;
  for (let wait = FIRST_WAIT; Date.now() < end; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
    const answer = await ask();
    if (isAnswer(answer)) return answer;
    await pause(wait);
  }
  return null;
}

function showAnswer(answer, seat, within) {
  if (!answer) toast(within, word("The bot gave no answer"), "refusal");
  else if (answer.url) trying(within, () => openAs(seat.from, answer.url));
  else if (answer.text && answer.show_alert) alertIn(within, answer.text);
  else if (answer.text) toast(within, answer.text);
}
