// Keeps the preview up to date: new content from the server replaces the old content.
"use strict";

const sheets = document.getElementById("sheets");
const sizes = new Map();
const usual = 1;
const largest = 3;

let moment = document.documentElement.dataset.moment;
let shownState = "";
let updates = Promise.resolve();

function listen() {
  const source = new EventSource(`/events?since=${moment}`);
  source.onopen = () => {
    delete document.body.dataset.ended;
    say("connection", "");
  };
  source.onerror = () => {
    document.body.dataset.ended = "";
    say("connection", "The preview has ended, or this computer was asleep. Reconnecting …");
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
  source.onmessage = (event) => {
    moment = event.lastEventId;
    const news = JSON.parse(event.data);
    // One after the other, so that an older picture never replaces a newer one.
    updates = updates.then(() => update(news)).catch(() => location.reload());
  };
  source.addEventListener("reload", () => location.reload());
}

async function update(news) {
  const fresh = new Map();
  for (const [id, html] of Object.entries(news.sheets)) fresh.set(id, parsed(html));
  // Load the first picture of each sheet before the old one goes, so that nothing flickers.
  await Promise.all([...fresh.values()].map((one) => decoded(one.querySelector("img"))));
  for (const [id, sheet] of fresh) put(id, sheet);
  for (const old of [...sheets.children]) if (!news.order.includes(old.id)) old.remove();
  arrange(news.order);
  // An unchanged state would be read out again.
  if (news.state !== shownState) {
    shownState = news.state;
    keepOpen(document.getElementById("state"), (state) => { state.innerHTML = shownState; });
  }
  say("title", news.title);
  document.title = `Preview: ${news.title}`;
  if (news.said) say("said", news.said);
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

async function decoded(picture) {
  if (!picture) return;
  picture.loading = "eager";
  try {
    await picture.decode();
  } catch {
    // The picture was replaced in the meantime: the next update has the new one.
  }
}

function put(id, sheet) {
  const old = document.getElementById(id);
  resize(sheet, sizes.get(id) ?? usual);
  if (!old) {
    sheets.append(sheet);
    return;
  }
  if (old.dataset.digest !== sheet.dataset.digest) sheet.classList.add("changed");
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  sheet.querySelectorAll("details").forEach((one, place) => { one.open = Boolean(open[place]); });
  const reachable = "a, button, summary, h2";
  const focused = [...old.querySelectorAll(reachable)].indexOf(document.activeElement);
  old.replaceWith(sheet);
  if (focused >= 0) {
    const same = sheet.querySelectorAll(reachable)[focused] ?? sheet.querySelector("h2");
    same.focus({ preventScroll: true });
  }
}

// Moves only sheets that are out of place, because moving an element loses the focus.
function arrange(order) {
  const held = document.activeElement;
  order.forEach((id, place) => {
    const sheet = document.getElementById(id);
    if (sheet && sheets.children[place] !== sheet) {
      sheets.insertBefore(sheet, sheets.children[place] ?? null);
    }
  });
  if (held !== document.activeElement && held.isConnected) held.focus({ preventScroll: true });
}

function keepOpen(part, change) {
  const open = [...part.querySelectorAll("details[open]")].map((one) => one.id);
  const focused = document.activeElement.closest("#state details");
  change(part);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.querySelector(`#${focused.id} > summary`)?.focus({ preventScroll: true });
}

function resize(sheet, size) {
  sheet.dataset.size = size;
  sheet.querySelector('[data-zoom="1"]').setAttribute("aria-disabled", size === largest);
  sheet.querySelector('[data-zoom="-1"]').setAttribute("aria-disabled", size === 0);
}

function say(id, text) {
  document.getElementById(id).textContent = text;
}

sheets.addEventListener("click", (event) => {
  const button = event.target.closest("[data-zoom]");
  if (!button) return;
  const sheet = button.closest("article");
  const now = sizes.get(sheet.id) ?? usual;
  const size = Math.min(Math.max(now + Number(button.dataset.zoom), 0), largest);
  sizes.set(sheet.id, size);
  resize(sheet, size);
  const names = ["small", "medium", "large", "as wide as the window"];
  say("said", size === now ? `The pages are already ${names[size]}.` : `Pages: ${names[size]}.`);
});

// Tell the server what somebody views: it is made first.
let looked = "";
function look(event) {
  const sheet = event.target.closest?.("article");
  if (!sheet || sheet.id === looked) return;
  looked = sheet.id;
  fetch(`/looked/${looked}`, { method: "POST" }).catch(() => {});
}
sheets.addEventListener("pointerover", look);
sheets.addEventListener("focusin", look);

for (const sheet of sheets.children) resize(sheet, usual);
listen();
