// The account menu is a <details>: it opens and closes by itself. This closes it on Escape and on a click elsewhere.
const menu = document.querySelector("[data-menu]");

document.addEventListener("click", (event) => {
  if (menu.open && !menu.contains(event.target)) menu.open = false;
});
menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
