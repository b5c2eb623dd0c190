// The page that checks a text.
import { el } from "./page.js";
import { Marked, showGauge } from "./marked.js";

const allowed = [];
const gauge = document.querySelector("[data-gauge]");
const list = document.querySelector("[data-hardest]");

const marked = new Marked(document.querySelector("[data-marked]"), {
  context: () => ({ allowed }),
  allow: (word) => { allowed.push(word); },
  seen: (answer) => {
    showGauge(gauge, answer.scores);
    list.replaceChildren(...answer.hardest.map((one) => {
      const button = el("button", { type: "button", className: "where" }, marked.text.slice(one.start, one.end));
      button.addEventListener("click", () => marked.select(one));
      return el("li", {}, button);
    }));
    list.parentElement.hidden = answer.hardest.length === 0;
  },
});
