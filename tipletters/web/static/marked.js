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
    Object.assign(this, { asks: check, context, allow, seen, marks: { issues: [], groups: [] }, done: [] });
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
    const least = Math.min(old.length, now.length);
    let same = 0;
    while (same < least && old[same] === now[same]) same += 1;
    let after = 0; // how many letters at the end are as they were
    while (after < least - same && old.at(-1 - after) === now.at(-1 - after)) after += 1;
    const more = now.length - old.length;
    for (const one of this.marks.issues) {
      if (one.end <= same) continue;
      one.gone ||= one.start < old.length - after;
      one.start += more;
      one.end += more;
    }
    this.marks.issues = this.marks.issues.filter((one) => !one.gone);
    this.marks.groups = [];
  }

  // Asks about one text at a time; what was typed meanwhile is asked about next.
  async check() {
    this.wanted = true;
    if (this.busy) return;
    this.busy = true;
    while (this.wanted) {
      this.wanted = false;
      const text = this.text;
      const answer = await ask(this.asks, { text, ...this.context() }).catch(() => null);
      if (answer) this.take(answer, text);
    }
    this.busy = false;
  }

  take(answer, text) {
    this.marks = answer;
    if (text !== this.text) {
      this.painted = text;
      this.move();
      this.paint();
      return;
    }
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
    const had = this.list.contains(document.activeElement);
    const old = new Map([...this.list.children].map((one) => [one.key, one]));
    const notes = groups.map((numbers) => this.noteOf(numbers.map((n) => issues[n]), old));
    if (notes.length !== this.list.children.length || notes.some((one, n) => one !== this.list.children[n])) this.list.replaceChildren(...notes);
    this.count.textContent = !this.text.trim() ? "" : groups.length === 0 ? say("noNotes")
      : groups.length === 1 ? say("oneNote") : say("manyNotes", { n: groups.length });
    if (had && !this.list.contains(document.activeElement)) (this.list.querySelector("button") ?? this.area).focus();
  }

  // A note that says the same as before stays on the page as it is, opened or not.
  noteOf(group, old) {
    const [first] = group;
    const quoted = this.text.slice(first.start, first.end).trim();
    const key = [first.check, quoted, first.message, ...group.map((one) => JSON.stringify([one.swaps, one.ideas]))].join("\n");
    const note = old.get(key) ?? this.note(first, quoted, group);
    old.delete(key);
    return Object.assign(note, { key, group });
  }

  note(first, quoted, group) {
    const note = el("li", { className: `note ${first.severity}` });
    const short = quoted.length > 60 ? `${quoted.slice(0, 57)}…` : quoted;
    const where = el("button", { type: "button", className: "where" }, short ? `“${short}”` : first.name);
    where.addEventListener("click", () => this.select(note.group[0]));
    const choices = [...new Set(group.flatMap((one) => one.swaps.map((swap) => swap.words)))].map((words) => {
      const places = group.filter((one) => one.swaps.some((swap) => swap.words === words)).length;
      const swap = el("button", { type: "button", className: "swap" }, places > 1 ? say("inAll", { words, n: places }) : words);
      swap.addEventListener("click", () => this.swap(note.group, words));
      return swap;
    });
    const ideas = [...new Set(group.flatMap((one) => one.ideas))].filter((idea) => group.every((one) => one.ideas.includes(idea)));
    note.append(
      el("p", { className: "note-head" }, where, group.length > 1 ? el("span", { className: "often" }, say("times", { n: group.length })) : ""),
      el("p", {}, first.message),
      ...(ideas.length ? [el("p", { className: "ideas" }, say("ideas", { words: ideas.map((one) => `“${one}”`).join(", ") }))] : []),
      el("div", { className: "choices" }, ...choices, ...this.more(first, quoted)));
    return note;
  }

  more(issue, quoted) {
    const why = el("details", { className: "why" }, el("summary", {}, say("why")));
    why.addEventListener("toggle", async () => {
      if (!why.open || why.querySelector("p")) return;
      const { text } = await ask("explain", { check: issue.check });
      why.append(el("p", { className: "manual" }, text));
    });
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
    const places = group.filter((mark) => !mark.gone && mark.swaps.some((swap) => swap.words === words));
    if (!places.length) return;
    this.done.push(this.text);
    for (const one of places.reverse()) {
      const start = one.start - one.swaps.find((swap) => swap.words === words).back; // “an” before the words goes with them
      const old = this.text.slice(start, one.end);
      one.gone = true; // the second click of a double click finds nothing to replace
      const capital = /^[A-Z][^A-Z]*$/.test(old); // not “U&Es”
      this.put(start, one.end, capital ? words[0].toUpperCase() + words.slice(1) : words);
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
