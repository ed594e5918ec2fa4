// Says on the page that a passkey was not used (refused, cancelled, unknown): allauth's own script only logs it.
document.addEventListener("allauth.error", (event) => {
  const problem = document.getElementById("passkey-problem");
  if (!problem) return;
  event.preventDefault();
  problem.hidden = true;
  requestAnimationFrame(() => {
    problem.hidden = false;
  });
});
