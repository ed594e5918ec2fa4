import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./page.js";
import { makeStore } from "../../static/js/answering/store.js";

const DAY = 24 * 3600 * 1000;
const entry = (change = {}) => ({
  assessment: "a1",
  code: "A.1",
  request: "r1",
  at: Date.now(),
  values: [["pick", "2"]],
  revision: 3,
  url: "/save/A.1/",
  page: "/a#q1",
  ...change,
});

beforeEach(async () => {
  await makeStore("p1").erase();
  document.cookie = "keep-unsent=on; max-age=0; path=/";
});

test("what was put is listed as it was", async () => {
  const store = makeStore("p1");
  const kept = entry();

  assert.equal(await store.put(kept), true);
  assert.deepEqual(await store.list("a1"), [kept]);
});

test("nobody else opens it", async () => {
  await makeStore("p1").put(entry());

  assert.deepEqual(await makeStore("p2").list("a1"), []);
});

test("another assessment's is not listed", async () => {
  const store = makeStore("p1");
  await store.put(entry({ assessment: "a2" }));

  assert.deepEqual(await store.list("a1"), []);
});

test("the newest value of a question replaces the one before", async () => {
  const store = makeStore("p1");
  await store.put(entry());
  await store.put(entry({ request: "r2", values: [["pick", "1"]] }));

  assert.deepEqual(
    (await store.list("a1")).map(({ request, values }) => [request, values]),
    [["r2", [["pick", "1"]]]],
  );
});

test("an acknowledged value takes no newer one with it", async () => {
  const store = makeStore("p1");
  const first = entry();
  await store.put(entry({ request: "r2" }));
  await store.remove(first);

  assert.equal((await store.list("a1")).length, 1);
  await store.remove(entry({ request: "r2" }));
  assert.deepEqual(await store.list("a1"), []);
});

test("nothing stays longer than a day, nor from a day to come", async () => {
  const store = makeStore("p1");
  await store.put(entry({ code: "A.1", at: Date.now() - DAY }));
  await store.put(entry({ code: "A.2", at: Date.now() + DAY + 60000 }));
  await store.put(entry({ code: "A.3" }));
  await store.sweep();

  assert.deepEqual(
    (await store.list("a1")).map(({ code }) => code),
    ["A.3"],
  );
});

test("what is listed comes oldest first", async () => {
  const store = makeStore("p1");
  const now = Date.now();
  await store.put(entry({ code: "A.1", at: now }));
  await store.put(entry({ code: "A.2", at: now - 5 }));

  assert.deepEqual(
    (await store.list("a1")).map(({ code }) => code),
    ["A.2", "A.1"],
  );
});

test("turned off, it keeps nothing and forgets what it had", async () => {
  const store = makeStore("p1");
  await store.put(entry());
  await store.turn(false);

  assert.equal(await store.put(entry()), false);
  assert.deepEqual(await store.list("a1"), []);
});
