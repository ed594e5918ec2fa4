/* A page of one question and its dialogs, as templates/assessment/dimension.html renders them, in a document of its own. */
import "fake-indexeddb/auto";
import { JSDOM } from "jsdom";

const TEXTS = ["saving", "unsaved", "offline", "offline-open", "conflict", "refused", "signed-out", "other", "go"];
const PAGE = `
  <template id="answering-texts">${TEXTS.map((name) => `<span data-text="${name}">(${name})</span>`).join("")}</template>
  <form id="answers" data-assessment="a1" data-person="p1" data-timeout="2000">
    <input type="hidden" name="csrfmiddlewaretoken" value="t">
    <fieldset id="q1" data-question="A.1" data-save="/save/A.1/">
      <input type="radio" name="A.1-pick" value="1"><input type="radio" name="A.1-pick" value="2">
      <input name="A.1-typed"><input type="hidden" name="A.1-revision" value="0">
      <div class="question-status"></div>
    </fieldset>
  </form>
  <p id="save-status"></p><p id="save-spoken"></p><p id="save-failure"></p>`;

const { window } = new JSDOM(PAGE, { url: "https://maturite.example/fr/assessments/1/dimensions/A/" });
for (const name of ["document", "CSS", "window"]) globalThis[name] = window[name] ?? { escape: (text) => text };
Object.defineProperty(window, "isSecureContext", { value: true });
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
Object.defineProperty(window, "crypto", { value: crypto });
window.indexedDB = indexedDB;

export const form = document.getElementById("answers");
export const question = document.getElementById("q1");
export const shown = (id) => document.getElementById(id).textContent;
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
