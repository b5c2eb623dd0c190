// Every word that our own scripts say, in one place, so that a test can read them all.
export const words = {
  noAnswer: "The page does not answer. Is tipletters still running? Your work is saved up to the last minute.",
  why: "Why?",
  allow: "It may stay",
  undo: "Undo",
  changed: "Changed.",
  undone: "Undone.",
  noNotes: "Nothing to change here.",
  oneNote: "1 thing to look at",
  manyNotes: "{n} things to look at",
  times: "{n} times",
  reads: "Most people of {age} can read it. You aim for {aim}.",
  readsWell: "Most people of {age} can read it. That is good.",
};

export const say = (key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
