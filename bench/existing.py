"""How long it takes to read, check, comment and correct Word documents of many pages, and whether the time grows with them.

    python bench/existing.py [--pages 200]

The documents are made here: 450 words and a table on each page. Beside it: docx-plus putting as many comments, each on a whole
run, through python-docx (it cannot comment on a part of a run, and reads nothing).
"""

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import docx_plus.comments

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from documents import long

from tipletters.annotate import comments, suggest
from tipletters.checks.existing import report_of
from tipletters.checks.run import Run
from tipletters.readers import read


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The processor time of some work, and what came of it."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def peer(data: bytes, count: int) -> bytes:
    """The same number of comments by docx-plus."""
    document = docx.Document(io.BytesIO(data))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    registries = {
        "id_registry": docx_plus.comments.CommentIdRegistry(document),
    }
    for number in range(count):
        docx_plus.comments.add_comment(
            runs[number % len(runs)], "Not everybody knows this word.", author="x", **registries
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main() -> None:
    """Print seconds for documents of a quarter, a half and all of the pages, and how the time grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args()
    report_of(read(long(1)), Run())
    before = 0.0
    print("pages    read   check comment suggest     all   growth for twice the pages")
    for pages in (options.pages // 4, options.pages // 2, options.pages):
        data = long(pages)
        reading, made = timed(lambda data=data: read(data))  # type: ignore[misc]
        checking, report = timed(lambda made=made: report_of(made, Run()))  # type: ignore[misc]
        commenting, _ = timed(lambda made=made, report=report: comments(made, report))  # type: ignore[misc]
        suggesting, _ = timed(lambda made=made, report=report: suggest(made, report))  # type: ignore[misc]
        total = reading + checking + commenting
        growth = f"{total / before:.2f}" if before else ""
        print(f"{pages:5} {reading:7.2f} {checking:7.2f} {commenting:7.2f} {suggesting:7.2f} {total:7.2f}   {growth}")
        before = total
    data = long(5)
    count = len(report_of(read(data), Run()).issues)
    ours, _ = timed(lambda: comments(made := read(data), report_of(made, Run())))
    theirs, _ = timed(lambda: peer(data, count))
    print(f"{count} comments on 5 pages: {ours:.2f} s with reading and checking; docx-plus alone {theirs:.2f} s")


if __name__ == "__main__":
    main()
