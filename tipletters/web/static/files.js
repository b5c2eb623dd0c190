// Files that come in by a drop and go out as a download.
import { el } from "./page.js";

export const onDrop = (take) => {
  const body = document.body;
  const over = (on) => body.classList.toggle("dropping", on);
  for (const kind of ["dragenter", "dragover"]) {
    addEventListener(kind, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      over(true);
    });
  }
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    over(false);
    take(event.dataTransfer.files[0]);
  });
};

export const fetchFile = ({ number, name }) => {
  const link = el("a", { href: `file?number=${number}`, download: name });
  document.body.append(link);
  link.click();
  link.remove();
};
