// Begins a letter.
import { ask, tried } from "./page.js";

for (const button of document.querySelectorAll("[data-template]")) {
  button.addEventListener("click", tried(async () => {
    location.href = (await ask("begin", { template: button.dataset.template })).go;
  }));
}
