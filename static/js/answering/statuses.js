/* Statuses: what the page says of its answers. Shown at once; spoken once in five seconds at most, never twice the same;
   a failure is an alert, once, until it is over. */

import { element } from "./session.js";

/** @import { Text } from "./questions.js" */
/** @typedef {ReturnType<typeof makeStatuses>} Statuses */

/** @param {Text} text */
export const makeStatuses = (text) => {
  const shown = element("#save-status");
  const spoken = element("#save-spoken");
  const failure = element("#save-failure");
  const PAUSE = 5000;
  let savedAt = "";
  let incomplete = false; // what was kept last is no answer yet: the question says why
  let lastSaid = "";
  let saidAt = -PAUSE;
  let timer = 0;
  /** @type {string[]} */
  const notices = [];

  // What is spoken is what is true when it is spoken: a "saved" that was overtaken is dropped.
  const speak = () => {
    clearTimeout(timer);
    const message = notices.length ? notices[0] : shown.dataset.state === "saved" ? savedAt : "";
    if (!message || message === lastSaid) return;
    const wait = saidAt + PAUSE - performance.now();
    if (wait > 0) {
      timer = setTimeout(speak, wait);
      return;
    }
    notices.shift();
    spoken.textContent = lastSaid = message;
    saidAt = performance.now();
    if (notices.length || shown.dataset.state === "saved") timer = setTimeout(speak, PAUSE);
  };

  /** @param {string} message */
  const notice = (message) => {
    notices.push(message);
    speak();
  };

  /** @param {string} message @param {Element | null} [target] */
  const fail = (message, target) => {
    if (failure.dataset.message === message) return;
    failure.dataset.message = message;
    failure.textContent = message;
    if (!target) return;
    const link = document.createElement("a");
    link.href = `#${target.id}`;
    link.textContent = text("go");
    failure.append(" ", link);
  };

  /* "saving", "saved", "unsaved", "offline", "conflict", "refused", "signed-out", "other" or "" (nothing to say). */
  /** @param {string} state @param {Element | null} [question] */
  const show = (state, question) => {
    const failed = !["", "saving", "saved"].includes(state);
    shown.dataset.state = state;
    shown.classList.toggle("is-incomplete", state === "saved" && incomplete);
    const said = state === "saving" ? text("saving") : state === "saved" ? savedAt : "";
    if (shown.textContent !== said) shown.textContent = said;
    if (state !== "saved" && spoken.textContent === savedAt) spoken.textContent = "";
    if (failed) fail(text(state), question);
    else fail("", null);
    speak();
  };

  /** @param {string} message @param {boolean} kept */
  const saved = (message, kept) => {
    savedAt = message;
    incomplete = kept;
  };

  return { show, saved, notice, hasSaved: () => savedAt !== "" };
};
