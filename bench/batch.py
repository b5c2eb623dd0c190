"""How fast many letters are made, beside docxtpl, docx-mailmerge2, python-docx and a bare prototype, in one run.

    python bench/batch.py [--letters 1000] [--rounds 3]             speed on one core
    python bench/batch.py --scale 1000,10000,100000                 memory, cost a letter, and two workers
    python bench/batch.py --pdf 300                                 the same letters with a PDF of each copy

A letter of 361 words. All use the same lean Word package, the one that tipletters prepares, and write their letters to a
fresh folder. The prototype is the limit: Jinja2 into the document's XML as text, the other parts compressed once, zlib at
6, nothing checked, nobody asked. Processor time counts, so that other work on the machine matters less; the best round
counts.

- Render and write: bind, render, print, put the file there.
- The whole road: a table's row with two recipients, read, judged, gate, redaction, checks on each text, print, proof,
  ledger, reports. What is counted is the copy, against docxtpl's bare rendering of a copy.
"""

import argparse
import csv
import gc
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import docx
import jinja2
import letters
from docxtpl import DocxTemplate
from letters import DAY, FIELDS, template_of, values
from mailmerge import MailMerge

from tipletters.batch import Folder, Options, Order, State, judged, prepare, run_of, write_reports, written
from tipletters.batch.engines import processes
from tipletters.casereader import case_from
from tipletters.config import House, find
from tipletters.draft import template_folders
from tipletters.letter import Block, Head, Letter
from tipletters.remember import recording
from tipletters.setting import setting
from tipletters.template import find as find_template
from tipletters.template import render
from tipletters.writers.docx import write_docx
from tipletters.writers.look import Look
from tipletters.writers.zipped import packed, part

MORE = """
You came with a lot on your mind, and you said that it helps to write things down. So this letter is a little longer
than most. You can read it in parts, or with somebody you trust.

# What may help until then

You can take each day as it comes. Some days will be better than others, and that is how it goes for most people. It
can help to keep to a time for bed, to go out once a day while it is light, and to eat with somebody when you can.

If a night is bad, you can get up, sit somewhere warm, and go back to bed when you feel tired. Many people find that
this works better than lying awake. You told me that music helps you too.

We will look at the list of groups together. There is one for walking, one for cooking, and one where people just sit
and draw. You can try one and leave again. Nobody will ask you to stay or to tell your story.

If you want to bring somebody with you next time, please do. Just tell us before, so that we can find enough chairs and a room with a door that you can see. Tea is there too.
"""
_PARAGRAPHS = [" ".join(one.split()) for one in MORE.strip().split("\n\n")]
letters.BODY = letters.BODY.replace("With best wishes", "\n\n".join([*_PARAGRAPHS, "With best wishes"]))
NOW = datetime(2026, 5, 14, 17, 30)
COLUMNS = (
    "Ref", "Forename", "Surname", "NHS No", "DOB", "Address 1", "Town", "said", "one", "two", "day", "GP", "Practice",
    "GP consent", "Consent date", "Consent until", "Asked", "Safe address",
)  # fmt: skip


def with_docxtpl(count: int, out: Path) -> None:
    """As its README says: a new DocxTemplate for each letter, autoescape on."""
    template = template_of(lambda name: "{{ " + name + " }}")
    for number in range(count):
        letter = DocxTemplate(io.BytesIO(template))
        letter.render(values(number), autoescape=True)
        letter.save(out / f"{number}.docx")


def with_mailmerge(count: int, out: Path) -> None:
    template = letters._with_merge_fields(template_of(lambda name: f"[[{name}]]"))
    for number in range(count):
        with MailMerge(io.BytesIO(template)) as letter:
            letter.merge(**values(number))
            letter.write(str(out / f"{number}.docx"))


def with_python_docx(count: int, out: Path) -> None:
    """The template is parsed once, and only the runs that change are set anew."""
    document = docx.Document(io.BytesIO(template_of(lambda name: f"[[{name}]]")))
    marked = [(run, run.text) for paragraph in document.paragraphs for run in paragraph.runs if "[[" in run.text]
    for number in range(count):
        given = values(number)
        for run, text in marked:
            for name, value in given.items():
                text = text.replace(f"[[{name}]]", value)
            run.text = text
        document.save(str(out / f"{number}.docx"))


def with_prototype(count: int, out: Path) -> None:
    """The limit: what is left when nothing is asked and nothing is checked."""
    with zipfile.ZipFile(io.BytesIO(template_of(lambda name: "{{ " + name + " }}"))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    source = parts.pop("word/document.xml").decode()
    template = jinja2.Environment(autoescape=True).from_string(source)
    fixed = [part(name, data, 6) for name, data in parts.items()]
    for number in range(count):
        document = part("word/document.xml", template.render(values(number)).encode(), 6)
        (out / f"{number}.docx").write_bytes(packed((*fixed, document)))


def home(folder: Path) -> None:
    """The same letter as a template of our own."""
    asks = "".join(f'[[fields]]\nname = "{n}"\ntype = "text"\nprompt = "?"\n' for n in FIELDS[1:])
    body = letters.text_with(lambda name: "{{ client.greeting_name }}" if name == "name" else "{{ " + name + " }}")
    (folder / "templates").mkdir(exist_ok=True)
    head = '+++\npurpose = "p"\nwhen = "w"\nreview = "none"\n'
    (folder / "templates" / "bench.txt").write_text(f"{head}{asks}+++\n{body}", encoding="utf-8")
    (folder / "tipletters.toml").write_text('[author]\nname = "Sam Reid"\n', encoding="utf-8")


def render_and_write(folder: Path) -> Callable[[int, Path], None]:
    """Our own way, without gate, redaction, checks and proof."""
    home(folder)
    house = House()
    template = find_template("bench", template_folders(folder, house))

    def run(count: int, out: Path) -> None:
        memo: dict[Block, str] = {}
        for number, case in zip(range(count), cases, strict=False):
            blocks = render(template, case.fields, setting(case, house), reference=case.reference, where=case.where)
            letter = Letter(Head("Letter", case.reference, case.date, case.author.name), blocks)
            (out / f"{number}.docx").write_bytes(write_docx(letter, Look(), house, memo))

    cases = []
    for number in range(COUNT):
        given = values(number)
        data = {
            "reference": f"A-{number}",
            "date": DAY,
            "template": "bench",
            "client": {"first_name": given.pop("name"), "last_name": "Wren"},
            "author": {"name": "Sam Reid"},
            "fields": given,
        }
        cases.append(case_from(data, house, "case.toml", folder))
    return run


def rows(count: int) -> Iterator[list[str]]:
    for number in range(count):
        given = values(number)
        yield [
            f"A-{number}", given["name"], f"Wren{number}", "", f"13/02/19{60 + number % 40}", f"{number} Mill Lane",
            "Anytown", given["said"], given["one"], given["two"], given["day"], "Dr Hart",
            f"Surgery {number % 20}", "yes", "13/05/2026", "13/05/2027", "13/05/2026", "yes",
        ]  # fmt: skip


def whole_road(table: Path, out: Path, workers: int = 1, *, pdf: bool = False) -> int:
    """All that `tipletters batch` does. Returns the number of copies."""
    copies = 0
    house = find(table.parent)
    with recording(None, house=house, folder=table.parent) as record, processes(workers) as executor:
        options = Options(day=DAY, dates=Order.DAY_FIRST, examples=True, pdf=pdf)
        ready = prepare(
            "bench", table, folder=table.parent, house=house, record=record, now=NOW, options=options
        )  # fmt: skip
        ready = replace(ready, work=replace(ready.work, executor=executor, workers=workers))
        assert all(one.state is State.READY for one in judged(ready.work))
        folder = Folder(out, run_of(table))
        with folder.taken() as ledger:
            for outcome, _ in written(ready.work, folder, ledger, by="bench", at=NOW):
                assert outcome.state is State.WRITTEN, outcome
                copies += len(outcome.files)
            write_reports(folder, ledger, ready.table, "Letters", DAY)
    return copies


def written_table(folder: Path, count: int) -> Path:
    home(folder)
    table = folder / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file).writerow
        write(COLUMNS)
        for row in rows(count):
            write(row)
    return table


def timed(run: Callable[[Path], object], folder: Path, rounds: int) -> float:
    """The best of some rounds, in seconds of processor time, each into a fresh folder."""
    best = float("inf")
    for number in range(rounds):
        out = folder / f"out-{number}-{time.monotonic_ns()}"
        out.mkdir()
        gc.collect()
        start = time.process_time()
        run(out)
        best = min(best, time.process_time() - start)
    return best


COUNT = 1000


def speed(count: int, rounds: int) -> bool:
    """Print letters a second and ratios; say whether the aims are reached."""
    words = len(letters.text_with(values(7).get).split())  # type: ignore[arg-type]
    print(f"{count} letters of {words} words, best of {rounds} rounds, processor time\n")
    few = max(20, count // 10)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = render_and_write(folder)
        made: dict[str, tuple[Callable[[int, Path], None], int]] = {
            "the bare prototype": (with_prototype, count),
            "tipletters, render and write": (ours, count),
            "python-docx, parsed once": (with_python_docx, few),
            "docx-mailmerge2": (with_mailmerge, few),
            "docxtpl": (with_docxtpl, few),
        }
        each = {who: timed(lambda out, r=run, n=n: r(n, out), folder, rounds) / n for who, (run, n) in made.items()}  # type: ignore[misc]
        table = written_table(folder, count)
        whole_road(table, folder / "warm")
        copies: list[int] = []
        road = timed(lambda out: copies.append(whole_road(table, out)), folder, rounds) / copies[-1]
        check(folder, count)
    each["tipletters, the whole road, a copy"] = road
    tpl = each["docxtpl"]
    for who, seconds in each.items():
        print(f"{who:36} {1 / seconds:7.0f} a second   {tpl / seconds:6.1f} times docxtpl")
    first, limit = each["tipletters, render and write"], each["the bare prototype"]
    print(f"\nRender and write: {tpl / first:.1f} times docxtpl (aim 20), {limit / first:.2f} of the limit (aim 0.33).")
    print(f"The whole road: {tpl / road:.1f} times docxtpl's bare rendering of a copy (aim 5).")
    return tpl / first >= 20 and limit / first >= 0.33 and tpl / road >= 5


def check(folder: Path, count: int) -> None:
    """All must have said the same."""
    number = min(7, count - 1)
    for out in folder.glob("out-*"):
        path = out / f"{number}.docx"
        path = path if path.exists() else out / "letters" / f"A-{number}-client.docx"
        text = "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
        for value in values(number).values():
            assert value in text, f"{path} lost words"


def scale(counts: list[int]) -> bool:
    """Print peak memory, cost a letter and the gain of two workers, each in a process of its own."""
    found = {}
    for count in counts:
        found[count] = _child(count, 1)
        print(f"{count:7,} rows: {found[count]['memory']:5.0f} MB at most, "
              f"{found[count]['cpu'] / count * 1e3:5.2f} ms of processor time a row")  # fmt: skip
    least, most = min(counts), max(counts)
    memory = found[most]["memory"] / found[least]["memory"]
    cost = (found[most]["cpu"] / most) / (found[least]["cpu"] / least)
    print(f"\n{most:,} rows against {least:,}: {memory:.2f} times the memory (aim 1.3), {cost:.2f} the cost (aim 1.2).")
    middle = min(most, 20_000)
    one, two = _child(middle, 1)["wall"], _child(middle, 2)["wall"]
    print(f"{middle:,} rows with two workers: {one / two:.2f} times as fast (aim 1.8).")
    return memory <= 1.3 and cost <= 1.2 and one / two >= 1.8


def with_pdf(count: int) -> None:
    """Print how long a run takes in which LibreOffice makes a PDF of each copy."""
    for workers in (1, 2):
        took = _child(count, workers, "--pdf", "1")["wall"]
        print(f"{count:,} letters with PDFs, {workers} worker(s): {2 * count / took:.0f} copies a second")


def _child(count: int, workers: int, *more: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", str(count), "--workers", str(workers), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    return {key: float(value) for key, value in json.loads(done.stdout).items()}


def one(count: int, workers: int, *, pdf: bool) -> None:
    """One run, measured from within."""
    folder = Path(tempfile.mkdtemp())
    try:
        table = written_table(folder, count)
        start, cpu = time.perf_counter(), time.process_time()
        whole_road(table, folder / "out", workers, pdf=pdf)
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"memory": memory, "wall": wall, "cpu": cpu}))
    finally:
        shutil.rmtree(folder)


def main() -> None:
    """Run what was asked for, and end with 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=COUNT)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=lambda text: [int(one) for one in text.split(",")])
    parser.add_argument("--pdf", type=int)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one, given.workers, pdf=bool(given.pdf))
        return
    if given.pdf:
        with_pdf(given.pdf)
        return
    globals()["COUNT"] = given.letters
    sys.exit(not (scale(given.scale) if given.scale else speed(given.letters, given.rounds)))


if __name__ == "__main__":
    main()
