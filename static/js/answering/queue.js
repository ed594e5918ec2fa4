/* The queue: sends each answer until the server acknowledges it.

   One request at a time a question, the last value wins, in the order of the changes. After a failure one request at a
   time is tried, later and later, until one succeeds. Only a whole reply that carries the revision it stored is an
   acknowledgement; a sign-in page with status 200 is not. */
export const makeQueue = ({ form, questions, session, statuses, store }) => {
  const entries = new Map(); // question code → its newest value, until it is acknowledged
  const sending = new Map(); // question code → the value under way
  const AT_ONCE = 4;
  const REUSED = "X-Request-Reused";
  const listeners = { settled: [], acknowledged: [], refused: [] };
  const on = (event, listener) => listeners[event].push(listener);
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
  const add = (entry, found = "waiting") => {
    entries.delete(entry.code);
    entries.set(entry.code, entry);
    entry.state = found;
    entry.sealing = store.put(entry);
    pump();
  };
  /* What the question's fields say now; while it is "typing" it is kept, but not sent. */
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
  const drop = (code) => {
    const entry = entries.get(code);
    if (!entry) return;
    entries.delete(code);
    store.remove(entry);
    announce();
  };

  /* Out of this page's hands, still on the device: it waits for the page it belongs to. */
  const leave = (entry) => {
    entries.delete(entry.code);
    announce();
  };
  const seal = () =>
    entries.forEach((entry) => {
      entry.sealing = store.put(entry);
    });

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

  const bodyOf = (entry) => {
    const body = new URLSearchParams();
    for (const [name, value] of entry.values) body.append(`${entry.code}-${name}`, value);
    body.append(`${entry.code}-revision`, entry.revision);
    body.append(`${entry.code}-request`, entry.request);
    return body;
  };
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
  const send = async (entry) => {
    sending.set(entry.code, entry);
    await entry.sealing;
    const reply = entries.get(entry.code) === entry ? await post(entry) : null;
    sending.delete(entry.code);
    if (reply) await settle(entry, reply);
    pump();
  };

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
  const renew = (entry) => {
    if (entries.get(entry.code) !== entry) return;
    entry.request = newId();
    entry.sealing = store.put(entry);
  };

  const stop = (entry, found, reply) => {
    failures = 0;
    if (entries.get(entry.code) !== entry) return;
    entry.state = found;
    entry.status = reply.status;
    emit("refused", entry, reply);
  };

  // Signed out, somebody else, an old token, or truly forbidden: only the server knows.
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
  const unsent = () => [...entries.values()].filter((entry) => ![403, 404, 410].includes(entry.status));
  const pending = () => [...entries.values()].filter((entry) => ["waiting", "typing"].includes(entry.state));

  return { add, change, drop, leave, seal, get: (code) => entries.get(code), unsent, pending, flush, on, announce };
};
