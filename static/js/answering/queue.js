/* The queue: sends each answer until the server acknowledges it.

   One request at a time a question, the last value wins, in the order of the changes. After a failure one request at a
   time is tried, later and later, until one succeeds. Only a whole reply that carries the revision it stored is an
   acknowledgement; a sign-in page with status 200 is not. */

/** @import { Question, Questions, Values } from "./questions.js" */
/** @import { Session } from "./session.js" */
/** @import { Statuses } from "./statuses.js" */
/** @import { Kept, Store } from "./store.js" */
/** @typedef {"waiting" | "typing" | "conflict" | "refused"} State */
/** @typedef {Kept & { state: State, sealing?: Promise<unknown>, status?: number, doubted?: boolean, stored?: Values }} Entry */
/** @typedef {{ status: number, headers: Headers, html: string }} Reply */
/** @typedef {{ settled: [], acknowledged: [Entry, number, string], refused: [Entry, Reply] }} Facts */
/** @typedef {HTMLFormElement & { dataset: Record<"assessment" | "person" | "session" | "timeout", string> }} AnswersForm */
/** @typedef {ReturnType<typeof makeQueue>} Queue */

/** @param {{ form: AnswersForm, questions: Questions, session: Session, statuses: Statuses, store: Store }} page */
export const makeQueue = ({ form, questions, session, statuses, store }) => {
  /** @type {Map<string, Entry>} */
  const entries = new Map(); // question code → its newest value, until it is acknowledged
  /** @type {Map<string, Entry>} */
  const sending = new Map(); // question code → the value under way
  const AT_ONCE = 4;
  const REUSED = "X-Request-Reused";
  /** @type {{ [K in keyof Facts]: ((...facts: Facts[K]) => void)[] }} */
  const listeners = { settled: [], acknowledged: [], refused: [] };
  /** @template {keyof Facts} K @param {K} event @param {(...facts: Facts[K]) => void} listener */
  const on = (event, listener) => listeners[event].push(listener);
  /** @template {keyof Facts} K @param {K} event @param {Facts[K]} facts */
  const emit = (event, ...facts) => {
    for (const listener of listeners[event]) listener(...facts);
  };
  let failures = 0;
  let notBefore = 0; // by the clock that nobody can set: one put back an hour must not hold a save for an hour
  let timer = 0;
  let lastTime = 0;

  // UUID version 7, in the order of the changes: the server never lets an older value of ours replace a newer one.
  const newId = () => {
    lastTime = Math.max(Date.now(), lastTime + 1);
    /** @param {number} number @param {number} length */
    const hex = (number, length) => number.toString(16).padStart(length, "0");
    const random = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => hex(byte, 2)).join("");
    const time = hex(lastTime, 12);
    const variant = "89ab"[parseInt(random[3], 16) % 4];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
  };

  const state = () => {
    const waiting = [...entries.values()];
    if (session.state() === "other") return "other";
    if (!waiting.length) return statuses.hasSaved() ? "saved" : "";
    if (session.state() === "nobody") return "signed-out";
    const stopped =
      waiting.find((entry) => entry.state === "conflict") || waiting.find((entry) => entry.state === "refused");
    if (stopped) return stopped.state;
    if (waiting.every((entry) => entry.state === "typing")) return "";
    if (!navigator.onLine) return store.on() ? "offline" : "offline-open";
    return failures ? "unsaved" : "saving";
  };
  const announce = () => {
    const found = state();
    const stopped = [...entries.values()].find((entry) => entry.state === found);
    statuses.show(found, stopped && questions.find(stopped.code));
    emit("settled");
  };

  /* Puts a value in the queue; nothing leaves before it is sealed. */
  /** @param {Kept} kept @param {State} [found] */
  const add = (kept, found = "waiting") => {
    /** @type {Entry} */
    const entry = Object.assign(kept, { state: found });
    entries.delete(entry.code);
    entries.set(entry.code, entry);
    entry.sealing = store.put(entry);
    pump();
  };
  /* What the question's fields say now; while it is "typing" it is kept, but not sent. */
  /** @param {Question} question @param {State} [found] */
  const change = (question, found = "waiting") => {
    const code = question.dataset.question;
    const values = questions.read(question);
    const known = entries.get(code);
    if (
      known &&
      ["waiting", "typing"].includes(known.state) &&
      JSON.stringify(known.values) === JSON.stringify(values)
    ) {
      if (found === "waiting") known.state = found;
      pump(true);
      return;
    }
    const { assessment } = form.dataset;
    const page = `${window.location.pathname}#${question.id}`;
    const revision = questions.revision(question);
    add(
      { code, values, assessment, url: question.dataset.save, page, revision, request: newId(), at: Date.now() },
      found,
    );
    if (found === "waiting") session.remind();
  };
  const typed = () =>
    entries.forEach((entry) => {
      if (entry.state === "typing") entry.state = "waiting";
    });
  /** @param {string} code */
  const drop = (code) => {
    const entry = entries.get(code);
    if (!entry) return;
    entries.delete(code);
    store.remove(entry);
    announce();
  };

  /* Out of this page's hands, still on the device: it waits for the page it belongs to. */
  /** @param {Entry} entry */
  const leave = (entry) => {
    entries.delete(entry.code);
    announce();
  };
  const seal = () =>
    entries.forEach((entry) => {
      entry.sealing = store.put(entry);
    });

  /** @param {boolean} [now] */
  const pump = (now) => {
    clearTimeout(timer);
    if (now) notBefore = 0;
    announce();
    if (session.state() !== "mine") return;
    const wait = notBefore - performance.now();
    if (wait > 0) {
      timer = setTimeout(pump, wait);
      return;
    }
    for (const entry of entries.values()) {
      if (sending.size >= (failures ? 1 : AT_ONCE)) break;
      if (entry.state === "waiting" && !sending.has(entry.code)) send(entry);
    }
  };

  /** @param {Entry} entry */
  const bodyOf = (entry) => {
    const body = new URLSearchParams();
    for (const [name, value] of entry.values) body.append(`${entry.code}-${name}`, value);
    body.append(`${entry.code}-revision`, String(entry.revision));
    body.append(`${entry.code}-request`, entry.request);
    return body;
  };
  /** @param {Entry} entry @returns {Promise<Reply>} */
  const post = async (entry) => {
    try {
      const reply = await fetch(entry.url, {
        method: "POST",
        body: bodyOf(entry),
        headers: { "X-CSRFToken": session.token(), "X-Person": form.dataset.person },
        // A page that is being left lets go of the request, not of the answer
        keepalive: document.visibilityState === "hidden",
        signal: AbortSignal.timeout(Number(form.dataset.timeout)),
      });
      return { status: reply.status, headers: reply.headers, html: await reply.text() };
    } catch {
      return { status: 0, headers: new Headers(), html: "" };
    }
  };
  /** @param {Entry} entry */
  const send = async (entry) => {
    sending.set(entry.code, entry);
    await entry.sealing;
    const reply = entries.get(entry.code) === entry ? await post(entry) : null;
    sending.delete(entry.code);
    if (reply) await settle(entry, reply);
    pump();
  };

  /** @param {Entry} entry @param {Reply} reply */
  const settle = async (entry, reply) => {
    const revision = reply.headers.get("X-Revision") || "";
    // Named in the header and in the body: a reply that was cut short, even within its headers, acknowledges nothing.
    const whole = /^\d+$/.test(revision) && reply.html.includes(`data-saved="${revision}"`);
    if (reply.status === 200 && whole) acknowledge(entry, Number(revision), reply.html);
    else if (reply.status === 422 && reply.headers.get(REUSED)) renew(entry);
    else if (reply.status === 409) stop(entry, "conflict", reply);
    else if ([410, 413, 422].includes(reply.status)) stop(entry, "refused", reply);
    else if ([200, 401, 403, 404].includes(reply.status)) await doubt(entry, reply);
    else fail(reply);
  };

  /** @param {Entry} entry @param {number} revision @param {string} html */
  const acknowledge = (entry, revision, html) => {
    failures = 0;
    notBefore = 0;
    store.remove(entry);
    const newest = entries.get(entry.code);
    if (newest === entry) entries.delete(entry.code);
    else if (newest && newest.state === "waiting" && revision > newest.revision) {
      newest.revision = revision;
      newest.sealing = store.put(newest);
    }
    emit("acknowledged", entry, revision, html);
  };

  // The same id was used for another value: this one gets its own.
  /** @param {Entry} entry */
  const renew = (entry) => {
    if (entries.get(entry.code) !== entry) return;
    entry.request = newId();
    entry.sealing = store.put(entry);
  };

  /** @param {Entry} entry @param {State} found @param {Reply} reply */
  const stop = (entry, found, reply) => {
    failures = 0;
    if (entries.get(entry.code) !== entry) return;
    entry.state = found;
    entry.status = reply.status;
    emit("refused", entry, reply);
  };

  // Signed out, somebody else, an old token, or truly forbidden: only the server knows.
  /** @param {Entry} entry @param {Reply} reply */
  const doubt = async (entry, reply) => {
    const found = await session.check();
    if (found === "nobody" || found === "other") return;
    if ([403, 404].includes(reply.status) && entry.doubted && found === "mine") {
      stop(entry, "refused", { ...reply, html: "" });
      return;
    }
    entry.doubted = true;
    if (reply.status !== 403 || found !== "mine") fail(reply);
  };

  /** @param {Reply} reply */
  const fail = (reply) => {
    failures += 1;
    const asked = Number(reply.headers.get("Retry-After")) || 0;
    const wait = Math.min(2 ** (failures - 1), 30) * (0.75 + Math.random() / 2);
    notBefore = performance.now() + Math.min(Math.max(wait, asked), 30) * 1000;
  };

  const retry = () => pump(true);
  const flush = () => {
    typed();
    retry();
  };
  session.onChange(() => {
    failures = 0;
    retry();
  });
  window.addEventListener("online", retry);
  window.addEventListener("offline", announce);

  /* Values that leaving the page would leave unsent; what the server will never take is not among them. */
  const unsent = () => [...entries.values()].filter((entry) => ![403, 404, 410].includes(entry.status || 0));
  const pending = () => [...entries.values()].filter((entry) => ["waiting", "typing"].includes(entry.state));

  return {
    add,
    change,
    drop,
    leave,
    seal,
    get: (/** @type {string} */ code) => entries.get(code),
    unsent,
    pending,
    flush,
    on,
    announce,
  };
};
