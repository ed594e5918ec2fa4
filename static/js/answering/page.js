/* The page: what people do in it, and how it is left. */
let typing = 0;
let leaving = false;

form.addEventListener("input", (event) => {
  const question = event.target.closest("[data-question]");
  if (!question || event.target.type === "radio" || event.target.type === "checkbox") return;
  clearTimeout(typing);
  typing = setTimeout(() => queue.change(question, "typing"), 300);
});
form.addEventListener("change", (event) => {
  const question = event.target.closest("[data-question]");
  if (!question || !event.target.name) return;
  clearTimeout(typing);
  queue.change(question);
});

queue.on("acknowledged", (entry, revision, html) => {
  const reply = new DOMParser().parseFromString(html, "text/html");
  statuses.saved(reply.querySelector("[data-saved]")?.textContent.trim() || "", Boolean(reply.querySelector(".problem")));
  document.body.dispatchEvent(new Event("answer-saved"));
  const question = questions.find(entry.code);
  if (!question) return;
  question.querySelector(".question-carried")?.replaceChildren(); // saving an answer confirms it
  question.querySelector(".answer-history")?.removeAttribute("hidden"); // now it has one
  // Sent again, the server says what it said the first time; what this page was made with may be newer.
  if (revision > questions.revision(question)) questions.setRevision(question, revision);
  else if (entry.stored && revision < questions.revision(question) && !queue.get(entry.code)) questions.write(question, entry.stored);
  if (!queue.get(entry.code)) questions.tell(question, [...reply.querySelectorAll(".problem")].map((problem) => problem.outerHTML).join(""));
});

queue.on("refused", (entry, reply) => {
  const question = questions.find(entry.code);
  if (question) questions.tell(question, reply.html || document.getElementById("not-allowed").innerHTML);
});

/* Resolves to whether everything that waited was settled in time. */
const settled = (milliseconds) => new Promise((resolve) => {
  const finish = () => resolve(!queue.pending().length);
  if (!queue.pending().length) return finish();
  setTimeout(finish, milliseconds);
  queue.on("settled", () => { if (!queue.pending().length) finish(); });
  return queue.flush();
});

// The Save buttons post the whole page, once each of its answers is saved; until then the page stays, and says why.
form.addEventListener("submit", async (event) => {
  if (event.submitter && event.submitter.name === "clear") {
    event.preventDefault();
    clear(event.submitter.closest("[data-question]"));
    return;
  }
  const conflict = form.querySelector(".conflict");
  if (conflict) {
    event.preventDefault();
    conflict.querySelector("button").focus();
  } else if (queue.pending().length) {
    event.preventDefault();
    session.remind();
    if (await settled(Number(form.dataset.timeout)) && !form.querySelector(".conflict")) form.requestSubmit(event.submitter);
  } else {
    leaving = true;
  }
});

// A link followed while the last answer is on its way waits a moment for it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.getAttribute("href").startsWith("#")) return;
  if (!queue.pending().length) return;
  event.preventDefault();
  await settled(3000);
  window.location.assign(link.href);
});

document.addEventListener("submit", async (event) => {
  if (new URL(event.target.action).pathname !== form.dataset.signOut || event.defaultPrevented) return;
  event.preventDefault();
  await settled(3000);
  const lost = queue.unsent().length;
  if (lost && !window.confirm(lost === 1 ? text("lose-one") : text("lose-many", lost))) return;
  leaving = true;
  await store.erase();
  event.target.submit();
});

document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") queue.flush(); });
window.addEventListener("beforeunload", (event) => { if (!leaving && queue.unsent().length) event.preventDefault(); });

document.getElementById("error-summary")?.focus();
restore();
