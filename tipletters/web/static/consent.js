// The page of consent.
import { ask, tell, tried } from "./page.js";
import { say } from "./words.js";

const value = (id) => document.getElementById(id).value;
const place = document.getElementById("client-record");
let client = "";

const show = ({ html }) => {
  place.innerHTML = html;
  document.getElementById("say").hidden = false;
};

document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  tried(async () => {
    client = value("client");
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
