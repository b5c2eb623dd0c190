// What was written: each copy with its file, and what the proof asks about it.
import { QUIET, el, tell, tried } from "./page.js";
import { say } from "./words.js";

export const links = (files) => files.map((file) => el("a", {
  className: "button plain", href: `file?number=${file.number}`, download: file.name,
}, file.name));

export const decide = (one, order) => {
  const box = el("input", { id: one.id });
  for (const [name, value] of Object.entries(QUIET)) box.setAttribute(name, value);
  const button = el("button", { type: "button", className: "plain" }, say("writeDown"));
  const row = el("li", { className: "card" }, el("p", { className: "what" }, one.text), el("p", { className: "small" }, one.where),
    el("label", { htmlFor: one.id, className: "question-name" }, say("decided")), box, el("div", { className: "choices big" }, button));
  button.addEventListener("click", tried(async () => {
    await order("decide", { question: one.id, said: box.value });
    row.remove();
    tell(say("recorded"));
  }));
  return row;
};

// `order` asks the server about this letter; what stands there already is written over only when that is wanted.
export const written = (button, order, data = () => ({})) => {
  const place = document.getElementById("written");
  const write = async (force) => {
    const made = await order("final", { ...data(), force });
    const rows = made.copies.map((one) => el("li", { className: "card" },
      el("h3", {}, one.whom), ...links(one.files),
      el("p", { className: "small" }, [one.why_none || one.way, one.ask && say("ask", { words: one.ask })].filter(Boolean).join(" ")),
      ...(one.older ? [el("p", { className: "small" }, say("older", { names: one.older }))] : [])));
    place.replaceChildren(
      ...(made.stopped ? [el("p", { className: "what" }, made.stopped)] : []),
      ...(made.open ?? []).map((one) => el("p", { className: "what" }, one)),
      el("ul", { className: "written" }, ...made.questions.map((one) => decide(one, order)), ...rows),
      el("p", { className: "small" }, say("folder", { folder: made.folder })));
  };
  button.addEventListener("click", tried(async () => {
    document.getElementById("over")?.remove();
    try {
      await write(false);
    } catch (error) {
      if (/already/.test(error.what ?? "")) offerOver(button, write);
      throw error;
    }
  }));
};

export const offerOver = (button, write) => {
  const over = el("button", { type: "button", className: "plain", id: "over" }, say("writeOver"));
  over.addEventListener("click", tried(async () => { over.remove(); await write(true); }));
  button.after(over);
};
