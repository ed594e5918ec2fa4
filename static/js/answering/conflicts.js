/* Conflicts: two answers to one question, side by side, until the person has chosen. */
const conflicts = (() => {
  const theirs = (question) => {
    const data = question.querySelector(".conflict script[type='application/json']");
    if (!data) return null;
    const shown = JSON.parse(data.textContent);
    const texts = ["typed", "reason", "comment", "evidence"].map((name) => [name, shown[name]]);
    return [...shown.pick.map((value) => ["pick", value]), ...texts];
  };

  const keepMine = (question, revision) => {
    questions.setRevision(question, revision);
    queue.drop(question.dataset.question); // the save that was refused: this one is new, over what the person saw
    questions.tell(question, "");
    queue.change(question);
    questions.focus(question);
  };

  const takeTheirs = (question, revision) => {
    const mine = questions.read(question);
    questions.write(question, theirs(question));
    questions.setRevision(question, revision);
    questions.tell(question, document.getElementById("theirs-taken").innerHTML);
    question.querySelector("[data-put-back]").addEventListener("click", () => {
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
    const button = event.target.closest("[data-keep-mine], [data-take-theirs]");
    if (!button) return;
    const question = button.closest("[data-question]");
    if (button.dataset.keepMine) keepMine(question, button.dataset.keepMine);
    else takeTheirs(question, button.dataset.takeTheirs);
  });
})();
