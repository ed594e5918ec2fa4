/* Restoring: what was not acknowledged when a page was closed, crashed or signed out is put back and sent.

   It keeps its id and the revision it was based on: what had arrived after all is not stored twice, and a colleague's
   newer answer is shown beside it, never overwritten. */
const restore = async () => {
  await store.sweep();
  const found = (await store.list(form.dataset.assessment)) || [];
  const here = found.filter((entry) => questions.find(entry.code) && !queue.get(entry.code));
  const elsewhere = found.filter((entry) => !questions.find(entry.code));
  for (const entry of here) {
    const question = questions.find(entry.code);
    entry.stored = questions.read(question); // what the server's page says, should it be newer
    questions.write(question, entry.values);
  }
  [...here, ...elsewhere].forEach((entry) => queue.add(entry));
  if (!found.length) return;
  const message = found.length === 1 ? text("restored-one") : text("restored-many", found.length);
  const notice = document.getElementById("restored");
  notice.append(paragraph(message));
  notice.hidden = false;
  statuses.notice(message);
  queue.on("refused", (entry) => {
    if (elsewhere.includes(entry)) leadTo(entry, notice);
  });
};

const paragraph = (content) => {
  const made = document.createElement("p");
  made.append(content);
  return made;
};

// An answer of another page that the server doesn't take at once waits for that page: a link leads there.
const leadTo = (entry, notice) => {
  const link = document.createElement("a");
  link.href = entry.page;
  link.textContent = text("elsewhere");
  notice.append(paragraph(link));
  queue.leave(entry);
};

const keep = document.getElementById("keep-unsent");
if (store.possible) {
  keep.closest("[hidden]").hidden = false;
  keep.checked = store.on();
  keep.addEventListener("change", async () => {
    await store.turn(keep.checked);
    if (keep.checked) queue.seal();
  });
}
