// What makes the studio quick: changes are sent while one types, and pictures follow.
// Without it, everything works with the buttons of the forms.
"use strict";

const { base, pack } = document.body.dataset;
const form = () => document.querySelector("#form form[data-edit]");
const shown = document.getElementById("shown");
const pause = 250;

let { token } = document.body.dataset;
let version = Number(document.body.dataset.version);
let sending = Promise.resolve();
let waiting = 0;
let latest = 0;
let typed = 0; // when
let visit = 0; // while it is the same, “Undo” takes back all that was typed

document.documentElement.classList.add("script");

// ── Changes ──────────────────────────────────────────────────────────────────

function changedFields() {
  const data = new FormData();
  const current = new FormData(form());
  for (const name of new Set(current.keys())) {
    if (!name.startsWith("o:")) continue;
    const now = current.getAll(`v:${name.slice(2)}`);
    if (String(now.filter(Boolean)) === String(current.getAll(name).filter(Boolean))) continue;
    current.getAll(name).forEach((one) => data.append(name, one));
    now.forEach((one) => data.append(`v:${name.slice(2)}`, one));
  }
  return data;
}

// Sends one thing after the other, so that no answer overtakes a later change. `place` is the field
// with the place that an entry is to be moved to.
function send(button, place) {
  clearTimeout(waiting);
  sending = sending.then(() => post(button, place)).catch(() => {
    say(document.body.dataset.offline);
    waiting = setTimeout(send, 3000);
  });
  return sending;
}

async function post(button, place) {
  const edited = form();
  const data = edited ? changedFields() : new FormData();
  const address = button?.getAttribute("formaction") ?? (button?.form ?? edited).action;
  const step = button?.hasAttribute("formaction");
  if (step && [...data.keys()].length) await post();
  if (!button && ![...data.keys()].length) return;
  const body = step ? new FormData() : data;
  const names = [...body.keys()];
  stamped(body, edited ?? button.form);
  if (button?.name) body.set(button.name, button.value);
  if (place) body.set(place.name, place.value);
  document.body.dataset.busy = "";
  const answer = await ask(address, body).finally(() => delete document.body.dataset.busy);
  if (document.getElementById("said").textContent === document.body.dataset.offline) say("");
  const parts = await answer.json();
  if (answer.status === 409) {
    document.body.replaceChildren(...parsed(parts.conflict).body.childNodes);
    document.getElementById("main").focus();
    return;
  }
  if (!answer.ok) {
    say(parts.said);
    return;
  }
  if (parts.address) {
    location.assign(parts.address);
    return;
  }
  if (!edited) {
    await refresh(["status", "main"]);
    say(parts.said);
    return;
  }
  settle(edited, names, body);
  const moved = place?.id.replace(/\d+$/, () => Math.max(1, place.value) - 1);
  take(parts, moved ?? button?.dataset.next ?? button?.dataset.focus, !step);
}

// Adds what the studio needs to know besides what was typed.
function stamped(data, from) {
  data.set("token", token);
  data.set("version", version);
  data.set("visit", visit);
  data.set("place", from.elements.place.value);
  return data;
}

// After a restart of the studio, its new token is fetched, so that nothing typed is lost.
async function ask(address, body) {
  const once = () => fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
  const answer = await once();
  if (answer.status !== 403) return answer;
  await renew();
  body.set("token", token);
  return once();
}

async function renew() {
  const fresh = parsed(await (await fetch(location.href)).text());
  token = fresh.body.dataset.token ?? token;
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

// What was sent is what the file has now.
function settle(edited, names, body) {
  for (const name of names) {
    if (!name.startsWith("v:")) continue;
    const held = [...edited.elements].filter((one) => one.name === `o:${name.slice(2)}`);
    const sent = body.getAll(name);
    held.forEach((one, place) => { one.value = sent[place] ?? ""; });
  }
}

function take(parts, focus, calmly = true) {
  version = parts.version;
  form().elements.version.value = version;
  put("status", parts.status);
  put("outline", parts.outline);
  if (parts.form) {
    const unsent = changedFields();
    const calm = calmly ? [...form().querySelectorAll("[data-calm]")].map((one) => one.id) : [];
    const { id, selectionStart: caret } = document.activeElement;
    put("form", parts.form, focus);
    retype(unsent);
    calm.map((one) => document.getElementById(one)).filter(Boolean).forEach(soothe);
    const held = document.activeElement;
    if (held.id === id && held.matches("textarea, input:not([type])")) held.setSelectionRange(caret, caret);
  }
  for (const [id, html] of Object.entries(parts.problems)) {
    const list = problemsOf(id);
    if (!list || list.innerHTML.trim() === html.trim()) continue;
    list.innerHTML = html;
    const field = document.getElementById(id);
    field?.setAttribute("aria-invalid", html.includes('class="error"'));
    if (field && "calm" in field.dataset) soothe(field);
  }
  if (parts.said) say(parts.said);
  look();
}

// Leaves a new field calm as long as it is empty.
function soothe(field) {
  delete field.dataset.calm;
  if (field.value || !problemsOf(field.id)?.querySelector(".error")) return;
  field.dataset.calm = "";
  field.removeAttribute("aria-invalid");
}

// What was typed while an answer was on its way goes into the new form.
function retype(typed) {
  const trimmed = (data, name) => String(data.getAll(name).map((one) => one.trim()));
  for (const name of new Set(typed.keys())) {
    const old = `o:${name.slice(2)}`;
    if (name === old || trimmed(new FormData(form()), old) !== trimmed(typed, old)) continue;
    const values = typed.getAll(name);
    [...form().elements].filter((one) => one.name === name).forEach((one, place) => {
      if (one.type === "radio") one.checked = one.value === values[0];
      else one.value = values[place] ?? one.value;
      askFor(one.closest(".names, .field"));
    });
  }
}

const controls = "a, button, summary, input, select, textarea";
const fields = "textarea, select, input:not([type=hidden])";

// Replaces a part of the page; open lists stay open, and the focus stays where it was.
function put(id, html, focus) {
  const part = document.getElementById(id);
  if (!part) return;
  const held = document.activeElement;
  const inside = part.contains(held);
  const keys = [focus, held?.dataset?.focus, held?.id].filter(Boolean);
  const place = inside ? [...part.querySelectorAll(controls)].indexOf(held) : -1;
  stayingOpen(part, () => { part.innerHTML = html; });
  if (id === "form") prepare();
  if (!inside) return;
  const named = keys.map((key) => part.querySelector(`[data-focus="${CSS.escape(key)}"]`) ?? document.getElementById(key)).filter(Boolean);
  named[0]?.closest("details")?.setAttribute("open", "");
  const all = [...part.querySelectorAll(controls)];
  const heading = part.querySelector("h1");
  if (heading) heading.tabIndex = -1;
  // Of a new entry, its first field.
  const first = named[0]?.matches("fieldset") ? [named[0].querySelector(fields)] : [];
  // Otherwise the nearest that can have it: what is closed or hidden can't.
  for (const one of [...first, ...named, ...all.slice(place), ...all.slice(0, place).reverse(), heading].filter(Boolean)) {
    one.focus({ preventScroll: one !== heading });
    if (document.activeElement === one) return;
  }
}

function stayingOpen(part, change) {
  const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
  change();
  for (const one of open) document.getElementById(one)?.setAttribute("open", "");
}

function say(text) {
  document.getElementById("said").textContent = text;
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("#form") || event.target.type === "file") return;
  count(event.target);
  const chosen = event.target.closest(".signs label")?.querySelector(".sign");
  if (chosen) event.target.closest("details").querySelector("summary .sign").innerHTML = chosen.innerHTML;
  askFor(event.target.closest(".names, .field"));
  if (Date.now() - typed > 5000) visit = Math.random();
  typed = Date.now();
  clearTimeout(waiting);
  waiting = setTimeout(send, event.target.tagName === "SELECT" ? 0 : pause);
});

// What is filled in is no more asked for.
function askFor(around) {
  const needed = around?.querySelector(".needed");
  if (needed) needed.hidden = [...around.querySelectorAll(fields)].some((one) => one.value);
}

document.addEventListener("focusin", () => { visit = Math.random(); });

// What is new and empty is not wrong before somebody has been there and gone on.
document.addEventListener("focusout", (event) => {
  if (!("calm" in event.target.dataset)) return;
  delete event.target.dataset.calm;
  event.target.setAttribute("aria-invalid", Boolean(problemsOf(event.target.id)?.querySelector(".error")));
});

function problemsOf(id) {
  return document.getElementById(`${id}-problems`);
}

document.addEventListener("change", (event) => {
  if (!event.target.closest("#form")) return;
  if (event.target.type === "file") bring(event.target);
  // A list of names has one place more or less now.
  else if (event.target.closest(".names")) send(refresher());
});

document.addEventListener("submit", (event) => {
  const steps = event.target.closest("form[data-edit], form[data-steps]");
  if (!steps || (!form() && !event.target.matches("[data-steps]"))) return;
  event.preventDefault();
  const unsent = form() && [...changedFields().keys()].length;
  if (event.submitter?.getAttribute("aria-disabled") === "true" && !unsent) return;
  const place = [event.submitter, document.activeElement].map((one) => one?.closest("#form .place")).find(Boolean);
  send(event.submitter, place?.querySelector("input"));
});

// A button that does nothing, so that the whole form comes back.
function refresher() {
  const button = document.createElement("button");
  button.name = "do";
  button.value = '{"do":"draw","path":[]}';
  Object.defineProperty(button, "form", { value: form() });
  return button;
}

async function bring(input) {
  if (!input.files.length) return;
  await send();
  const body = stamped(new FormData(), form());
  body.set(input.name, input.files[0]);
  const answer = await ask(form().action, body);
  const parts = await answer.json();
  if (answer.ok) take(parts);
  else say(parts.said);
}

// Nothing typed is lost when somebody leaves the page.
window.addEventListener("pagehide", () => {
  if (!form()) return;
  const data = changedFields();
  if (![...data.keys()].length) return;
  stamped(data, form());
  navigator.sendBeacon(form().action, data);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  document.querySelector("#status button.primary")?.click();
});

// ── Text fields ──────────────────────────────────────────────────────────────

const marks = { bold: ["**", "**"], italic: ["*", "*"], list: ["\n- ", ""], link: ["[", "](https://)"] };

function prepare() {
  // Somebody may have typed before this script was there.
  document.querySelectorAll("#form .names, #form .field").forEach(askFor);
  document.querySelectorAll("textarea[data-markup]").forEach((text) => {
    if (text.previousElementSibling?.matches(".marks")) return;
    const bar = document.getElementById("marks").content.firstElementChild.cloneNode(true);
    bar.setAttribute("aria-label", document.querySelector(`label[for="${CSS.escape(text.id)}"]`)?.innerText ?? "");
    text.before(bar);
    count(text);
  });
}

function count(text) {
  const where = text.previousElementSibling?.querySelector?.(".count");
  if (!where) return;
  const most = Number(text.getAttribute("maxlength"));
  const words = text.value.split(/\s+/).filter(Boolean).length;
  where.textContent = most > 0
    ? where.dataset.left.replace("{count}", most - text.value.length)
    : where.dataset.words.replace("{count}", words);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".marks button");
  if (!button) return;
  const text = button.closest(".marks").nextElementSibling;
  const [before, after] = marks[button.dataset.mark];
  const { selectionStart: start, selectionEnd: end, value } = text;
  text.setRangeText(before + value.slice(start, end) + after, start, end, "end");
  text.focus();
  const caret = start + before.length;
  text.setSelectionRange(caret, caret + end - start);
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

// ── Pictures ─────────────────────────────────────────────────────────────────

let drawn = "";

async function look() {
  if (!shown) return;
  const number = ++latest;
  const place = form()?.elements.place.value ?? shown.dataset.place;
  const on = shown.querySelector("select")?.value ?? sessionStorage.getItem("on") ?? "";
  const query = new URLSearchParams({ path: place, on });
  const answer = await fetch(`${shown.dataset.address}?${query}`).catch(() => null);
  if (!answer?.ok || number !== latest) return;
  const html = await answer.text();
  if (html === drawn || number !== latest) return;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const first = holder.content.querySelector("img");
  if (first) {
    first.loading = "eager";
    await first.decode().catch(() => {});
  }
  if (number !== latest) return;
  drawn = html;
  const held = shown.contains(document.activeElement) ? document.activeElement.id : "";
  const scroll = shown.scrollTop;
  stayingOpen(shown, () => shown.replaceChildren(holder.content));
  shown.scrollTop = scroll;
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
}

shown?.addEventListener("change", (event) => {
  if (event.target.tagName !== "SELECT") return;
  sessionStorage.setItem("on", event.target.value);
  look();
});

function listen() {
  if (!pack) return;
  const source = new EventSource(`${base}/events`);
  source.onopen = () => form() && send(); // what could not be sent while the studio was stopped
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (!token.startsWith(news.token)) renew();
    look();
    const other = news.versions[pack];
    if (form() && other > version) sending = sending.then(() => others(other));
    const told = () => document.querySelector("#status form").dataset;
    const differs = () => news.unsaved.includes(pack) !== "unsaved" in told() || String(news.wrong[pack]) !== told().wrong;
    if (differs()) sending = sending.then(() => differs() && refresh(["status", "tasks"]));
    else if (!news.left && tasks()?.hasAttribute("data-checking")) sending = sending.then(checked);
  };
}

const tasks = () => document.querySelector("#tasks > div");

// On “Ready?”, the list follows what is found in the background.
async function checked() {
  await refresh(["tasks"]);
  if (!tasks().hasAttribute("data-checking")) say(tasks().dataset.said);
}

// Somebody else, or another window, changed the pack.
async function others(other) {
  if (other <= version || !form()) return; // the page may ask by now which of two texts to keep
  const typing = () => [...changedFields().keys()].length || document.activeElement.closest(".place");
  await refresh(["status", "outline", "form"], () => !typing());
}

// Brings parts of this page as they are now; not if `wanted` finds then that somebody is typing:
// the next change brings them.
async function refresh(ids, wanted = () => true) {
  const fresh = parsed(await (await fetch(location.href)).text());
  if (!wanted()) return;
  if (ids.includes("form")) version = Number(fresh.body.dataset.version);
  for (const id of ids) {
    const part = fresh.getElementById(id);
    if (part) put(id, part.innerHTML);
  }
}

// Where the list of contents is above the form, it is closed until somebody wants it.
const contents = document.getElementById("contents");
const wide = matchMedia("(min-width: 76rem)");
const unfold = () => contents?.toggleAttribute("open", wide.matches);
wide.addEventListener("change", unfold);
unfold();

prepare();
look();
listen();
