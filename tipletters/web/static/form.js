// The form of a letter: what stands in it, more lines, one question at a time.
import { el, tell } from "./page.js";
import { say } from "./words.js";

const of = (question) => {
  const { kind } = question.dataset;
  const row = (from) => Object.fromEntries([...from.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one.value]));
  if (kind === "yes/no" || kind === "choice") return question.querySelector("input:checked")?.value ?? "";
  if (kind === "rows") return [...question.querySelectorAll(".rows > .row")].map(row);
  if (kind === "person") return row(question);
  return question.querySelector("input, textarea").value;
};

export const answers = (form) => {
  const data = {};
  for (const question of form.querySelectorAll(".question")) {
    const { section, name } = question.dataset;
    const into = section ? (data[section] ??= {}) : data;
    into[name] = of(question);
  }
  return data;
};

// What cannot be right stands at its question; while somebody still types there, it waits until they go on.
export const mistakesAt = (form) => {
  let wrong = [];
  const put = (question, one) => {
    const there = question.querySelector(".mistake");
    const words = one ? `${one.what} ${one.then}`.trim() : "";
    if ((there?.textContent ?? "") === words || (!there && question.contains(document.activeElement))) return;
    there?.remove();
    const group = question.querySelector("fieldset");
    const box = group ?? question.querySelector("input, textarea");
    const id = `${question.id}-mistake`;
    const others = (box.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
    box.setAttribute("aria-describedby", [...(one ? [id] : []), ...others].join(" "));
    if (!group) box.setAttribute("aria-invalid", String(Boolean(one)));
    if (!one) return;
    question.querySelector(".picks, .row, .rows, [data-marked], input, textarea").before(el("p", { className: "mistake", id }, words));
    tell(`${one.prompt}: ${words}`);
  };
  const show = (found = wrong) => {
    wrong = found;
    for (const question of form.querySelectorAll(".question")) put(question, wrong.find(({ id }) => question.id === `q-${id}`));
  };
  form.addEventListener("focusout", () => setTimeout(show));
  return show;
};

export const goTo = (form, id) => {
  const question = document.getElementById(`q-${id}`);
  if (form.classList.contains("single")) form.querySelector("#one-by-one").click();
  const closed = question.closest("details");
  if (closed) closed.open = true;
  question.scrollIntoView({ block: "center" });
  question.querySelector("input, textarea").focus();
};

export const lines = (form) => {
  form.addEventListener("click", (event) => {
    const more = event.target.closest(".more");
    if (!more) return;
    const rows = more.parentElement.querySelector(".rows");
    const number = rows.children.length + 1;
    const fresh = more.parentElement.querySelector("template").content.cloneNode(true);
    for (const one of fresh.querySelectorAll("[id], [for]")) {
      for (const name of ["id", "for"]) {
        if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace("-NEW-", `-${number}-`));
      }
    }
    fresh.firstElementChild.setAttribute("aria-label", `${fresh.firstElementChild.getAttribute("aria-label")}${number}`);
    rows.append(fresh);
    rows.lastElementChild.querySelector("input").focus();
  });
};

export const oneByOne = (form) => {
  const questions = [...form.querySelectorAll(".question")].filter((one) => !one.closest("[data-rare]"));
  const steps = form.querySelector(".steps");
  const button = form.querySelector("#one-by-one");
  let at = 0;
  const show = (focus) => {
    questions.forEach((one, number) => one.classList.toggle("current", number === at));
    for (const part of form.querySelectorAll(".part")) part.classList.toggle("current", part.contains(questions[at]));
    form.querySelector("#step").textContent = say("step", { n: at + 1, all: questions.length });
    form.querySelector("#back").disabled = at === 0;
    form.querySelector("#next").textContent = at === questions.length - 1 ? say("toPeople") : say("next");
    if (focus) questions[at].querySelector("input, textarea")?.focus();
  };
  const set = (on) => {
    form.classList.toggle("single", on);
    steps.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    if (on) show(true);
  };
  button.addEventListener("click", () => set(button.getAttribute("aria-pressed") !== "true"));
  form.querySelector("#back").addEventListener("click", () => { at = Math.max(0, at - 1); show(true); });
  form.querySelector("#next").addEventListener("click", () => {
    if (at === questions.length - 1) {
      set(false);
      document.getElementById("people-part").scrollIntoView();
      document.querySelector("#people-part button, #people-part summary").focus();
      return;
    }
    at += 1;
    show(true);
  });
};
