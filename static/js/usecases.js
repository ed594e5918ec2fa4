/* A use case saves itself while it is written (htmx sends the form). This only tells the truth about it. */
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-autosave]"));
const trouble = /** @type {HTMLElement} */ (document.getElementById("not-saved"));
const saved = /** @type {HTMLElement} */ (document.getElementById("saved"));
let unsaved = false;

form.addEventListener("input", () => {
  unsaved = true;
});
form.addEventListener("submit", () => {
  unsaved = false;
});
form.addEventListener("htmx:beforeSwap", (event) => {
  // A conflict (409) is told in the page as well; an answer that isn't ours (a sign-in page, say) is not shown as one.
  const ours = event.detail.xhr.responseURL.includes("/edit/");
  event.detail.shouldSwap = ours && [200, 409].includes(event.detail.xhr.status);
});
form.addEventListener("htmx:beforeRequest", () => {
  unsaved = false;
});
form.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, successful } = event.detail;
  const told = successful && xhr.responseURL.includes("/edit/");
  if (!told) unsaved = true;
  if (!told && xhr.status !== 409) saved.textContent = "";
  trouble.hidden = told || xhr.status === 409;
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
