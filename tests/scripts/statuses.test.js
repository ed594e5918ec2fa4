import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "../../static/js/answering/questions.js";
import { makeStatuses } from "../../static/js/answering/statuses.js";
import { question, shown } from "./page.js";

test("a failure is an alert, once, with the way to its question, until it is over", () => {
  const statuses = makeStatuses(text);
  const failure = document.getElementById("save-failure");
  statuses.show("refused", question);
  const first = failure.firstChild;
  statuses.show("refused", question);

  assert.equal(failure.firstChild, first);
  assert.equal(failure.querySelector("a").getAttribute("href"), "#q1");
  statuses.show("saved");
  assert.equal(shown("save-failure"), "");
});

test("saved is shown with its time, and spoken", () => {
  const statuses = makeStatuses(text);
  statuses.saved("Saved at 14:03");
  statuses.show("saved");

  assert.deepEqual([shown("save-status"), shown("save-spoken")], ["Saved at 14:03", "Saved at 14:03"]);
});

test("what is no longer true is not spoken", () => {
  const statuses = makeStatuses(text);
  statuses.saved("Saved at 14:04");
  statuses.show("saved");
  statuses.show("unsaved", question);

  assert.deepEqual([shown("save-status"), shown("save-spoken")], ["", ""]);
});
