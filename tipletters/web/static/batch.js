// The page for many letters.
import { QUIET, ask, el, give, tried } from "./page.js";
import { links } from "./copies.js";
import { onDrop } from "./files.js";
import { say } from "./words.js";

const at = (id) => document.getElementById(id);
const flight = at("flight");
const bar = at("bar");

// A box of one line would lose the paragraphs of what stands in it, without a word.
const box = (id, value) => {
  const made = el(/[\r\n]/.test(value) ? "textarea" : "input", { id, value });
  for (const [name, word] of Object.entries(QUIET)) made.setAttribute(name, word);
  return made;
};

const question = (one) => el("fieldset", { className: "card" },
  el("legend", { className: "question-name" }, one.question),
  el("div", { className: "picks" }, ...one.options.map(([key, words]) => {
    const radio = el("input", { type: "radio", name: one.key, value: key });
    radio.dataset.answer = one.key;
    return el("label", { className: "pick" }, radio, ` ${words}`);
  })));

const picked = (label, options, place) => {
  const id = `of-${place}`;
  const choice = el("select", { id }, ...options.map(([value, words]) => el("option", { value }, words)));
  for (const [name, word] of Object.entries(QUIET)) choice.setAttribute(name, word);
  Object.assign(choice.dataset, { place });
  return el("div", { className: "hint" }, el("label", { htmlFor: id, className: "question-name" }, label), choice);
};

const mendRow = (one) => {
  const id = `mend-${one.row}`;
  const what = el("td", {}, one.what);
  if (one.then) what.append(el("p", { className: "small" }, one.then));
  const cell = el("td", {});
  if (one.column && !one.refused) {
    const input = box(id, one.value);
    Object.assign(input.dataset, { row: one.row, column: one.column, old: input.value });
    cell.append(el("label", { htmlFor: id }, one.column), input);
  }
  return el("tr", {}, el("th", { scope: "row" }, String(one.row)), el("td", {}, one.reference), what, cell);
};

const table = (rows) => {
  const head = ["row", "reference", "whatIsWrong", "mendHere"].map((one) => el("th", { scope: "col" }, say(one)));
  const made = el("table", { className: "mend" }, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows.map(mendRow)));
  const frame = el("div", { className: "scroll", tabIndex: 0 }, made);
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", say("toMend"));
  return frame;
};

const show = (seen) => {
  const notes = [...seen.notes, ...(seen.unused.length ? [say("unused", { names: seen.unused.join(", ") })] : [])];
  const top = [el("p", { className: "small" }, `${say("rows", { n: seen.rows })} ${seen.described}.`),
    ...(notes.length ? [el("ul", { className: "dots small" }, ...notes.map((one) => el("li", {}, one)))] : [])];
  flight.dataset.batch = seen.batch; // what is looked at, mended and written is the table that is shown
  at("go").hidden = false;
  at("done").replaceChildren();
  if (seen.questions) {
    const { missing, doubtful, spare, doubts } = seen.questions;
    const columns = [["", say("noneOfThem")], ...[...new Set(spare)].map((one) => [one, one])];
    flight.replaceChildren(...top, el("h2", {}, say("settle")),
      ...missing.map((one) => picked(say("noColumn", one), columns, one.place)),
      ...doubtful.map((one) => picked(say("didYouMean", one), [["", say("leaveOut")], [one.column, say("itIs", one)]], one.place)),
      ...doubts.map(question));
    at("again").hidden = false;
    flight.dataset.doubtful = JSON.stringify(doubtful.map((one) => one.column));
    at("looked").hidden = at("write").hidden = true;
    return;
  }
  const { ready, "needs attention": mend, refused } = seen.counts;
  flight.replaceChildren(...top,
    el("p", { className: "counts" }, el("span", { className: "tag done" }, say("ready", { n: ready })),
      ...(mend ? [el("span", { className: "tag" }, say("waiting", { n: mend }))] : []),
      ...(refused ? [el("span", { className: "tag soft" }, say("refused", { n: refused }))] : [])),
    ...(seen.waiting.length ? [el("h2", {}, say("toMend")), table(seen.waiting)] : []),
    ...(seen.copies.length ? [el("h2", {}, say("copies")), el("ul", { className: "dots" }, ...seen.copies.map((one) => el("li", {}, one)))] : []));
  at("again").hidden = at("looked").hidden = seen.waiting.length === 0;
  at("write").hidden = ready === 0;
};

const take = tried(async (file) => {
  at("about-file").textContent = say("reading");
  try {
    show(await give("table", file, { template: at("kind").value, day: at("day").value }));
    at("about-file").textContent = say("opened", { name: file.name });
  } catch (error) {
    at("about-file").textContent = "";
    throw error;
  }
});

onDrop(take);
at("file").addEventListener("change", (event) => {
  if (event.target.files[0]) take(event.target.files[0]);
  event.target.value = "";
});

const look = (more) => tried(async () => {
  const answers = Object.fromEntries([...flight.querySelectorAll("[data-answer]:checked")].map((one) => [one.dataset.answer, one.value]));
  const columns = Object.fromEntries(JSON.parse(flight.dataset.doubtful ?? "[]").map((one) => [one, ""]));
  for (const one of flight.querySelectorAll("[data-place]")) if (one.value) columns[one.value] = one.dataset.place;
  delete flight.dataset.doubtful;
  const mended = [...flight.querySelectorAll("[data-row]")].filter((one) => one.value !== one.dataset.old)
    .map((one) => ({ row: Number(one.dataset.row), column: one.dataset.column, value: one.value }));
  show(await ask("batch-judge", { batch: flight.dataset.batch, answers, columns, mended, ...more }));
});
at("again").addEventListener("click", look({}));
at("looked").addEventListener("click", look({ looked: true }));

const pause = (time) => new Promise((go) => { setTimeout(go, time); });

at("write").addEventListener("click", tried(async () => {
  const { batch } = flight.dataset;
  await ask("batch-write", { batch, joined: at("joined").checked, pdf: at("pdf")?.checked ?? false });
  for (const one of ["again", "looked", "write"]) at(one).hidden = true;
  bar.hidden = at("bar-label").hidden = false;
  let how;
  do {
    await pause(300);
    how = await ask("batch-progress", { batch }, { quiet: true });
    if (how.total) Object.assign(bar, { max: how.total, value: how.done });
  } while (!how.finished);
  bar.hidden = at("bar-label").hidden = true;
  if (how.error) throw how.error;
  at("done").replaceChildren(el("h2", {}, say("written", { n: how.written })), el("p", {}, say("folder", { folder: how.folder })),
    el("div", { className: "files" }, ...links(how.files)));
}));
