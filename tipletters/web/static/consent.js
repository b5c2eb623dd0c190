// The page of consent.
import { ask, tell, tried } from "./page.js";
import { say } from "./words.js";

const value = (id) => document.getElementById(id).value;
const place = document.getElementById("client-record");
const box = document.getElementById("client");
const news = document.getElementById("say");
let client = "";

const show = ({ html }) => {
  if (client !== box.value) return;
  place.innerHTML = html;
  news.hidden = false;
};

// What is shown and written down is about the number in the box: with another one, nothing of the last client stays.
box.addEventListener("input", () => {
  client = "";
  place.replaceChildren();
  news.hidden = true;
  for (const one of news.querySelectorAll("input")) Object.assign(one, { value: one.defaultValue, checked: false });
});

document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  tried(async () => {
    client = box.value;
    show(await ask("consent-of", { client }));
    tell(place.textContent.trim().slice(0, 200));
  })();
});

for (const button of document.querySelectorAll("[data-say]")) {
  button.addEventListener("click", tried(async () => {
    const answer = button.dataset.say;
    const said = {
      client, answer, to: value("to"), whom: value("whom"), about: value("about"), about_letter: value("about-letter"),
      date: value("date"), until: value("until"), how: value("how"), later: document.getElementById("later").checked,
    };
    show(await ask(answer === "withdraw" ? "consent-withdraw" : "consent-record", said));
    tell(say("recorded"));
  }));
}
