/* Questions: what their fields hold, read and written as pairs of a field's name and a value; and the page's texts. */

import { element } from "./session.js";

/** @typedef {HTMLElement & { dataset: { question: string, save: string } }} Question */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */
/** @typedef {[string, string][]} Values */
/** @typedef {ReturnType<typeof makeQuestions>} Questions */
/** @typedef {typeof text} Text */

/** A text that scripts show, written in the page, in its language. @param {string} name */
export const text = (name, value = "") => {
  /** @type {HTMLTemplateElement} */
  const texts = element("#answering-texts");
  return element(`[data-text="${name}"]`, texts.content).textContent.trim().replace("%s", value);
};

/** @param {HTMLFormElement} form */
export const makeQuestions = (form) => {
  /** @param {string} code @returns {Question | null} */
  const find = (code) => form.querySelector(`[data-question="${CSS.escape(code)}"]`);
  /** @param {Question} question */
  const code = (question) => question.dataset.question;

  // The hidden revision and request are no part of what a person said.
  /** @param {Element} part */
  const fields = (part) =>
    [.../** @type {NodeListOf<Field>} */ (part.querySelectorAll("input:not([type=hidden]), textarea"))].filter(
      (field) => field.name,
    );
  /** @param {Field} field @returns {field is HTMLInputElement} */
  const isBox = (field) => field.type === "radio" || field.type === "checkbox";
  /** @param {Question} question @param {Field} field */
  const part = (question, field) => field.name.slice(code(question).length + 1);

  /** @param {Question} question @returns {Values} */
  const read = (question) =>
    fields(question)
      .filter((field) => !isBox(field) || field.checked)
      .map((field) => [part(question, field), field.value]);

  /** @param {Question} question @param {Values} values */
  const write = (question, values) => {
    for (const field of fields(question)) {
      const given = values.filter(([name]) => name === part(question, field)).map(([, value]) => value);
      if (isBox(field)) field.checked = given.includes(field.value);
      else field.value = given[0] || "";
    }
    const notes = question.querySelector(".question-notes");
    const folded = notes?.closest("details");
    if (notes && folded && fields(notes).some((field) => field.value)) folded.open = true;
  };

  /** @param {Question} question @returns {HTMLInputElement} */
  const revisionField = (question) => element("[name$='-revision']", question);
  /** @param {Question} question */
  const revision = (question) => Number(revisionField(question).value);
  /** @param {Question} question @param {string | number} number */
  const setRevision = (question, number) => {
    revisionField(question).value = String(number);
  };

  /** @param {Question} question @param {string} html */
  const tell = (question, html) => {
    element(".question-status", question).innerHTML = html;
    question.classList.toggle("has-problem", Boolean(question.querySelector(".question-status .problem")));
  };

  /** Its place among those put to the company. @param {Question} question @param {number} place */
  const number = (question, place) => {
    element("[data-place]", question).textContent = String(place || "");
  };

  /** Where the person would go on: what they chose, or the first thing to choose. @param {Question} question */
  const focus = (question) => {
    const field = fields(question).find((one) => isBox(one) && one.checked) || fields(question)[0];
    field.focus();
  };

  return { find, code, read, write, revision, setRevision, tell, number, focus };
};
