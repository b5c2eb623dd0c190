"""Prints the answers as one page that needs nothing beside it: scores, worst sentences first, and the letter with its marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from tipletters.annotate.charts import bar, spread
from tipletters.checks.existing import Checked
from tipletters.checks.issue import RANK, Issue, Report, Severity, told
from tipletters.checks.profile import Profile
from tipletters.readers.sources import FOR_WORKER
from tipletters.wording import printable

_WORST = 8
_GAP = re.compile(r"\r?\n[ \t]*\r?\n\s*")
_SHOWN = (("reading_age", 0), ("difficulty", 1))  # scores in the contents, with their places
_SHORT = 240  # letters of a sentence that are shown
_PAGE = Markup("""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="{mark}">
<title>What would trip or hurt the client</title>
<style>{style}</style>
</head>
<body>
<h1>What would trip or hurt the client</h1>
<p class="key">For the worker, not for the client. <mark class="warning">To change</mark>
<mark class="advice">To think about</mark> Each number leads to a note in the margin.</p>
{contents}{letters}
</body>
</html>
""")
_LETTER = Markup("""<section class="letter" id="l{number}">
<h2>{name}</h2>
{problems}<dl class="scores">
{scores}</dl>
<h3>Hardest sentences first</h3>
<ol class="worst">
{worst}</ol>
<h3>How often</h3>
<dl class="counts">
{counts}</dl>
<h3>The letter</h3>
<div class="text">
{text}
</div>
</section>
""")
_CONTENTS = Markup("""<table class="contents">
<tr><th>Letter</th><th>To change</th><th>To think about</th><th>Reading age</th><th>Difficulty</th></tr>
{rows}</table>
""")
_ROW = Markup('<tr><td><a href="#l{}">{}</a></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n')
_STYLE = Markup("""
body{font:12pt/1.5 Arial,Helvetica,sans-serif;color:#1f2a44;background:#fff;max-width:72em;margin:0 auto;padding:1em}
h1{font-size:1.5em}h2{font-size:1.25em;border-top:3px solid #1f2a44;padding-top:.5em;overflow-wrap:anywhere}h3{font-size:1.05em}
.problem{background:#fff4d6;border-left:4px solid #8a5a00;padding:.4em .8em}
dl{display:grid;grid-template-columns:max-content 5em 1fr;gap:.2em 1em;align-items:center;margin:0}
dt{font-weight:bold}dd{margin:0}svg{display:block;max-width:22em;height:auto}
.contents{border-collapse:collapse;margin:1em 0}.contents th,.contents td{text-align:right;padding:.15em 1em .15em 0}
.contents th:first-child,.contents td:first-child{text-align:left;overflow-wrap:anywhere}.contents a{color:#1f2a44}
.worst li{margin-bottom:.4em}.worst a{color:#1f2a44}
.block{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,22em);gap:0 2em;border-bottom:1px solid #e3e6ee;padding:.5em 0}
.block p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:none;color:inherit;padding-bottom:1px}
mark.warning{border-bottom:3px solid #b3261e}mark.advice{border-bottom:2px dotted #1b5fa8}
mark sup{font-size:.7em;font-weight:bold;margin-left:1px}mark sup a{color:inherit;text-decoration:none}
aside{font-size:.85em;line-height:1.35}aside p{margin:0 0 .5em;padding-left:.6em;white-space:normal}
aside p.warning{border-left:3px solid #b3261e}aside p.advice{border-left:3px dotted #1b5fa8}
aside b{font-weight:bold}aside .better{font-weight:bold}aside .check{color:#4a5470}
:target{outline:3px solid #f2b600}
@media(max-width:45em){.block{grid-template-columns:1fr}aside{margin-top:.4em}}
@media print{body{max-width:none;padding:0}.letter{break-after:page}.block{break-inside:avoid}a{text-decoration:none}}
""")


def html_report(checked: Sequence[Checked], profile: Profile) -> bytes:
    """Return one self-contained page about some files.

    Args:
        checked: what came of each file.
        profile: whose aim the scores are shown against.
    """
    letters = Markup("").join(_letter(number, one, profile) for number, one in enumerate(checked))
    contents = _contents(checked) if len(checked) > 1 else ""
    return _PAGE.format(mark=FOR_WORKER, style=_STYLE, contents=contents, letters=letters).encode()


def _contents(checked: Sequence[Checked]) -> Markup:
    """Return a row for each file, with a way to its place on the page."""
    return _CONTENTS.format(rows=Markup("").join(_row(number, one) for number, one in enumerate(checked)))


def _row(number: int, checked: Checked) -> Markup:
    name = printable(str(checked.path))
    if checked.report is None:
        return _ROW.format(number, name, "not read" if checked.error else "left out", "", "", "")
    report = told(checked.report)
    mild = sum(one.severity is Severity.ADVICE for one in report.issues)
    scores = [f"{report.scores[one]:.{places}f}" if one in report.scores else "" for one, places in _SHOWN]
    return _ROW.format(number, name, len(report.issues) - mild, mild, *scores)


def _letter(number: int, checked: Checked, profile: Profile) -> Markup:
    if checked.report is None:
        why = checked.error or f"Left out. {checked.skipped}"
        return Markup('<section class="letter" id="l{}">\n<h2>{}</h2>\n<p class="problem">{}</p>\n</section>\n').format(
            number, printable(str(checked.path)), why
        )
    report = told(checked.report)
    problems = checked.read.problems if checked.read else ()
    return _LETTER.format(
        number=number,
        name=printable(str(checked.path)),
        problems=Markup("").join(Markup('<p class="problem">{}</p>\n').format(one) for one in problems),
        scores=Markup("").join(_scores(report, profile)),
        worst=Markup("").join(_worst(report, number)),
        counts=Markup("").join(_counts(report)),
        text=Markup("\n").join(_blocks(report, number)),
    )


def _scores(report: Report, profile: Profile) -> Iterator[Markup]:
    row = Markup("<dt>{}</dt><dd>{}</dd><dd>{}</dd>\n")
    if not report.scores:
        yield row.format("Words", "none", "")
        return
    age, difficulty = report.scores["reading_age"], report.scores["difficulty"]
    yield row.format("Reading age", f"{age:.0f}", bar(age, 5, 22, aim=profile.aim_reading_age))
    yield row.format("Difficulty", f"{difficulty:.1f} of 6", bar(difficulty, 1, 6))
    ease = report.scores.get("flesch_reading_ease")
    if ease is not None:
        yield row.format("Reading ease", f"{ease:.0f} of 100", bar(ease, 0, 100))
    yield row.format("Sentences by difficulty", len(report.sentences), spread([s.difficulty for s in report.sentences]))
    if report.costly:
        yield row.format("Words that cost most", "", ", ".join(report.costly))


def _worst(report: Report, number: int) -> Iterator[Markup]:
    """Yield the hardest sentences, each with a way to its place in the letter."""
    starts = [start for start, _ in _parts(report.text)]
    for one in report.hardest[:_WORST]:
        text = " ".join(report.text[one.start : one.end].split())
        short = text if len(text) <= _SHORT else f"{text[:_SHORT]} …"
        block = starts[bisect_right(starts, one.start) - 1]
        line = Markup('<li><a href="#b{}-{}">{}</a> (difficulty {:.1f})</li>\n')
        yield line.format(number, block, short, one.difficulty)


def _counts(report: Report) -> Iterator[Markup]:
    counts: dict[str, int] = {}
    for issue in report.issues:
        counts[issue.check] = counts.get(issue.check, 0) + 1
    most = max(counts.values(), default=1)
    for check, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield Markup("<dt>{}</dt><dd>{}</dd><dd>{}</dd>\n").format(check, count, bar(count, 0, most))


def _parts(text: str) -> list[tuple[int, int]]:
    """Return where the blocks of a text begin and end."""
    gaps = [(one.start(), one.end()) for one in _GAP.finditer(text)]
    return list(zip([0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)], strict=True))


def _blocks(report: Report, number: int) -> Iterator[Markup]:
    """Yield the letter block by block, each with its notes beside it."""
    waiting = list(enumerate(report.issues, start=1))
    yield from _whole(waiting)
    waiting = [one for one in reversed(waiting) if one[1].end > one[1].start]
    for start, end in _parts(report.text):
        mine = []
        while waiting and waiting[-1][1].start < end:
            mine.append(waiting.pop())
        if end > start:
            words = _marked(report.text[start:end], start, mine)
            block = Markup('<div class="block" id="b{}-{}"><p>{}</p><aside>{}</aside></div>')
            yield block.format(number, start, words, Markup("").join(map(_note, mine)))


def _whole(numbered: list[tuple[int, Issue]]) -> Iterator[Markup]:
    """Yield what is about the whole letter."""
    notes = [_note(one) for one in numbered if one[1].start == one[1].end]
    if notes:
        yield Markup('<div class="block"><p>(the whole letter)</p><aside>{}</aside></div>').format(
            Markup("").join(notes)
        )


def _marked(part: str, at: int, issues: list[tuple[int, Issue]]) -> Markup:
    """Return a block's words with the issues marked; where several lie over the same words, the gravest shows."""
    cuts = sorted(
        {0, len(part), *(min(max(place - at, 0), len(part)) for _, one in issues for place in (one.start, one.end))}
    )
    made = []
    waiting, over = issues[::-1], list[tuple[int, Issue]]()
    for start, end in pairwise(cuts):
        over = [(n, one) for n, one in over if at + start < one.end]
        while waiting and waiting[-1][1].start < at + end:
            over.append(waiting.pop())
        words = escape(part[start:end])
        if over:
            worst = min((one for _, one in over), key=lambda one: RANK[one.severity])
            begun = [n for n, one in over if one.start == at + start]
            signs = Markup("<sup>{}</sup>").format(" ".join(map(str, begun))) if begun else ""
            words = Markup('<mark class="{}">{}{}</mark>').format(_class(worst), words, signs)
        made.append(words)
    return Markup("").join(made)


def _class(issue: Issue) -> str:
    return "advice" if issue.severity is Severity.ADVICE else "warning"


def _note(numbered: tuple[int, Issue]) -> Markup:
    number, issue = numbered
    better = Markup(' <span class="better">Write: {}</span>').format(" / ".join(issue.suggestions))
    return Markup('<p class="{}"><b>{}</b> {}{} <span class="check">({})</span></p>').format(
        _class(issue), number, issue.message, better if issue.suggestions else "", issue.check
    )
