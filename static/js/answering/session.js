/* The session: warns before it ends, and signs the same person in again in place when it has ended.

   A page belongs to the person it was made for. Whoever else signs in on this browser, nothing of it is sent. */

/** @import { Values } from "./questions.js" */
/** @typedef {"mine" | "nobody" | "other"} Who */
/** @typedef {{ idle: number, age: number }} Left in seconds */
/** @typedef {{ person: string | null, token: string, left: Left | null }} SessionReply */
/** @typedef {{ errors: string[] }} Wrong */
/** @typedef {{ form?: Wrong & { fields: Record<string, Wrong> }, location?: string } | null} SignInReply */
/** @typedef {HTMLElement & { dataset: Record<"person" | "session", string> }} Root */
/** @typedef {ReturnType<typeof makeSession>} Session */

/**
 * What the templates always write into a page.
 * @template {Element} [T=HTMLElement] @param {string} selector @param {ParentNode} within @returns {T}
 */
export const element = (selector, within = document) => {
  const found = within.querySelector(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return /** @type {T} */ (found);
};

/** @param {{ form: Root, text: (name: string) => string }} page */
export const makeSession = ({ form, text }) => {
  const address = form.dataset.session;
  /** @type {HTMLDialogElement} */
  const ending = element("#session-ending");
  /** @type {HTMLDialogElement} */
  const ended = element("#session-ended");
  /** @type {HTMLDialogElement} */
  const changed = element("#session-changed");
  /** @type {HTMLFormElement} */
  const signIn = element("form", ended);
  const password = /** @type {HTMLInputElement} */ (signIn.elements.namedItem("password"));
  const problem = element("#sign-in-problem");
  const WARNING = 180000;
  const LONGEST = 2 ** 31 - 1;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  /** @type {Who} */
  let who = "mine"; // or "nobody", "other"
  let ends = 0; // by this page's clock, in milliseconds
  let final = false; // it grew old: activity doesn't prolong it
  let understood = false;
  let watching = false;
  let timer = 0;
  /** @type {(state: Who) => void} */
  let put = () => {};

  const token = () => {
    /** @type {HTMLInputElement} */
    const field = element("[name=csrfmiddlewaretoken]", form);
    return field.value;
  };
  /** @param {string} fresh */
  const takeToken = (fresh) => {
    const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.getElementsByName("csrfmiddlewaretoken"));
    for (const field of fields) field.value = fresh;
  };

  /** @param {Left | null} left */
  const plan = (left) => {
    clearTimeout(timer);
    if (!left) return;
    final = left.age <= left.idle;
    ends = Date.now() + Math.min(left.age, left.idle) * 1000;
    // Other pages may have prolonged it meanwhile: the server is asked before anybody is warned.
    wake(Math.max(ends - WARNING - Date.now(), 0));
  };
  /** @param {number} milliseconds */
  const wake = (milliseconds) => {
    timer = setTimeout(check, Math.min(milliseconds, LONGEST));
  };

  const showEnding = () => {
    clearTimeout(timer);
    wake(ends - Date.now() + 1000);
    if (understood && final) return;
    const time = new Date(ends).toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    ending.querySelectorAll("[data-time]").forEach((place) => {
      place.textContent = time;
    });
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (ending.querySelectorAll("[data-final]"))) {
      part.hidden = (part.dataset.final === "yes") !== final;
    }
    if (!ending.open) ending.showModal();
  };

  /** @param {Who} state */
  const show = (state) => {
    who = state;
    if (state !== "mine" && ending.open) ending.close();
    if (state !== "nobody" && ended.open) ended.close();
    if (state === "nobody" && !ended.open) {
      ended.showModal();
      password.focus();
    }
    if (state === "nobody" && !watching) watch();
    if (state === "other" && !changed.open) changed.showModal();
    if (state === "mine" && changed.open) changed.close();
    put(state);
  };

  /** @param {SessionReply} reply @param {boolean} insist */
  const understand = (reply, insist) => {
    if (!reply.person) {
      takeToken(reply.token);
      if (insist) show("nobody");
    } else if (reply.person !== form.dataset.person) {
      show("other");
    } else {
      takeToken(reply.token);
      plan(reply.left);
      if (who !== "mine") show("mine");
      if (reply.left && ends - Date.now() <= WARNING) showEnding();
      else if (ending.open) ending.close();
    }
    return who;
  };

  /* Asks the server who is signed in: "mine", "nobody", "other", or "unreachable" where it doesn't say. */
  /** @param {RequestInit} options @returns {Promise<Who | "unreachable">} */
  const ask = async (options, insist = true) => {
    try {
      const reply = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(20000), ...options });
      return reply.ok ? understand(await reply.json(), insist) : "unreachable";
    } catch {
      return "unreachable";
    }
  };
  const check = async () => {
    const found = await ask({});
    if (found === "unreachable") {
      clearTimeout(timer);
      wake(10000);
    }
    return found;
  };

  // Signed in elsewhere, by a code or a passkey: this page goes on by itself, even if the dialog was closed.
  const watch = async () => {
    watching = true;
    while (who === "nobody") {
      await new Promise((resolve) => {
        setTimeout(resolve, 5000);
      });
      if (document.visibilityState === "visible" && who === "nobody") await ask({}, false);
    }
    watching = false;
  };

  /** @param {SignInReply} reply */
  const explain = (reply) => {
    const fields = reply?.form ? Object.values(reply.form.fields).flatMap((field) => field.errors) : [];
    const errors = reply?.form ? [...reply.form.errors, ...fields] : [];
    problem.textContent = errors.join(" ") || text("sign-in-failed");
    password.setAttribute("aria-invalid", "true");
    password.focus();
  };

  const enter = async () => {
    const now = await ask({});
    if (now === "mine" || now === "other") return;
    const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
    /** @type {SignInReply} */
    let reply = null;
    try {
      const sent = await fetch(signIn.action, {
        method: "POST",
        body: new URLSearchParams(/** @type {Values} */ ([...new FormData(signIn)])),
        headers,
      });
      reply = await sent.json();
    } catch {
      // No reply, or not one in JSON: the question below tells whether it worked.
    }
    if ((await check()) !== "nobody") {
      password.value = "";
      if (channel) channel.postMessage("signed in");
      return;
    }
    if (reply?.location) {
      problem.textContent = text("second-step");
      /** @type {HTMLAnchorElement} */
      const elsewhere = element("[data-elsewhere]", ended);
      elsewhere.href = reply.location;
      elsewhere.focus();
      return;
    }
    explain(reply);
  };

  signIn.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    password.removeAttribute("aria-invalid");
    /** @type {HTMLButtonElement} */
    const button = element("[type=submit]", signIn);
    button.disabled = true;
    await enter();
    button.disabled = false;
  });

  element("[data-stay]", ending).addEventListener("click", async () => {
    const found = await ask({ method: "POST", headers: { "X-CSRFToken": token() } });
    if (found === "unreachable" && (await check()) === "mine")
      await ask({ method: "POST", headers: { "X-CSRFToken": token() } });
  });
  element("[data-understood]", ending).addEventListener("click", () => {
    understood = true;
    ending.close();
  });
  element("[data-reload]", changed).addEventListener("click", () => window.location.reload());
  // Who signed in as somebody else must reload; closing the notice would leave a page that can't save.
  changed.addEventListener("cancel", (event) => event.preventDefault());

  if (channel) channel.addEventListener("message", () => check());
  const back = () => {
    if (document.visibilityState === "visible" && (who !== "mine" || (ends && ends - Date.now() <= WARNING))) check();
  };
  document.addEventListener("visibilitychange", back);
  window.addEventListener("focus", back);

  if (form.dataset.idle) plan({ idle: Number(form.dataset.idle), age: Number(form.dataset.age) });

  return {
    token,
    check,
    state: () => who,
    onChange: (/** @type {(state: Who) => void} */ listener) => {
      put = listener;
    },
    remind: () => {
      if (who === "nobody") show(who);
    },
  };
};
