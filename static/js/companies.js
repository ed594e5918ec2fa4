/* Activities that are usual for the trade and the size are ticked until somebody ticks one; without this script the form
   asks with them ticked once it is sent without any. "None of these" and the others exclude each other. */
const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-usual]"));
/** @type {Record<string, string[] | undefined>} */
const usual = JSON.parse(form.dataset.usual || "{}");
const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name='activities']"))];
/** @param {string} name */
const value = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value;
let chosen = boxes.some((box) => box.checked);

form.addEventListener("change", (event) => {
  const target = /** @type {HTMLInputElement} */ (event.target);
  if (boxes.includes(target)) {
    chosen = true;
    if (target.checked)
      for (const box of boxes) if ((box.value === "none") !== (target.value === "none")) box.checked = false;
  } else if (!chosen && ["sub_sector", "size"].includes(target.name)) {
    const ticked = usual[`${value("sub_sector")}-${value("size")}`] || [];
    for (const box of boxes) box.checked = ticked.includes(box.value);
  }
});
