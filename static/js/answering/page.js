/* The page: what people do in it, and how it is left. Only pages that may be changed load it. */

import { makeQuestions, text } from "./questions.js";
import { makeQueue } from "./queue.js";
import { element, makeSession } from "./session.js";
import { makeStatuses } from "./statuses.js";
import { makeStore, restore } from "./store.js";

/** @import { Question, Values } from "./questions.js" */
/** @import { AnswersForm, Entry } from "./queue.js" */

/** @type {AnswersForm} */
const form = element("#answers");
const questions = makeQuestions(form);
const statuses = makeStatuses(text);
const store = makeStore(form.dataset.person);
const session = makeSession({ form, text });
const queue = makeQueue({ form, questions, session, statuses, store });

/** @param {EventTarget | null} target @returns {Question | null} */
const questionOf = (target) => /** @type {Element} */ (target).closest("[data-question]");

/* Conflicts: two answers to one question, side by side, until the person has chosen. */
/** @param {string} value @returns {[string, string]} */
const picked = (value) => ["pick", value];

/** @param {Question} question @returns {Values} */
const theirs = (question) => {
  const data = element(".conflict script[type='application/json']", question);
  /** @type {{ pick: string[] } & Record<string, string>} */
  const { pick, ...shown } = JSON.parse(data.textContent);
  return [...Object.entries(shown), ...pick.map(picked)];
};

/** @param {Question} question @param {string} revision */
const keepMine = (question, revision) => {
  questions.setRevision(question, revision);
  queue.drop(question.dataset.question); // the save that was refused: this one is new, over what the person saw
  questions.tell(question, "");
  queue.change(question);
  questions.focus(question);
};

/** @param {Question} question @param {string} revision */
const takeTheirs = (question, revision) => {
  const mine = questions.read(question);
  questions.write(question, theirs(question));
  questions.setRevision(question, revision);
  questions.tell(question, element("#theirs-taken").innerHTML);
  element("[data-put-back]", question).addEventListener("click", () => {
    questions.write(question, mine);
    questions.tell(question, "");
    queue.change(question);
    questions.focus(question);
  });
  queue.drop(question.dataset.question);
  questions.focus(question);
  document.body.dispatchEvent(new Event("answer-saved")); // the other's answer may bring up other questions
};

form.addEventListener("click", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  /** @type {HTMLElement | null} */
  const button = target.closest("[data-keep-mine], [data-take-theirs]");
  const question = questionOf(target);
  if (!button || !question) return;
  if (button.dataset.keepMine) keepMine(question, button.dataset.keepMine);
  else takeTheirs(question, button.dataset.takeTheirs || "");
});

/** Says what an answer brought up or took away, to the eye and to the ear. @param {Question[]} appeared @param {number} vanished */
const sayChanged = (appeared, vanished) => {
  const changed = element("#questions-changed");
  changed.textContent = [
    ...(appeared.length ? [counted("appeared", appeared.length)] : []),
    ...(vanished ? [counted("vanished", vanished)] : []),
  ].join(" ");
  for (const question of appeared) question.querySelector(".question-new")?.removeAttribute("hidden");
  if (!appeared.length) return;
  const link = document.createElement("a");
  link.href = `#${appeared[0].id}`;
  link.textContent = text("go");
  changed.append(" ", link);
};

/** @param {string} name @param {number} number */
const counted = (name, number) => text(number === 1 ? `${name}-one` : `${name}-many`, String(number));

/* Choices: those that stand alone, an answer cleared, and the questions that answers bring up or take away. */

// "None of these", "I don't know" and "not applicable" stand alone; a figure typed takes them away.
form.addEventListener(
  "change",
  (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const question = questionOf(field);
    if (!question || !field.name) return;
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll("input[type=checkbox]"));
    const typed = /** @type {HTMLInputElement | null} */ (question.querySelector("[name$='-typed']"));
    if (field.type === "checkbox" && field.checked) {
      const alone = "exclusive" in field.dataset;
      for (const box of boxes) if (box !== field && (alone || "exclusive" in box.dataset)) box.checked = false;
      if (alone && typed) typed.value = "";
    }
    if (field === typed && field.value) for (const box of boxes) box.checked = false;
  },
  true,
);

/** @param {Question} question */
const clear = (question) => {
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = question.querySelectorAll("input[type=radio], input[type=checkbox]");
  for (const box of boxes) box.checked = false;
  /** @type {NodeListOf<HTMLInputElement>} */
  const texts = question.querySelectorAll("[name$='-typed'], [name$='-reason']");
  for (const field of texts) field.value = "";
  queue.change(question);
  questions.focus(question); // its button is gone with what there was to clear
};

// Enter in a field saves that field; it doesn't post the page.
form.addEventListener("keydown", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (
    event.key !== "Enter" ||
    field.localName !== "input" ||
    field.type === "submit" ||
    !field.closest("[data-question]")
  )
    return;
  event.preventDefault();
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

/* By a question's id, its place among those put to the company; 0 where it isn't put. */
document.body.addEventListener("questions-shown", (event) => {
  /** @type {Question[]} */
  const appeared = [];
  let vanished = 0;
  for (const [id, place] of Object.entries(event.detail)) {
    const question = /** @type {Question | null} */ (document.getElementById(id));
    if (!question) continue;
    if (question.hidden && place) appeared.push(question);
    if (!question.hidden && !place) vanished += 1;
    question.hidden = !place;
    questions.number(question, place);
  }
  sayChanged(appeared, vanished);
  for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".capability"))) {
    section.hidden = !section.querySelector("[data-question]:not([hidden])");
  }
});

/* The box by which people say whether anything may be kept on their device. */
const offerToKeep = () => {
  if (!store.possible) return;
  element(".keep-unsent").hidden = false;
  /** @type {HTMLInputElement} */
  const keep = element("#keep-unsent");
  keep.checked = store.on();
  keep.addEventListener("change", async () => {
    await store.turn(keep.checked);
    if (keep.checked) queue.seal();
  });
};

let typing = 0;
let leaving = false;

form.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const question = questionOf(field);
  if (!question || field.type === "radio" || field.type === "checkbox") return;
  clearTimeout(typing);
  typing = setTimeout(() => queue.change(question, "typing"), 300);
});
form.addEventListener("change", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const question = questionOf(field);
  if (!question || !field.name) return;
  clearTimeout(typing);
  queue.change(question);
});

// The bar and the cards say the same: as long as a card asks for something, so does the bar.
/** @param {Entry} entry @param {Document} reply */
const saySaved = (entry, reply) => {
  const said = reply.querySelector("[data-saved]")?.textContent.trim() || "";
  /** @type {NodeListOf<Question>} */
  const asking = form.querySelectorAll("[data-question].has-problem:not([hidden])");
  const another = [...asking].some((question) => questions.code(question) !== entry.code);
  const incomplete = Boolean(reply.querySelector(".problem"));
  statuses.saved(another && !incomplete ? `${said} – ${text("incomplete")}` : said, incomplete || another);
};

queue.on("acknowledged", (entry, revision, html) => {
  const reply = new DOMParser().parseFromString(html, "text/html");
  saySaved(entry, reply);
  document.body.dispatchEvent(new Event("answer-saved"));
  const question = questions.find(entry.code);
  if (!question) return;
  question.querySelector(".question-carried")?.replaceChildren(); // saving an answer confirms it
  question.querySelector(".answer-history")?.removeAttribute("hidden"); // now it has one
  // Sent again, the server says what it said the first time; what this page was made with may be newer.
  if (revision > questions.revision(question)) questions.setRevision(question, revision);
  else if (entry.stored && revision < questions.revision(question) && !queue.get(entry.code))
    questions.write(question, entry.stored);
  if (!queue.get(entry.code))
    questions.tell(question, [...reply.querySelectorAll(".problem, .doubt")].map((told) => told.outerHTML).join(""));
});

queue.on("refused", (entry, reply) => {
  const question = questions.find(entry.code);
  if (question) questions.tell(question, reply.html || element("#not-allowed").innerHTML);
});

/** Resolves to whether everything that waited was settled in time. @param {number} milliseconds */
const settled = (milliseconds) =>
  new Promise((resolve) => {
    const finish = () => resolve(!queue.pending().length);
    if (!queue.pending().length) return finish();
    setTimeout(finish, milliseconds);
    queue.on("settled", () => {
      if (!queue.pending().length) finish();
    });
    return queue.flush();
  });

// The Save buttons post the whole page, once each of its answers is saved; until then the page stays, and says why.
form.addEventListener("submit", async (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button?.name === "clear") {
    event.preventDefault();
    const question = questionOf(button);
    if (question) clear(question);
    return;
  }
  const conflict = form.querySelector(".conflict");
  if (conflict) {
    event.preventDefault();
    element("button", conflict).focus();
  } else if (queue.pending().length) {
    event.preventDefault();
    session.remind();
    if ((await settled(Number(form.dataset.timeout))) && !form.querySelector(".conflict")) form.requestSubmit(button);
  } else {
    leaving = true;
  }
});

// A link followed while the last answer is on its way waits a moment for it.
document.addEventListener("click", async (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[href]"));
  if (
    !link ||
    event.defaultPrevented ||
    event.button ||
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey ||
    link.target ||
    link.getAttribute("href")?.startsWith("#")
  )
    return;
  if (!queue.pending().length) return;
  event.preventDefault();
  await settled(3000);
  window.location.assign(link.href);
});

document.addEventListener("submit", async (event) => {
  const sent = /** @type {HTMLFormElement} */ (event.target);
  if (new URL(sent.action).pathname !== form.dataset.signOut || event.defaultPrevented) return;
  event.preventDefault();
  await settled(3000);
  const lost = queue.unsent().length;
  if (lost && !window.confirm(lost === 1 ? text("lose-one") : text("lose-many", String(lost)))) return;
  leaving = true;
  await store.erase();
  sent.submit();
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") queue.flush();
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && queue.unsent().length) event.preventDefault();
});

document.getElementById("error-summary")?.focus();
offerToKeep();
restore({ assessment: form.dataset.assessment, questions, queue, store, statuses, text });
