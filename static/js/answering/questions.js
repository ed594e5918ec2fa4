/* Questions: what their fields hold, read and written as pairs of a field's name and a value; and the page's texts. */

/* A text that scripts show, written in the page, in its language. */
export const text = (name, value = "") =>
  /** @type {HTMLTemplateElement} */ (document.getElementById("answering-texts")).content
    .querySelector(`[data-text="${name}"]`)
    .textContent.trim()
    .replace("%s", value);

export const makeQuestions = (form) => {
  const all = () => [...form.querySelectorAll("[data-question]")];
  const find = (code) => form.querySelector(`[data-question="${CSS.escape(code)}"]`);
  const code = (question) => question.dataset.question;

  // The hidden revision and request are no part of what a person said.
  const fields = (question) =>
    [...question.querySelectorAll("input:not([type=hidden]), textarea")].filter((field) => field.name);
  const isBox = (field) => field.type === "radio" || field.type === "checkbox";
  const part = (question, field) => field.name.slice(code(question).length + 1);

  const read = (question) =>
    fields(question)
      .filter((field) => !isBox(field) || field.checked)
      .map((field) => [part(question, field), field.value]);

  const write = (question, values) => {
    for (const field of fields(question)) {
      const given = values.filter(([name]) => name === part(question, field)).map(([, value]) => value);
      if (isBox(field)) field.checked = given.includes(field.value);
      else field.value = given[0] || "";
    }
    const notes = question.querySelector(".question-notes");
    if (notes && [...notes.querySelectorAll("input, textarea")].some((field) => field.value))
      notes.closest("details").open = true;
  };

  const revisionField = (question) => question.querySelector("[name$='-revision']");
  const revision = (question) => Number(revisionField(question).value);
  const setRevision = (question, number) => {
    revisionField(question).value = number;
  };

  const tell = (question, html) => {
    question.querySelector(".question-status").innerHTML = html;
    question.classList.toggle("has-problem", Boolean(question.querySelector(".question-status .problem")));
  };

  // Where the person would go on: what they chose, or the first thing to choose.
  const focus = (question) => {
    const field = fields(question).find((one) => isBox(one) && one.checked) || fields(question)[0];
    field.focus();
  };

  return { all, find, code, read, write, revision, setRevision, tell, focus };
};
