// A text box with marks behind its words, and a list of what is marked beside it.
import { ask, el, tell } from "./page.js";
import { say } from "./words.js";

const PRIVATE = /^[ \t]*(?:[-•*][ \t]*)?\[\s*(?:private|not at home)[^\]\n]*\]/i;
// A mark over more letters than this is about a whole sentence, and only underlines it.
const WIDE = 70;

export class Marked {
  // `context` gives what is sent with the text; `allow` keeps a word that may stay; `seen` gets each answer.
  constructor(root, { check = "check-text", context = () => ({}), allow, seen = () => {} }) {
    this.root = root;
    this.area = root.querySelector("textarea");
    this.behind = root.querySelector(".behind");
    this.list = root.querySelector(".notes");
    this.count = root.querySelector(".count");
    Object.assign(this, { asks: check, context, allow, seen, marks: { issues: [], groups: [] }, asked: 0, done: [] });
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("click", () => this.pointOut());
    this.paint();
    if (this.area.value.trim()) this.check();
  }

  get text() { return this.area.value; }

  // Begins anew with another text.
  fresh(text) {
    this.area.value = text;
    this.done = [];
    this.offerUndo();
    this.marks = { issues: [], groups: [] };
    this.paint();
    this.check();
  }

  changed() {
    this.move();
    this.paint();
    this.check();
  }

  // Moves the marks along with the words until the answer comes, so that none of them jumps.
  move() {
    const [old, now] = [this.painted ?? "", this.text];
    let same = 0;
    while (same < Math.min(old.length, now.length) && old[same] === now[same]) same += 1;
    const more = now.length - old.length;
    this.marks.issues = this.marks.issues
      .filter((one) => one.end <= same || one.start >= same - Math.min(more, 0))
      .map((one) => (one.start >= same ? { ...one, start: one.start + more, end: one.end + more } : one));
    this.marks.groups = [];
  }

  async check() {
    const number = (this.asked += 1);
    const text = this.text;
    const answer = await ask(this.asks, { text, ...this.context() }).catch(() => null);
    if (!answer || number !== this.asked) return;
    this.marks = answer;
    this.paint();
    this.listNotes();
    this.seen(answer);
  }

  paint() {
    const text = this.text;
    const issues = this.marks.issues.filter((one) => one.start < one.end);
    const edges = [...new Set(issues.flatMap((one) => [one.start, one.end]))].sort((a, b) => a - b);
    const parts = [];
    let at = 0;
    for (const [number, start] of edges.entries()) {
      const end = edges[number + 1] ?? text.length;
      // Where marks lie over each other, the shortest says most.
      const over = issues.filter((one) => one.start <= start && one.end >= end)
        .sort((a, b) => (a.end - a.start) - (b.end - b.start));
      parts.push(text.slice(at, start));
      at = end;
      const words = text.slice(start, end);
      const wide = over.length && over[0].end - over[0].start > WIDE ? " wide" : "";
      parts.push(over.length ? el("mark", { className: over[0].severity + wide }, words) : words);
    }
    parts.push(text.slice(at) + "\n");
    this.behind.replaceChildren(...parts);
    this.root.classList.toggle("keeps", PRIVATE.test(text) || /\n[ \t]*(?:[-•*][ \t]*)?\[\s*private/i.test(text));
    this.painted = text;
  }

  listNotes() {
    const { issues, groups } = this.marks;
    const open = this.list.querySelector("details[open]")?.dataset.words;
    const had = this.list.contains(document.activeElement);
    this.list.replaceChildren(...groups.map((group) => this.note(group.map((n) => issues[n]), open)));
    this.count.textContent = !this.text.trim() ? "" : groups.length === 0 ? say("noNotes")
      : groups.length === 1 ? say("oneNote") : say("manyNotes", { n: groups.length });
    if (had) (this.list.querySelector("button") ?? this.area).focus();
  }

  note(group, open) {
    const [first] = group;
    const quoted = this.text.slice(first.start, first.end).trim();
    const short = quoted.length > 60 ? `${quoted.slice(0, 57)}…` : quoted;
    const where = el("button", { type: "button", className: "where" }, short ? `“${short}”` : first.name);
    where.addEventListener("click", () => this.select(first));
    const choices = first.suggestions.map((words) => {
      const swap = el("button", { type: "button", className: "swap" }, words);
      swap.addEventListener("click", () => this.swap(group, words));
      return swap;
    });
    const often = group.length > 1 ? el("span", { className: "often" }, say("times", { n: group.length })) : "";
    return el("li", { className: `note ${first.severity}` },
      el("p", { className: "note-head" }, where, often),
      el("p", {}, first.message),
      el("div", { className: "choices" }, ...choices, ...this.more(first, quoted, open)));
  }

  more(issue, quoted, open) {
    const why = el("details", { className: "why" }, el("summary", {}, say("why")));
    why.dataset.words = `${issue.check} ${quoted}`;
    why.addEventListener("toggle", async () => {
      if (!why.open || why.querySelector("p")) return;
      const { text } = await ask("explain", { check: issue.check });
      why.append(el("p", { className: "manual" }, text));
    });
    if (open === why.dataset.words) why.open = true;
    if (!this.allow || !quoted || quoted.length > 60) return [why];
    const allow = el("button", { type: "button", className: "plain allow" }, say("allow"));
    allow.addEventListener("click", async () => { await this.allow(quoted); this.check(); });
    return [allow, why];
  }

  select({ start, end }) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
  }

  // The browser's own editing command, so that Ctrl+Z takes it back too.
  put(start, end, words) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, words)) {
      this.area.setRangeText(words, start, end, "end");
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  swap(group, words) {
    this.done.push(this.text);
    for (const one of [...group].reverse()) {
      const old = this.text.slice(one.start, one.end);
      const capital = /^[A-Z]/.test(old) && !/^[A-Z]{2}/.test(old);
      this.put(one.start, one.end, capital ? words[0].toUpperCase() + words.slice(1) : words);
    }
    tell(say("changed"));
    this.offerUndo();
  }

  offerUndo() {
    this.root.querySelector(".undo")?.remove();
    if (!this.done.length) return;
    const undo = el("button", { type: "button", className: "plain undo" }, say("undo"));
    undo.addEventListener("click", () => {
      this.put(0, this.text.length, this.done.pop());
      tell(say("undone"));
      this.offerUndo();
    });
    this.count.after(undo);
  }

  // A click on a marked word shows its note.
  pointOut() {
    const at = this.area.selectionStart;
    const { issues, groups } = this.marks;
    const number = issues.findIndex((one) => one.start <= at && at <= one.end);
    const place = groups.findIndex((group) => group.includes(number));
    this.list.querySelector(".here")?.classList.remove("here");
    const note = this.list.children[place];
    if (number < 0 || !note) return;
    note.classList.add("here");
    note.scrollIntoView({ block: "nearest" });
  }
}

export const showGauge = (root, scores) => {
  if (!root || scores.reading_age === undefined) return;
  const aim = Number(root.dataset.aim);
  const age = Math.round(scores.reading_age);
  root.querySelector("[data-gauge-words]").textContent =
    say(scores.reading_age <= aim + 0.5 ? "readsWell" : "reads", { age, aim });
  const place = Math.min(1, Math.max(0, (scores.difficulty - 1) / 5));
  root.style.setProperty("--place", String(place));
  root.classList.add("known");
};
