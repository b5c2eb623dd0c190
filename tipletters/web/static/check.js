// The page that checks a text or a document.
import { ask, el, give, tell, tried } from "./page.js";
import { Marked, showGauge } from "./marked.js";
import { fetchFile, onDrop } from "./files.js";
import { say } from "./words.js";

const allowed = [];
const gauge = document.querySelector("[data-gauge]");
const list = document.querySelector("[data-hardest]");
const choices = document.getElementById("give");
const about = document.getElementById("about-file");
const given = document.getElementById("given");
let opened = {};

const marked = new Marked(document.querySelector("[data-marked]"), {
  context: () => ({ allowed, document: opened.document }),
  allow: (word) => { allowed.push(word); },
  seen: (answer) => {
    showGauge(gauge, answer.scores);
    list.replaceChildren(...answer.hardest.map((one) => {
      const button = el("button", { type: "button", className: "where" }, marked.text.slice(one.start, one.end));
      button.addEventListener("click", () => marked.select(one));
      return el("li", {}, button);
    }));
    list.parentElement.hidden = answer.hardest.length === 0;
    choices.hidden = !marked.text.trim();
  },
});

const open = tried(async (file) => {
  about.textContent = say("reading");
  try {
    opened = await give("document", file);
  } catch (error) {
    about.textContent = "";
    throw error;
  }
  given.textContent = "";
  allowed.length = 0;
  about.textContent = [say("opened", { name: opened.name }), ...opened.problems].join(" ");
  for (const one of choices.querySelectorAll("[data-word]")) one.hidden = !opened.word;
  marked.fresh(opened.text);
});

for (const one of choices.querySelectorAll("[data-word]")) one.hidden = true;
document.getElementById("file").addEventListener("change", (event) => {
  if (event.target.files[0]) open(event.target.files[0]);
  event.target.value = "";
});
onDrop(open);

choices.addEventListener("click", tried(async (event) => {
  const { how } = event.target.dataset;
  if (!how) return;
  const made = await ask("answered", { how, document: opened.document, text: marked.text, allowed });
  fetchFile(made);
  const left = (made.asked ?? 0) - (made.changes ?? 0);
  given.textContent = [say("given", { name: made.name }), left > 0 ? say("notPut", { n: left }) : ""].join(" ");
  tell(given.textContent);
}));
