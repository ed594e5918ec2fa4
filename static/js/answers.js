/*
Saves each answer as it changes, and never says "saved" for something that isn't.

htmx sends the question (its element has hx-post); this script gives each save an id, shows what became of it, tries
again after a failure, and follows the conditions: questions that the answers bring up or take away. Without it the
page is a form with a Save button.
*/
(() => {
  const form = document.getElementById("answers");
  const status = document.getElementById("save-status");
  const failure = document.getElementById("save-failure");
  if (!form || !status) return;

  const WAITS = [1000, 2000, 4000, 8000, 15000, 30000];
  const waiting = new Map(); // question element → { request, body, tries, timer }, until its save is acknowledged

  const say = (state, text) => {
    status.dataset.state = state;
    if (state === "saving") status.textContent = text;
    failure.textContent = state === "saving" || state === "saved" ? "" : text;
    if (failure.textContent) status.textContent = "";
  };

  const newId = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
    (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

  const valuesOf = (question) => {
    const fields = question.querySelectorAll("input:not([type=hidden]), textarea");
    return JSON.stringify([...fields].map((field) => [field.name, field.type === "text" || field.localName === "textarea" ? field.value : field.checked]));
  };

  const isQuestion = (element) => element && element.dataset && element.dataset.question;

  document.addEventListener("htmx:configRequest", (event) => {
    const question = event.detail.elt;
    if (!isQuestion(question)) return;
    const values = valuesOf(question);
    const known = waiting.get(question);
    // A save sent again with the same values keeps its id: the server then answers as it did the first time.
    const kept = known && known.values === values;
    const entry = kept ? known : { request: newId(), values, tries: 0 };
    clearTimeout(entry.timer);
    waiting.set(question, entry);
    event.detail.parameters[`${question.dataset.question}-request`] = entry.request;
    say("saving", form.dataset.saving);
  });

  const again = (question, state, text) => {
    const entry = waiting.get(question);
    if (!entry) return;
    say(state, text);
    clearTimeout(entry.timer);
    const wait = WAITS[Math.min(entry.tries, WAITS.length - 1)];
    entry.tries += 1;
    entry.timer = setTimeout(() => htmx.trigger(question, "retry"), wait * (0.75 + Math.random() / 2));
  };

  // Only a reply that carries the revision it stored is an acknowledgement; a sign-in page with status 200 is not.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const question = event.detail.requestConfig.elt;
    if (!isQuestion(question)) return;
    const reply = event.detail.xhr;
    if (reply.status === 200 && reply.getResponseHeader("X-Revision")) return;
    const explained = [409, 410, 422].includes(reply.status);
    event.detail.shouldSwap = explained;
    event.detail.isError = true;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const question = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!isQuestion(question)) return;
    const reply = event.detail.xhr;
    if (reply.status === 200 && reply.getResponseHeader("X-Revision")) {
      const entry = waiting.get(question);
      if (entry && event.detail.requestConfig.parameters[`${question.dataset.question}-request`] === entry.request) waiting.delete(question);
      if (waiting.size === 0) say("saved", "");
      else if (waiting.has(question) && waiting.get(question).tries) again(question, "unsaved", form.dataset.notSaved);
      return;
    }
    if ([409, 410, 422, 403, 404].includes(reply.status)) say(reply.status === 409 ? "conflict" : "unsaved", form.dataset.refused);
    else if (reply.status === 401) again(question, "unsaved", form.dataset.signedOut);
    else if (!navigator.onLine) again(question, "offline", form.dataset.offline);
    else again(question, "unsaved", form.dataset.notSaved);
  });

  window.addEventListener("online", () => waiting.forEach((entry, question) => htmx.trigger(question, "retry")));

  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });

  // The form's own Save button posts the whole page: what was waiting goes with it.
  form.addEventListener("submit", (event) => {
    const clear = event.submitter && event.submitter.name === "clear";
    if (!clear) {
      waiting.clear();
      return;
    }
    event.preventDefault();
    const question = event.submitter.closest("[data-question]");
    question.querySelectorAll("input[type=radio], input[type=checkbox]").forEach((field) => { field.checked = false; });
    question.querySelectorAll("[name$='-typed'], [name$='-reason']").forEach((field) => { field.value = ""; });
    htmx.trigger(question, "change");
  });

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

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keep-mine], [data-take-theirs]");
    if (!button) return;
    const question = button.closest("[data-question]");
    if ("takeTheirs" in button.dataset) {
      waiting.delete(question);
      window.location.reload();
      return;
    }
    question.querySelector("[name$='-revision']").value = button.dataset.keepMine;
    waiting.delete(question);
    htmx.trigger(question, "change");
  });

  // Enter in a field saves that field; it doesn't post the page.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.localName === "input" && event.target.type !== "submit") {
      event.preventDefault();
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    }
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

  const summary = document.getElementById("error-summary");
  if (summary) summary.focus();
})();
