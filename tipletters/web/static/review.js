// The page of a review.
import { ask, el, give, keepWith, tell, tried } from "./page.js";
import { decide, links, offerOver, written } from "./copies.js";
import { onDrop } from "./files.js";
import { say } from "./words.js";

const { letter, code } = document.querySelector(".steps-of")?.dataset ?? {};
const on = (id, work) => document.getElementById(id)?.addEventListener("click", tried(work));
const value = (id) => document.getElementById(id)?.value ?? "";
const order = async (name, data = {}) => ask(name, { letter, seen: await state(), ...data });
const state = async () => (await ask("view", { letter })).seen;

// What came back
const about = document.getElementById("about-file");
let last;

const take = tried(async (file) => {
  last = file;
  about.textContent = say("reading");
  try {
    const back = await give("returned", file, { how_known: value("how-known") });
    about.textContent = [back.again && say("again"), back.unsure ? say("unsure") : say("counted")].filter(Boolean).join(" ");
    document.getElementById("count-it").hidden = !back.unsure;
    if (!back.unsure) location.href = back.go;
    else about.append(" ", el("a", { href: back.go }, say("seeIt")));
  } catch (error) {
    about.textContent = "";
    throw error;
  }
});

if (about) {
  onDrop(take);
  document.getElementById("file").addEventListener("change", (event) => {
    if (event.target.files[0]) take(event.target.files[0]);
    event.target.value = "";
  });
  on("count-it", () => take(last));
}

// Step by step
on("start", async () => {
  const begin = async (force) => {
    const { copies, questions, decisions } = await ask("review-start", { letter, reply_by: value("reply-by"), force });
    const rows = copies.map((one) => el("li", { className: "card" }, ...links(one.files),
      el("p", {}, [one.way, one.lacks && say("notHere")].filter(Boolean).join(" "))));
    document.getElementById("started").replaceChildren(el("ul", { className: "written" }, ...rows, ...decisions.map((one) => decide(one, order))),
      ...questions.map((one) => el("p", { className: "hint" }, `${say("lookAt")} ${one}`)),
      el("p", { className: "small" }, say("goThrough")),
      el("p", {}, el("a", { href: `review?letter=${letter}` }, say("nextStep"))));
    tell(say("goThrough"));
  };
  try {
    await begin(false);
  } catch (error) {
    if (/already/.test(error.what ?? "")) offerOver(document.getElementById("start"), begin);
    throw error;
  }
});

// What they say together stands nowhere else until it is written down.
let open = false;
const stands = () => (open ? "unsaved" : "saved");
document.getElementById("together")?.addEventListener("input", () => { open = true; });
keepWith({ now: stands, last: async () => stands() });
addEventListener("beforeunload", (event) => { if (open) event.preventDefault(); });

const filled = () => {
  const found = {};
  for (const one of document.querySelectorAll("#together [data-key]")) {
    if (one.type === "checkbox" || one.type === "radio") {
      if (one.checked) found[one.dataset.key] = true;
    } else if (one.value.trim()) found[one.dataset.key] = one.value.trim();
  }
  return found;
};

const enter = async (more) => {
  const { go } = await ask("review-enter", { letter, code, way: value("way"), how_known: value("known-together"), ...more });
  open = false;
  location.href = go;
};
on("enter", () => enter({ filled: filled() }));
on("declined", () => enter({ declined: true }));

for (const card of document.querySelectorAll(".correction")) {
  card.addEventListener("click", tried(async (event) => {
    const { decision } = event.target.dataset;
    if (!decision) return;
    const words = Object.fromEntries([...card.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one.value]));
    const { put_in, by_hand } = await ask("correction", { letter, number: card.dataset.number, decision, ...words });
    const said = put_in ? say("putIn") : by_hand ? say("byHand") : say("recorded");
    const again = card.querySelector("details"); // whoever decided wrongly decides again
    again.open = false;
    again.querySelector("summary").textContent = say("decideAgain");
    card.querySelector(".now")?.remove();
    again.before(el("p", { className: "now" }, el("span", { className: "tag done" }, decision), ` ${said}`));
    again.querySelector("summary").focus();
    tell(said);
  }));
}

on("for-record", async () => {
  const { files, reply } = await ask("for-record", { letter });
  document.getElementById("recorded").replaceChildren(...links(files), el("p", {}, el("a", { href: reply }, say("toReply"))));
});

const final = document.getElementById("final");
if (final) written(final, order, () => ({ reason: value("reason") }));

on("reissue", async () => {
  const { holders } = await ask("reissue", { letter, reason: value("again-why") });
  document.getElementById("holders").replaceChildren(
    el("p", {}, holders.length ? say("holders") : say("noHolders")), el("ul", { className: "dots" }, ...holders.map((one) => el("li", {}, one))),
    el("p", {}, el("a", { href: `write?letter=${letter}` }, say("toLetter"))));
});
