// The page on which a letter is written.
import { ask, el, keepWith, showTrouble, tell, tried } from "./page.js";
import { written } from "./copies.js";
import { answers, goTo, lines, mistakesAt, oneByOne } from "./form.js";
import { Marked, showGauge } from "./marked.js";
import { say } from "./words.js";

const desk = document.querySelector(".desk");
const form = desk.querySelector(".form");
const people = document.getElementById("people");
const sheet = document.getElementById("sheet");
const views = document.getElementById("views");
const below = document.getElementById("below");
const saved = document.getElementById("saved");
const { letter, tab } = desk.dataset;
let { seen } = desk.dataset;
let allowed = JSON.parse(desk.dataset.allowed);
let who = "client";
let stopped = false;
let waiting;
let typed = false;
let line = Promise.resolve();

// One order after another: each carries what the last one left.
const inLine = (work) => {
  line = line.then(work, work);
  return line;
};

// Somebody else changed the file: nothing is lost on either side before the worker has said what shall stand.
const withChoices = (error) => {
  if (!error.changed) return error;
  const choice = (words, work) => {
    const button = el("button", { type: "button", className: "plain" }, say(words));
    button.addEventListener("click", tried(work));
    return button;
  };
  const choices = el("div", { className: "choices big" },
    choice("keepBeside", beside), choice("saveMine", () => save({ over: true })));
  return { ...error, then: say("stillHere"), choices: [choices] };
};

const beside = async () => {
  const { go } = await order("keep-beside", { data: answers(form) });
  delete saved.dataset.trouble;
  location.assign(go);
};

const order = (name, data = {}) => inLine(async () => {
  const answer = await ask(name, { letter, seen, tab, who, ...data }).catch((error) => { throw withChoices(error); });
  seen = answer.seen ?? seen;
  return answer;
});

const note = (words, items, className = "") => (items.length === 0 ? [] : [el("div", { className: `hint ${className}` },
  el("p", {}, words), el("ul", { className: "dots" }, ...items.map((one) => el("li", {}, one))))]);

const capital = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);

const showMistakes = mistakesAt(form);
const toMistake = (one) => {
  const button = el("button", { type: "button", className: "where" }, one.prompt);
  button.addEventListener("click", () => goTo(form, one.id));
  return button;
};

const showView = (view) => {
  const mistakes = view.mistakes ?? [];
  showMistakes(mistakes);
  stopped = Boolean(view.error || view.stopped || mistakes.length);
  if (stopped) {
    const words = view.error ? [view.error.what, capital(view.error.where), view.error.then] : [view.stopped];
    below.replaceChildren(el("div", { className: "hint" }, el("p", { className: "what" }, say("notYet")),
      ...(mistakes.length ? [el("p", {}, say("putRight")), el("ul", { className: "dots" }, ...mistakes.map((one) => el("li", {}, toMistake(one))))] : []),
      ...words.filter(Boolean).map((one) => el("p", {}, one))));
    return;
  }
  who = view.who;
  const focused = views.contains(document.activeElement);
  views.replaceChildren(...view.people.map((one) => {
    const button = el("button", { type: "button", className: "view", title: one.whom }, one.short);
    if (!one.has) button.append(el("span", { className: "none" }, say("none")));
    button.setAttribute("aria-pressed", String(one.key === who));
    button.addEventListener("click", tried(() => look(one.key)));
    return button;
  }));
  if (focused) views.querySelector('[aria-pressed="true"]')?.focus();
  sheet.hidden = !view.html;
  sheet.innerHTML = view.html;
  sheet.style.setProperty("--size", String(view.look.size));
  sheet.style.setProperty("--leading", String(Math.max(view.look.line, 1.35)));
  sheet.style.setProperty("--back", view.look.background ? `#${view.look.background}` : "");
  below.replaceChildren(
    ...note(say("missing"), view.missing.slice(0, 6), "wait"),
    ...(view.why_none ? [el("p", { className: "hint" }, el("strong", {}, say("noCopy")), ` ${view.why_none}`, ...(view.ask ? [el("br"), say("ask", { words: view.ask })] : []))] : []),
    ...note(say("leftOut"), view.withheld, "kept"),
    ...note(say("lookAt"), [...view.questions, ...(view.reads.whole ?? [])]),
    ...note(say("unmet"), view.unmet),
    el("p", { className: "small" }, [view.way, view.register].filter(Boolean).join(" ")),
  );
  if (view.reads.scores) showGauge(document.querySelector("[data-gauge]"), view.reads.scores);
};

const save = async (more = {}) => {
  clearTimeout(waiting);
  waiting = undefined;
  try {
    const { view } = await order("save", { data: answers(form), ...more });
    saved.textContent = say("saved");
    const before = stopped;
    showView(view);
    if (before && !stopped) await showPeople("people");
    if (saved.dataset.trouble) { showTrouble(null); delete saved.dataset.trouble; }
    typed = waiting !== undefined;
  } catch (error) {
    if (error.locked) return;
    saved.dataset.trouble = "1";
    saved.textContent = say("notSaved");
    showTrouble(error.what ? error : { what: String(error) });
  }
};

const look = async (key) => {
  who = key;
  if (waiting) await save();
  const { view } = await order("view");
  showView(view);
  tell(say("looking", { whom: view.people?.find((one) => one.key === who)?.whom ?? "" }));
};

form.addEventListener("input", (event) => {
  if (people.contains(event.target)) return;
  saved.textContent = say("saving");
  typed = true;
  clearTimeout(waiting);
  waiting = setTimeout(save, 350);
});
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("visibilitychange", () => { if (waiting) save(); });
const now = () => (typed || halfKept().length ? "unsaved" : "saved");
keepWith({
  now,
  last: async (gone) => {
    await (typed ? save() : line);
    await keepPeople().catch((error) => showTrouble(error.what ? error : { what: String(error) }));
    if (!typed || !gone) return now();
    return order("keep-beside", { data: answers(form) }).then(() => "beside", now);
  },
});
// The browser asks before it lets go of what could not be saved.
addEventListener("beforeunload", (event) => { if (saved.dataset.trouble || halfKept().length) event.preventDefault(); });
// The page goes: nothing can wait in line for an answer that nobody will hear.
addEventListener("pagehide", () => {
  if (!waiting) return;
  clearTimeout(waiting);
  waiting = undefined;
  ask("save", { letter, seen, tab, who, data: answers(form) }).catch(() => {});
});

// Marks, and private passages
const dialog = document.getElementById("keep-private");
let keeping;

const openKeep = (marked, kind) => {
  keeping = { marked, kind, start: marked.area.selectionStart, end: marked.area.selectionEnd };
  dialog.showModal();
  document.getElementById("keep-label").select();
};

for (const root of form.querySelectorAll("[data-marked]")) {
  const { kind } = root.closest(".question").dataset;
  const marked = new Marked(root, {
    check: "check-answer",
    context: () => ({ letter, allowed }),
    allow: async (word) => { ({ allowed } = await order("allow", { word })); },
  });
  root.querySelector(".keep").addEventListener("click", () => openKeep(marked, kind));
}

dialog.addEventListener("click", tried(async (event) => {
  const choice = event.target.dataset.do;
  if (!choice) return;
  dialog.close();
  const { marked, kind, start, end } = keeping;
  if (choice !== "leave") {
    const label = choice === "keep" ? document.getElementById("keep-label").value : null;
    const { text } = await ask("private", { text: marked.text, start, end, label, kind });
    marked.put(0, marked.text.length, text);
    await save();
    await showPeople("people");
  }
  marked.area.focus();
}));
document.getElementById("keep-label").addEventListener("keydown", (event) => {
  if (event.key === "Enter") { event.preventDefault(); dialog.querySelector('[data-do="keep"]').click(); }
});

// Who gets a copy
const boxes = (card) => [...card.querySelectorAll("[data-part]")];
const details = (card) => Object.fromEntries(boxes(card).map((one) => [one.dataset.part, one.value]));
// Those of whom something was typed that is not kept yet.
const halfKept = () => [...people.querySelectorAll("[data-key], .add")]
  .filter((card) => boxes(card).some((one) => one.value !== one.defaultValue));

const keepPeople = async () => {
  const found = halfKept().map((card) => ({ key: card.dataset.key ?? "", ...details(card) }));
  for (const one of found) await order("set-person", one);
  if (found.length) await showPeople("people", {}, "all");
};

// `done` is the card whose words go with the order; what is half typed in others stays in its box.
const showPeople = async (name, data = {}, done = null) => {
  const half = halfKept().filter((card) => card !== done && done !== "all").flatMap(boxes).map((one) => [one.id, one.value]);
  const open = [...people.querySelectorAll("details[open]")].map((one) => one.closest("[data-key]")?.dataset.key);
  const at = document.activeElement;
  const again = people.contains(at) && [at.closest("[data-key]")?.dataset.key, at.dataset.about, at.dataset.answer];
  const { html } = await order(name, data);
  people.innerHTML = html;
  for (const [id, value] of half) if (document.getElementById(id)) document.getElementById(id).value = value;
  for (const one of people.querySelectorAll("[data-key]")) {
    if (open.includes(one.dataset.key)) one.querySelector("details").open = true;
    if (again && one.dataset.key === again[0]) {
      const same = [...one.querySelectorAll("button")].find((button) => button.dataset.about === again[1] && button.dataset.answer === again[2]);
      (same ?? one.querySelector("button"))?.focus();
    }
  }
};

people.addEventListener("click", tried(async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const card = button.closest("[data-key], .add");
  const key = card.dataset.key ?? "";
  const value = (id) => document.getElementById(id)?.value ?? "";
  if (waiting) await save();
  if (button.dataset.answer) {
    await showPeople("answer", {
      to: key, about: button.dataset.about, answer: button.dataset.answer, date: value("asked-date"),
      until: value("asked-until"), how: value("asked-how"), answered_by: value("asked-who"),
      later: document.getElementById("asked-later").checked,
    });
    tell(say("recorded"));
  } else if ("takeBack" in button.dataset) await showPeople("take-back", { to: key });
  else if ("drop" in button.dataset) await showPeople("drop-person", { key }, card);
  else if ("set" in button.dataset) {
    await showPeople("set-person", { key, ...details(card) }, card);
  }
  showView((await order("view")).view);
}));

// The copies
written(document.getElementById("copies"), async (name, data) => {
  if (waiting) await save();
  return order(name, data);
});

lines(form);
oneByOne(form);
await tried(async () => { showView((await order("view")).view); await showPeople("people"); })();
