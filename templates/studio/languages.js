// Translations are kept while one types, and the checks say what is wrong.
// Without this, each text has a button of its own. What all pages need is in studio.js.
"use strict";

{
  const list = document.querySelector(".strings .list");
  const offline = document.getElementById("main").dataset.offline;
  const rest = 800;
  const timers = new WeakMap();
  let queue = Promise.resolve();

  const text = (form) => form.elements.target;
  const isOpen = (form) => !("conflict" in form.dataset);
  // Forms have other line ends than what is typed.
  const same = (one, other) => one.replace(/\r\n?/g, "\n").trim() === other.replace(/\r\n?/g, "\n").trim();

  // What a form says, taken only when it is its turn: an answer may have changed what it knows.
  function body(form, finished, button) {
    const data = new FormData(form);
    data.set("finished", finished ? "yes" : "no");
    if (button?.name) data.set(button.name, button.value);
    return data;
  }

  function keep(form, finished, button) {
    clearTimeout(timers.get(form));
    timers.delete(form);
    queue = queue.then(() => post(form, finished, button)).catch(() => say(offline));
  }

  async function post(form, finished, button) {
    if (!form.isConnected || (!isOpen(form) && !button)) return;
    const sent = text(form).value;
    const answer = await fetch(form.action, {
      method: "POST", body: body(form, finished, button), headers: { Accept: "application/json" },
    });
    if (!(answer.headers.get("content-type") ?? "").includes("json")) {
      say(parsed(await answer.text()).querySelector("h1")?.textContent ?? offline);
      return;
    }
    const parts = await answer.json();
    say(parts.said ?? "");
    if (parts.item) return draw(form, parts.item, sent);
    if (parts.state === undefined) return;
    form.elements.old.value = parts.old;
    put(form, parts.state);
  }

  // The whole form is replaced. What was typed since it was sent stays.
  function draw(form, html, sent) {
    const item = form.closest("li");
    const held = item.contains(document.activeElement);
    const now = text(form).value;
    item.innerHTML = html;
    const fresh = item.querySelector("form");
    if (now !== sent) {
      text(fresh).value = now;
      if (isOpen(fresh)) later(fresh);
    }
    if (held) text(fresh).focus();
  }

  function put(form, html) {
    const state = form.querySelector(".state");
    const holder = document.createElement("div");
    holder.innerHTML = html;
    if (holder.innerHTML.trim() === state.innerHTML.trim()) return;
    const held = state.contains(document.activeElement);
    const open = state.querySelector("details")?.open;
    // A part that stays is read out by screen readers when its words change.
    const [before, after] = [state, holder].map((one) => one.querySelector("[role=status]"));
    if (before.textContent !== after.textContent) before.innerHTML = after.innerHTML;
    after.remove();
    while (before.nextSibling) before.nextSibling.remove();
    state.append(...holder.childNodes);
    if (open) state.querySelector("details")?.setAttribute("open", "");
    text(form).setAttribute("aria-invalid", String(state.querySelector(".problems .error") !== null));
    if (held) text(form).focus();
  }

  function later(form) {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keep(form, false), rest));
  }

  list?.addEventListener("input", (event) => {
    const { form } = event.target;
    if (isOpen(form)) later(form);
  });

  // Somebody who goes on to another text has finished this one.
  list?.addEventListener("change", (event) => {
    if (isOpen(event.target.form)) keep(event.target.form, true);
  });

  list?.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(event.target, true, event.submitter);
  });

  // Nothing typed is lost when somebody leaves the page, nor when the studio is started again,
  // which takes nothing from older pages: then the next page has it.
  const forms = () => list?.querySelectorAll("form.string") ?? [];
  const key = (form) => `${location.pathname} ${form.elements.context.value}`;

  window.addEventListener("pagehide", () => {
    for (const form of forms()) {
      const { old, english } = form.elements;
      if (!isOpen(form) || same(text(form).value, old.value)) continue;
      navigator.sendBeacon(form.action, body(form, false));
      const typed = { target: text(form).value, old: old.value, english: english.value };
      sessionStorage.setItem(key(form), JSON.stringify(typed));
    }
  });

  for (const form of forms()) {
    const kept = JSON.parse(sessionStorage.getItem(key(form)));
    sessionStorage.removeItem(key(form));
    if (!kept || !isOpen(form) || same(kept.target, text(form).value)) continue;
    for (const [name, value] of Object.entries(kept)) form.elements[name].value = value;
    later(form);
  }
}
