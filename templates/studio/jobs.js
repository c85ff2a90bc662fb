// Shows how far a job is. Without it, the page says so when it is loaded again. What all pages need
// is in studio.js.
"use strict";

(() => {
  const address = `${base}/p/${encodeURIComponent(pack)}/job`;
  const job = document.getElementById("job");
  const key = "job-ended";
  let running = Boolean(job?.hasAttribute("data-running"));
  let told = 0;

  if (sessionStorage.getItem(key) && job) {
    job.focus();
    say(document.getElementById("job-title")?.textContent ?? "");
  }
  sessionStorage.removeItem(key);

  // Somebody may have begun a job in another window, and a list is read as soon as it is there.
  async function look() {
    const answer = await fetch(address).catch(() => null);
    const now = answer?.ok ? await answer.json() : null;
    if (!now) {
      // The studio may be starting again.
    } else if (now.running !== running) {
      if (running) sessionStorage.setItem(key, "yes");
      if (running || !document.querySelector("main :focus")) return location.reload();
    } else if (running) {
      show(now);
    }
    setTimeout(look, running ? 700 : 2000);
  }

  function show(now) {
    const bar = document.getElementById("job-bar");
    document.getElementById("job-text").textContent = now.text;
    if (!now.total) return bar.removeAttribute("value");
    bar.max = now.total;
    bar.value = now.done;
    // A screen reader hears of each quarter.
    const quarter = Math.floor((4 * now.done) / now.total);
    if (quarter > told) document.getElementById("job-said").textContent = now.text;
    told = quarter;
  }

  setTimeout(look, running ? 300 : 2000);
})();
