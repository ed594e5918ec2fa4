/* Choices: those that stand alone, an answer cleared, and the questions that answers bring up or take away. */

// "None of these", "I don't know" and "not applicable" stand alone; a figure typed takes them away.
form.addEventListener("change", (event) => {
  const field = event.target;
  const question = field.closest("[data-question]");
  if (!question || !field.name) return;
  const boxes = [...question.querySelectorAll("input[type=checkbox]")];
  if (field.type === "checkbox" && field.checked) {
    const alone = "exclusive" in field.dataset;
    boxes.filter((box) => box !== field && (alone || "exclusive" in box.dataset)).forEach((box) => { box.checked = false; });
    const typed = question.querySelector("[name$='-typed']");
    if (alone && typed) typed.value = "";
  }
  if (field.name.endsWith("-typed") && field.value) boxes.forEach((box) => { box.checked = false; });
}, true);

const clear = (question) => {
  question.querySelectorAll("input[type=radio], input[type=checkbox]").forEach((field) => { field.checked = false; });
  question.querySelectorAll("[name$='-typed'], [name$='-reason']").forEach((field) => { field.value = ""; });
  queue.change(question);
};

// Enter in a field saves that field; it doesn't post the page.
form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || field.localName !== "input" || field.type === "submit" || !field.closest("[data-question]")) return;
  event.preventDefault();
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

document.body.addEventListener("questions-shown", (event) => {
  for (const [id, shown] of Object.entries(event.detail)) {
    const question = document.getElementById(id);
    if (question) question.hidden = !shown;
  }
  document.querySelectorAll(".capability").forEach((section) => {
    section.hidden = !section.querySelector("[data-question]:not([hidden])");
  });
});
