/* Forms: where nobody is signed in any more, the person signs in again in place, and the form goes on by itself; where
   somebody else is, it never leaves. A page that was opened a moment ago is not asked about: should its session have
   ended even so, the server's reply holds what was written, and asks to sign in again in its turn. */

import { element, makeSession } from "./answering/session.js";

/** @import { Root } from "./answering/session.js" */
/** @typedef {{ form: HTMLFormElement, submitter?: HTMLElement | null }} Sending */

const FRESH = 60000;
const WRITTEN = [
  "textarea",
  "input:not([type=hidden], [type=submit], [type=button], [type=checkbox], [type=radio], [type=file], [type=password])",
].join(", ");

/** @type {Root | null} */
const root = document.querySelector("#session-root");
/** @type {HTMLFormElement | null} */
const again = document.querySelector("form[data-again]"); // what was sent too late, to be sent once more
/** @type {HTMLFormElement[]} */
const posting = Array.from(document.querySelectorAll("form[method=post]"));
const writing = posting.filter((form) => form === again || form.querySelector(WRITTEN));

/** @param {string} name */
const text = (name) => {
  /** @type {HTMLTemplateElement} */
  const texts = element("#session-texts");
  return element(`[data-text="${name}"]`, texts.content).textContent.trim();
};

/** @param {Root} root */
const watch = (root) => {
  /** @type {HTMLTemplateElement} */
  const dialogs = element("#session-dialogs");
  root.append(dialogs.content.cloneNode(true));
  const session = makeSession({ form: root, text });
  let sure = performance.now();
  /** @type {Sending | null} */
  let waiting = null;

  /** @param {Sending} sending */
  const send = ({ form, submitter = null }) => {
    waiting = null;
    sure = performance.now();
    form.requestSubmit(submitter?.isConnected ? submitter : null);
  };

  /** @param {SubmitEvent} event */
  const ask = async (event) => {
    if (event.defaultPrevented || performance.now() - sure < FRESH) return;
    event.preventDefault();
    waiting = { form: /** @type {HTMLFormElement} */ (event.currentTarget), submitter: event.submitter };
    const found = await session.check();
    if (waiting && (found === "mine" || found === "unreachable")) send(waiting);
  };
  for (const form of writing) form.addEventListener("submit", ask);

  // A form that saves itself while one writes (htmx): a refusal may be the end of the session.
  let refused = false;
  const saveAgain = () => {
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      form.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  document.addEventListener("htmx:afterRequest", async (event) => {
    const { status } = event.detail.xhr;
    const first = !refused;
    refused = [401, 403].includes(status);
    if (refused && first && (await session.check()) === "mine") saveAgain();
  });

  session.onChange((state) => {
    if (state === "other") waiting = null;
    if (state !== "mine") return;
    if (waiting) send(waiting);
    else if (refused) saveAgain();
    else if (again) send({ form: again });
  });
  if (again) session.check();
};

if (root && writing.length) watch(root);
