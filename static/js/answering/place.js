/*
Says where the person is, so that any device can lead back there, and shows who else is in the same dimension.

Only while somebody is at work on the page: a page left open in a corner is nobody's presence, and must not keep the
session alive.
*/

/** @import { Question } from "./questions.js" */

/** @param {HTMLElement} place */
const watch = (place) => {
  const EVERY = 20000;
  const AT_WORK = 120000;
  const field = /** @type {HTMLInputElement} */ (place.querySelector("[name=question]"));
  let active = Date.now();
  let told = "";

  /** @param {EventTarget | null} target */
  const at = (target) => {
    /** @type {Question | null} */
    const question = target instanceof Element ? target.closest("[data-question]") : null;
    if (question) field.value = question.dataset.question;
  };

  const beat = () => {
    if (document.hidden || !navigator.onLine || Date.now() - active > AT_WORK) return;
    told = field.value;
    window.htmx?.trigger(place, "beat");
  };

  /** @param {Event} event */
  const work = (event) => {
    const away = Date.now() - active > AT_WORK;
    active = Date.now();
    at(event.target);
    if (away) beat();
  };

  for (const kind of ["focusin", "pointerdown", "keydown"]) document.addEventListener(kind, work, { passive: true });
  document.addEventListener(
    "scroll",
    () => {
      active = Date.now();
    },
    { passive: true },
  );

  // A page that is left says where, without waiting for the next beat.
  window.addEventListener("pagehide", () => {
    if (field.value === told) return;
    const fields = new FormData();
    for (const input of place.querySelectorAll("input")) fields.append(input.name, input.value);
    navigator.sendBeacon(place.getAttribute("hx-post") || "", fields);
  });

  at(document.getElementById(window.location.hash.slice(1)));
  setTimeout(beat, 2000); // after the page before has said its last
  setInterval(beat, EVERY);
};

const here = document.getElementById("place");
if (here && window.htmx) watch(here);
