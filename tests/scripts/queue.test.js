import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { makeQuestions, text } from "../../static/js/answering/questions.js";
import { makeQueue } from "../../static/js/answering/queue.js";
import { makeStatuses } from "../../static/js/answering/statuses.js";
import { makeStore } from "../../static/js/answering/store.js";
import { form, pause, question, shown } from "./page.js";

const questions = makeQuestions(form);
const [one, two] = question.querySelectorAll("input[type=radio]");
let sent;
let replies;
let queue;
let acknowledged;

const reply = (status, { revision = "", html = `<p data-saved="${revision}"></p>`, headers = {} } = {}) =>
  new Response(html, { status, headers: { ...(revision ? { "X-Revision": revision } : {}), ...headers } });

/* The session is the browser's own: here somebody stays signed in. */
const session = {
  state: () => "mine",
  check: async () => "mine",
  token: () => "t",
  onChange: () => {},
  remind: () => {},
};

beforeEach(async () => {
  sent = [];
  acknowledged = [];
  replies = [];
  globalThis.fetch = async (_address, { body }) => {
    sent.push(Object.fromEntries(body));
    const next = replies.shift();
    if (!next) throw new TypeError("no network");
    return next;
  };
  const store = makeStore("p1");
  await store.erase();
  queue = makeQueue({ form, questions, session, statuses: makeStatuses(text), store });
  queue.on("acknowledged", (entry, revision) => acknowledged.push([entry.code, revision]));
  one.checked = two.checked = false;
  questions.setRevision(question, 0);
});

afterEach(() => queue.drop("A.1")); // or it would be tried for ever

test("an answer leaves once, with what it was based on, and is over once acknowledged", async () => {
  replies = [reply(200, { revision: "1" })];
  one.checked = true;
  queue.change(question);
  await pause(50);

  assert.deepEqual(
    sent.map((body) => [body["A.1-pick"], body["A.1-revision"]]),
    [["1", "0"]],
  );
  assert.deepEqual([acknowledged, queue.unsent()], [[["A.1", 1]], []]);
});

for (const [what, said] of [
  ["a sign-in page", () => reply(200, { html: "<form>Sign in</form>" })],
  ["a reply without its end", () => reply(200, { revision: "1", html: "<p" })],
  ["a reply that names another revision", () => reply(200, { revision: "1", html: '<p data-saved="2"></p>' })],
]) {
  test(`${what} with status 200 acknowledges nothing`, async () => {
    replies = [said()];
    one.checked = true;
    queue.change(question);
    await pause(50);

    assert.deepEqual([acknowledged, queue.unsent().map(({ code }) => code)], [[], ["A.1"]]);
  });
}

test("sent again after a failure, it has the same id and is stored once", async () => {
  replies = [reply(503), reply(200, { revision: "1" })];
  one.checked = true;
  queue.change(question);
  await pause(50);
  assert.equal(shown("save-failure"), "(unsaved)");
  queue.flush();
  await pause(50);

  assert.equal(new Set(sent.map((body) => body["A.1-request"])).size, 1);
  assert.deepEqual([sent.length, acknowledged, shown("save-failure")], [2, [["A.1", 1]], ""]);
});

test("the last value wins, and follows the revision of the one before", async () => {
  replies = [reply(200, { revision: "1" }), reply(200, { revision: "2" })];
  one.checked = true;
  queue.change(question);
  one.checked = false;
  two.checked = true;
  await pause(0);
  queue.change(question);
  await pause(80);

  assert.deepEqual([sent.at(-1)["A.1-pick"], queue.unsent()], ["2", []]);
});

test("ids of later changes are greater", async () => {
  replies = Array.from({ length: 20 }, (_none, place) => reply(200, { revision: String(place + 1) }));
  for (let turn = 0; turn < 20; turn += 1) {
    one.checked = turn % 2 === 0;
    two.checked = !one.checked;
    queue.change(question);
    await pause(5);
  }
  await pause(50);

  const ids = sent.map((body) => body["A.1-request"]);
  assert.deepEqual(ids, [...ids].sort());
  assert.equal(new Set(ids).size, ids.length);
});

for (const [status, state] of [
  [409, "conflict"],
  [422, "refused"],
  [410, "refused"],
  [413, "refused"],
]) {
  test(`${status} stops that answer as "${state}", and it isn't sent again by itself`, async () => {
    replies = [reply(status, { html: "<p>why</p>" })];
    const told = [];
    queue.on("refused", (entry, said) => told.push([entry.code, said.html]));
    one.checked = true;
    queue.change(question);
    await pause(50);
    queue.flush();
    await pause(50);

    assert.deepEqual([queue.get("A.1").state, sent.length, told], [state, 1, [["A.1", "<p>why</p>"]]]);
  });
}

test("an id used for another value is replaced, and the answer sent anew", async () => {
  replies = [reply(422, { headers: { "X-Request-Reused": "1" } }), reply(200, { revision: "1" })];
  one.checked = true;
  queue.change(question);
  await pause(80);

  assert.notEqual(sent[0]["A.1-request"], sent[1]["A.1-request"]);
  assert.deepEqual(acknowledged, [["A.1", 1]]);
});

test("what is still typed is kept, not sent", async () => {
  one.checked = true;
  queue.change(question, "typing");
  await pause(50);

  assert.deepEqual([sent, queue.pending().length], [[], 1]);
});
