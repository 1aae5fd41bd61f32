// Keeps the page up to date while it is open. All of it is made on the server: what is fetched is the whole page again, of which
// the parts that differ are put in place. Without this script, links and forms do the same.
"use strict";

// The parts that change, by id; one that holds others stands before them. The picture comes with events, and lines of the
// transcript are added.
const PARTS = ["title", "clock", "console", "prompt", "world", "panes", "pane", "answer", "left", "said", "idle", "course", "key", "trainees", "screen"];

const byId = (id, root = document) => root.getElementById(id);

// Marks what is being waited for, once it takes long enough to be noticed.
let waiting = 0;
const busy = (change) => {
  waiting += change;
  document.body.toggleAttribute("data-busy", waiting > 0);
};

const offline = (is) => {
  byId("offline").hidden = !is;
};

// Fetches a page of ours; nothing if the lab does not answer.
async function fetched(address, options = {}) {
  busy(1);
  try {
    const response = await fetch(address, { credentials: "same-origin", ...options });
    if (!response.ok) {
      offline(response.status === 401);
      return null;
    }
    offline(false);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    offline(true);
    return null;
  } finally {
    busy(-1);
  }
}

// The same control in the new part, so that the keyboard stays where it was.
function twin(control, part) {
  if (control.id) return byId(control.id);
  const same = (other) =>
    other.tagName === control.tagName &&
    other.getAttribute("href") === control.getAttribute("href") &&
    other.form?.action === control.form?.action &&
    other.value === control.value;
  return [...part.querySelectorAll(control.tagName)].find(same) ?? null;
}

function toTheLastLine(root) {
  for (const lines of root.querySelectorAll(".transcript")) lines.scrollTop = lines.scrollHeight;
}

function replace(id, page, keepTyped) {
  const [old, now] = [byId(id), byId(id, page)];
  if (!old || !now || old.innerHTML === now.innerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  if (keepTyped && focused?.matches("input")) return;
  const scrolled = old.querySelector(".scroll")?.scrollTop;
  const label = now.getAttribute("aria-label");
  const isSame = old.getAttribute("aria-label") === label;
  old.replaceChildren(...now.childNodes);
  if (label) old.setAttribute("aria-label", label);
  const scroll = old.querySelector(".scroll");
  if (scroll && scrolled && isSame) scroll.scrollTop = scrolled;
  toTheLastLine(old);
  if (focused) (twin(focused, old) ?? old.querySelector("a, button, input"))?.focus({ preventScroll: true });
}

function addLines(page) {
  const transcript = byId("transcript");
  if (!transcript) return;
  const last = Number(transcript.lastElementChild?.dataset.number ?? 0);
  const fresh = [...page.querySelectorAll("#transcript > li")].filter((it) => Number(it.dataset.number) > last);
  if (fresh.length === 0) return;
  transcript.append(...fresh);
  toTheLastLine(document);
}

function show(page, keepTyped) {
  if (!page) return;
  // Another exercise, or its end; or another window has chosen another language.
  const isOther = page.body.dataset.stage !== document.body.dataset.stage;
  if (isOther || page.documentElement.lang !== document.documentElement.lang) {
    location.reload();
    return;
  }
  for (const id of PARTS) replace(id, page, keepTyped);
  addLines(page);
  if (!events || events.readyState !== EventSource.OPEN) replace("picture", page);
}

const here = () => location.pathname + location.search;
const refresh = async () => show(await fetched(here()), true);

// Another pane, folder or key.
async function open(address, isNew) {
  const page = await fetched(address);
  if (!page) return;
  if (isNew) history.pushState(null, "", address);
  // Another trainee's machine.
  if (events && !events.url.endsWith(followed())) {
    deafen();
    listen();
  }
  for (const back of document.querySelectorAll("input[name=back]")) back.value = here();
  show(page);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/?']");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link.getAttribute("href"), true);
});

addEventListener("popstate", () => open(here(), false));

document.addEventListener("submit", async (event) => {
  const form = event.target;
  // Another language changes every part.
  if (form.matches(".languages")) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  if (form.method === "get") {
    open(`/?${fields}`, true);
    return;
  }
  if (form.id === "type") {
    if (line.readOnly) return;
    line.readOnly = true;
    recalled = null;
  }
  const page = await fetched(form.action, { method: "POST", body: fields });
  const field = form.querySelector(".field input:not([type=hidden])");
  if (page && field) field.value = "";
  if (form.id === "type") {
    line.readOnly = false;
    if (page) line.value = "";
  }
  show(page);
});

// The command line: earlier lines with the arrow keys, completion with Tab; Esc clears it.
const line = byId("line");
let recalled = null;
let unfinished = "";

function recall(step) {
  const typed = [...document.querySelectorAll("#transcript kbd")].map((it) => it.textContent);
  if (typed.length === 0) return;
  if (recalled === null) unfinished = line.value;
  const at = Math.min(Math.max((recalled ?? typed.length) + step, 0), typed.length);
  recalled = at === typed.length ? null : at;
  line.value = recalled === null ? unfinished : typed[at];
  line.setSelectionRange(line.value.length, line.value.length);
}

async function complete() {
  const before = line.value;
  const response = await fetch(`/completions?${new URLSearchParams({ line: before })}`);
  const words = response.ok ? (await response.text()).split("\n").filter(Boolean) : [];
  if (words.length === 0 || line.value !== before) return;
  let common = words[0];
  while (!words.every((word) => word.toLowerCase().startsWith(common.toLowerCase()))) common = common.slice(0, -1);
  const start = before.search(/[^ |]*$/);
  if (common.length <= before.length - start && words.length > 1) return;
  line.value = before.slice(0, start) + (words.length === 1 ? `${words[0]} ` : common);
}

// A second Tab on the same text leaves the line, so that the keyboard is never caught in it.
let tabbedAt = "";
line?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    recall(event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "Escape") {
    // As in the windows of Windows.
    line.value = "";
    recalled = null;
  } else if (event.key === "Tab" && !event.shiftKey && line.value && !line.value.endsWith(" ") && tabbedAt !== line.value) {
    event.preventDefault();
    tabbedAt = line.value;
    complete();
  }
});

// What the lab tells by itself. A hidden window listens to nothing: browsers have few connections.
let events = null;
let soon = 0;

// A trainer follows the machine of the trainee whose screen is open.
function followed() {
  const trainee = new URLSearchParams(location.search).get("trainee");
  return trainee ? `/events?${new URLSearchParams({ trainee })}` : "/events";
}

function listen() {
  if (events) return;
  events = new EventSource(followed());
  events.addEventListener("open", () => offline(false));
  events.addEventListener("error", () => offline(true));
  events.addEventListener("picture", (event) => {
    if (byId("picture")) byId("picture").innerHTML = event.data;
  });
  events.addEventListener("changed", () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, 60);
  });
}

function deafen() {
  events?.close();
  events = null;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    deafen();
  } else {
    listen();
    refresh();
  }
});
addEventListener("pagehide", deafen);
// The time that is left, between what the server says of it.
setInterval(() => {
  const left = document.querySelector("#left time");
  const seconds = Number(left?.dataset.seconds);
  if (!(seconds > 0)) return;
  left.dataset.seconds = seconds - 1;
  left.textContent = `${Math.floor((seconds - 1) / 60)}:${String((seconds - 1) % 60).padStart(2, "0")}`;
}, 1000);
// The clock goes on even if nothing else changes.
setInterval(() => document.hidden || refresh(), 20000);

toTheLastLine(document);
if (!document.hidden) listen();
