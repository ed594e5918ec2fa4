/* The sealed store: answers that the server has not acknowledged, kept on this device for a day.

   AES-GCM with a key that no script can read, one a person; a record says whose it is by a fingerprint only, and opens
   only with the person's own id, which the server gives to that person's pages. Nothing else is ever kept. */

import { element } from "./session.js";

/** @import { Questions, Text, Values } from "./questions.js" */
/** @import { Entry, Queue } from "./queue.js" */
/** @import { Statuses } from "./statuses.js" */
/** @typedef {{ assessment: string, code: string, values: Values, revision: number, url: string, page: string, request: string, at: number }} Kept */
/** @typedef {{ owner: string, assessment: string, question: string, request: string, at: number, iv: BufferSource, sealed: BufferSource }} Sealed */
/** @typedef {ReturnType<typeof makeStore>} Store */

/** @param {string} person */
export const makeStore = (person) => {
  const DAY = 24 * 3600 * 1000;
  const possible = Boolean(window.isSecureContext && window.indexedDB && window.crypto && crypto.subtle);
  const SWITCH = "keep-unsent";
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  /** @type {Promise<IDBDatabase> | null} */
  let opened = null;
  let failed = false;

  const on = () => possible && !failed && !document.cookie.split("; ").includes(`${SWITCH}=off`);

  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  /** @param {IDBObjectStore} unsent @returns {Promise<Sealed[]>} */
  const all = (unsent) => done(unsent.getAll());
  /** @param {IDBTransaction} transaction @returns {Promise<void>} */
  const finished = (transaction) =>
    new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });

  const open = () => {
    if (opened) return opened;
    const request = indexedDB.open("answers", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys");
      request.result.createObjectStore("unsent", { keyPath: ["owner", "assessment", "question"] });
    };
    const forget = () => {
      opened = null;
    };
    opened = done(request).then((database) => {
      // Signing out empties the browser's storage below our feet; the next use opens it anew.
      database.onclose = forget;
      database.onversionchange = () => {
        database.close();
        forget();
      };
      return database;
    });
    opened.catch(() => {
      forget();
      failed = true;
    });
    return opened;
  };

  /** @template T @param {IDBTransactionMode} mode @param {(unsent: IDBObjectStore, keys: IDBObjectStore) => Promise<T>} work */
  const within = async (mode, work) => {
    const transaction = (await open()).transaction(["keys", "unsent"], mode, { durability: "strict" });
    const end = finished(transaction);
    end.catch(() => {});
    const result = await work(transaction.objectStore("unsent"), transaction.objectStore("keys"));
    await end;
    return result;
  };

  // One after the other, so that an older value is never written over a newer one. The result is undefined on failure.
  /** @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>} */
  const inTurn = (work) => {
    const result = last.then(work).catch(() => undefined);
    last = result;
    return result;
  };

  /** @param {string} string */
  const bytes = (string) => new TextEncoder().encode(string);
  /** @type {Promise<string> | undefined} */
  let owned;
  const owner = () => {
    owned =
      owned ||
      crypto.subtle
        .digest("SHA-256", bytes(person))
        .then((hash) => Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join(""));
    return owned;
  };

  /** @returns {Promise<CryptoKey>} */
  const key = async () => {
    const name = await owner();
    const known = await within("readonly", (_unsent, keys) => done(keys.get(name)));
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return within("readwrite", async (_unsent, keys) => {
      const meanwhile = await done(keys.get(name)); // another tab was faster
      if (!meanwhile) await done(keys.put(made, name));
      return meanwhile || made;
    });
  };

  /** @param {string} assessment @param {string} question */
  const bound = (assessment, question) => bytes([person, assessment, question].join("\n"));

  /** Resolves to true once the value is on the disk. @param {Kept} entry */
  const put = (entry) =>
    inTurn(async () => {
      if (!on()) return false;
      const { assessment, code: question, request, at } = entry;
      const said = JSON.stringify({ values: entry.values, revision: entry.revision, url: entry.url, page: entry.page });
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: bound(assessment, question) },
        await key(),
        bytes(said),
      );
      const record = { owner: await owner(), assessment, question, request, at, iv, sealed };
      await within("readwrite", (unsent) => done(unsent.put(record)));
      return true;
    });

  /** Forgets this value, not a newer one that another tab keeps for the same question. @param {Kept} entry */
  const remove = (entry) =>
    inTurn(async () => {
      if (!possible) return;
      const place = [await owner(), entry.assessment, entry.code];
      await within("readwrite", async (unsent) => {
        /** @type {Sealed | undefined} */
        const record = await done(unsent.get(place));
        if (record && record.request === entry.request) await done(unsent.delete(place));
      });
    });

  const sweep = () =>
    inTurn(async () => {
      if (!possible) return;
      const old = Date.now() - DAY;
      await within("readwrite", async (unsent) => {
        for (const record of await all(unsent)) {
          if (record.at <= old || record.at > Date.now() + DAY)
            await done(unsent.delete([record.owner, record.assessment, record.question]));
        }
      });
    });

  /** What this person left here for this assessment, oldest first. @param {string} assessment @returns {Promise<Kept[] | undefined>} */
  const list = (assessment) =>
    inTurn(async () => {
      if (!on()) return [];
      const name = await owner();
      const records = (await within("readonly", all)).filter(
        (record) => record.owner === name && record.assessment === assessment,
      );
      if (!records.length) return [];
      const secret = await key();
      /** @type {Kept[]} */
      const found = [];
      for (const record of records) {
        try {
          const opened = await crypto.subtle.decrypt(
            { name: "AES-GCM", iv: record.iv, additionalData: bound(assessment, record.question) },
            secret,
            record.sealed,
          );
          const said = JSON.parse(new TextDecoder().decode(opened));
          found.push({ ...said, assessment, code: record.question, request: record.request, at: record.at });
        } catch {
          // Sealed with a key that is gone: nobody can open it any more.
        }
      }
      return found.sort((one, other) => one.at - other.at);
    });

  const erase = () =>
    inTurn(async () => {
      if (!possible) return;
      await within("readwrite", (unsent, keys) => Promise.all([done(unsent.clear()), done(keys.clear())]));
    });

  /** @param {boolean} wanted */
  const turn = (wanted) => {
    document.cookie = `${SWITCH}=${wanted ? "on" : "off"}; path=/; max-age=${wanted ? 0 : 31536000}; samesite=lax${window.location.protocol === "https:" ? "; secure" : ""}`;
    return wanted ? Promise.resolve() : erase();
  };

  return { possible, on, put, remove, sweep, list, erase, turn };
};

/** Restoring: what was not acknowledged when a page was closed, crashed or signed out is put back and sent.

   It keeps its id and the revision it was based on: what had arrived after all is not stored twice, and a colleague's
   newer answer is shown beside it, never overwritten.

   @param {{ assessment: string, questions: Questions, queue: Queue, store: Store, statuses: Statuses, text: Text }} page */
export const restore = async ({ assessment, questions, queue, store, statuses, text }) => {
  await store.sweep();
  /** @type {(Kept & Pick<Entry, "stored">)[]} */
  const found = (await store.list(assessment)) || [];
  const here = found.filter((entry) => questions.find(entry.code) && !queue.get(entry.code));
  const elsewhere = found.filter((entry) => !questions.find(entry.code));
  for (const entry of here) {
    const question = questions.find(entry.code);
    if (!question) continue;
    entry.stored = questions.read(question); // what the server's page says, should it be newer
    questions.write(question, entry.values);
  }
  for (const entry of [...here, ...elsewhere]) queue.add(entry);
  if (!found.length) return;
  const message = found.length === 1 ? text("restored-one") : text("restored-many", String(found.length));
  const notice = element("#restored");
  notice.append(paragraph(message));
  notice.hidden = false;
  statuses.notice(message);
  queue.on("refused", (entry) => {
    if (elsewhere.includes(entry)) leadTo(entry, notice, { queue, text });
  });
};

/** @param {string | Node} content */
const paragraph = (content) => {
  const made = document.createElement("p");
  made.append(content);
  return made;
};

// An answer of another page that the server doesn't take at once waits for that page: a link leads there.
/** @param {Entry} entry @param {Element} notice @param {{ queue: Queue, text: Text }} page */
const leadTo = (entry, notice, { queue, text }) => {
  const link = document.createElement("a");
  link.href = entry.page;
  link.textContent = text("elsewhere");
  notice.append(paragraph(link));
  queue.leave(entry);
};
