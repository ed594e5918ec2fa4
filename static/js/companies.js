/* Activities that are usual for the trade and the size are ticked until somebody ticks one; without this script the form
   asks with them ticked once it is sent without any. "None of these" and the others exclude each other. */
const form = document.querySelector("form[data-usual]");
const usual = JSON.parse(form.dataset.usual);
const boxes = [...form.querySelectorAll("[name='activities']")];
let chosen = boxes.some((box) => box.checked);

form.addEventListener("change", ({ target }) => {
  if (boxes.includes(target)) {
    chosen = true;
    if (target.checked) for (const box of boxes) if ((box.value === "none") !== (target.value === "none")) box.checked = false;
  } else if (!chosen && ["sub_sector", "size"].includes(target.name)) {
    const ticked = usual[`${form.elements.sub_sector.value}-${form.elements.size.value}`] || [];
    for (const box of boxes) box.checked = ticked.includes(box.value);
  }
});
