// What every page does: ask the server, show what is wrong, lock.
import { say } from "./words.js";

const read = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const status = document.getElementById("status");
const trouble = document.getElementById("trouble");
let idle;

// What keeps browsers and their add-ons from sending away what is typed.
export const QUIET = {
  spellcheck: "false", autocomplete: "off", autocorrect: "off", writingsuggestions: "false", translate: "no",
  "data-gramm": "false", "data-lt-active": "false", "data-ms-editor": "false",
};

export const el = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export const tell = (words) => { status.textContent = words; };

export const showTrouble = (error) => {
  trouble.replaceChildren(
    ...(error ? [el("p", { className: "what" }, error.what), el("p", {}, error.then ?? ""), ...(error.choices ?? [])] : []),
  );
};

// A page that saves what is typed says what became of it: "saved", "beside" (as a letter of its own) or "unsaved".
let keeper = { now: () => "saved", last: async () => "saved" };
export const keepWith = (work) => { keeper = work; };

// Wipes the page: whoever sits down next finds nothing.
export const close = (kept = keeper.now()) => {
  const words = document.getElementById("locked");
  document.body.replaceChildren(words.content.cloneNode(true));
  if (kept !== "saved") document.getElementById("kept").textContent = say(kept);
  document.title = "tipletters";
};

const post = async (address, body, headers, quiet) => {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      body,
      headers: { "x-tipletters": read("token"), ...(quiet && { "x-tipletters-quiet": "1" }), ...headers },
      keepalive: typeof body === "string" && body.length < 60000,
    });
  } catch {
    throw { what: say("noAnswer") };
  }
  if (answer.status === 401) { close(); throw { locked: true, what: "" }; }
  if (!answer.ok) throw { ...await answer.json(), changed: answer.status === 409 };
  return answer;
};

export const ask = async (name, data, { quiet = false } = {}) =>
  (await post(`do/${name}`, JSON.stringify(data), { "content-type": "application/json" }, quiet)).json();

export const give = async (name, file, more = {}) =>
  (await post(`take/${name}`, file, {
    "content-type": "application/octet-stream",
    "x-name": encodeURIComponent(file.name.slice(-80)),
    "x-more": encodeURIComponent(JSON.stringify(more)),
  })).json();

// Runs what a person asked for, and says in plain words what went wrong.
export const tried = (work) => async (...args) => {
  try {
    showTrouble(null);
    return await work(...args);
  } catch (error) {
    if (error.locked) return undefined;
    showTrouble(error.what ? error : { what: String(error) });
    return undefined;
  }
};

// Who presses the button stays while something is not saved; who has gone away stays no longer.
const lock = async ({ gone = false } = {}) => {
  const kept = await keeper.last(gone);
  if (kept === "unsaved" && !gone) {
    trouble.append(el("p", {}, say("notLocked")));
    return;
  }
  await ask("lock", {}).catch(() => {});
  close(kept);
};

const awake = () => {
  clearTimeout(idle);
  idle = setTimeout(() => lock({ gone: true }), Number(read("idle")) * 1000);
};

document.getElementById("lock")?.addEventListener("click", () => lock());
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, awake, { passive: true });
awake();
