import assert from "node:assert/strict";
import { test } from "node:test";
import { element } from "../../static/js/answering/session.js";
import { form, question } from "./page.js";

test("what the page has is found in it, or within a part of it", () => {
  assert.deepEqual([element("#q1"), element("fieldset", form)], [question, question]);
});

test("what the page lacks is named, and so is what is only elsewhere in it", () => {
  assert.throws(() => element("#nowhere"), new Error("the page has no #nowhere"));
  assert.throws(() => element("#answers", question), new Error("the page has no #answers"));
});
