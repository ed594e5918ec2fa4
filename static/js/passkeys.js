// Says on the page that a passkey was not used (refused, cancelled, unknown): allauth's own script only logs it.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey-problem");
  problem.hidden = true;
  requestAnimationFrame(() => {
    problem.hidden = false;
  });
});
