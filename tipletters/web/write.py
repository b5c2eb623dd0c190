"""The page on which a letter is written: the form, and the letter beside it as each recipient will have it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tipletters.checks.run import check, check_text
from tipletters.config import find
from tipletters.consent import CLIENT
from tipletters.copies import Copy
from tipletters.dates import long_date
from tipletters.draft import template_folders
from tipletters.errors import TiplettersError
from tipletters.setting import example_setting, person_of
from tipletters.template import Review, Template, names, render
from tipletters.template import load as load_template
from tipletters.template.marking import keep_private, without_markers
from tipletters.web import shelf
from tipletters.web.answers import told
from tipletters.web.check import as_marks, in_points, run_of
from tipletters.web.desk import Desk
from tipletters.web.here import here
from tipletters.web.mistakes import mistakes
from tipletters.web.pages import page
from tipletters.web.preview import Made, make
from tipletters.web.questions import Question, answers, filled, parts
from tipletters.wording import capital_first, sentence
from tipletters.writers.html import html_of

# Of a whole letter, not of one answer.
_OF_WHOLE = frozenset({"missing"})


def show(desk: Desk, asked: Mapping[str, str]) -> str:
    """Return the letter's page, or where no letter is named, the templates to begin one with."""
    if "letter" not in asked:
        return page("begin.html", desk, templates=_templates(desk))
    path, text, data = shelf.read(desk, asked["letter"])
    template = shelf.template_of(path, data)
    sections = [(name, about, [filled(one, data) for one in asks]) for name, about, asks in parts(template.head)]
    return page(
        "write.html",
        desk,
        letter=asked["letter"],
        seen=shelf.state(text),
        tab=next(desk.numbers),
        purpose=template.head.purpose,
        labels=template.head.labels,
        asks=template.head.review is not Review.NONE,
        aim=run_of(desk).profile.aim_reading_age,
        sections=sections,
        allowed=list(data.get("allow", ())),
    )


def _templates(desk: Desk) -> list[dict[str, Any]]:
    """Return every template with its picture; each is drawn again only when its file has changed."""
    folders = template_folders(desk.folder, find(desk.folder))
    drawn: dict[tuple[Path, int], dict[str, Any]] = desk.held.setdefault("templates", {})
    found = [(name, path, (path, path.stat().st_mtime_ns)) for name, path in names(folders).items()]
    setting = example_setting()
    for name, path, state in found:
        if state not in drawn:
            drawn[state] = _card(name, path, folders, setting)
    return [drawn[state] for *_, state in found]


def _card(name: str, path: Path, folders: list[Path], setting: Mapping[str, Any]) -> dict[str, Any]:
    try:
        template = load_template(path, folders)
        picture = _picture(template, setting)
    except TiplettersError as error:
        return {"name": name, "error": told(error)}
    return {"name": name, "purpose": template.head.purpose, "when": template.head.when, "picture": picture}


def _picture(template: Template, setting: Mapping[str, Any]) -> Markup:
    """Return what a template makes of its own examples."""
    given = {one.name: one.default if one.example is None else one.example for one in template.head.fields}
    known = {name: value for name, value in given.items() if value is not None}
    return html_of(render(template, known, setting, reference="EXAMPLE-1", where=str(template.source.path))[:12])


def begin(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Begin a letter."""
    return {"go": f"write?letter={shelf.begin(desk, str(data.get('template', '')))}"}


def save(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Save what the form holds, and return the letter as it now is for the recipient who is looked at."""
    path, _, held = shelf.read(desk, data.get("letter"))
    template = shelf.template_of(path, held)
    state, now = shelf.keep(desk, data, _given(template, data))
    return {"seen": state, "view": _seen_by(desk, path, now, template, str(data.get("who", CLIENT)))}


def beside(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Keep what the form holds as a letter of its own, since the letter itself was changed somewhere else."""
    path, _, held = shelf.read(desk, data.get("letter"))
    given = _given(shelf.template_of(path, held), data)
    return {"go": f"write?letter={shelf.keep_beside(desk, data.get('letter'), given)}"}


def _given(template: Template, data: Mapping[str, Any]) -> dict[str, Any]:
    sent = data.get("data")
    return answers(_asked(template), sent if isinstance(sent, Mapping) else {})


def _asked(template: Template) -> Iterator[Question]:
    return (one for _, _, asks in parts(template.head) for one in asks)


def view(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the letter as one recipient will have it; what is withheld from them is not in the answer."""
    path, text, held = shelf.read(desk, data.get("letter"))
    template = shelf.template_of(path, held)
    return {"seen": shelf.state(text), "view": _seen_by(desk, path, held, template, str(data.get("who", CLIENT)))}


def _seen_by(desk: Desk, path: Path, held: Mapping[str, Any], template: Template, who: str) -> dict[str, Any]:
    try:
        made = make(desk, path, held, template)
    except TiplettersError:
        wrong, error = mistakes(lambda given: make(desk, path, given, template), held, _asked(template))
        return {"mistakes": wrong} | ({"error": _whole(error, path)} if error else {})
    desk.held[f"about {path}"] = person_of(made.draft.case, made.house)
    copies = made.draft.copies
    if not copies:
        return {"stopped": made.draft.stopped, "missing": made.missing}
    copy = next((one for one in copies if one.key == who), copies[0])
    whole = copies[0]
    return {
        "people": [_tab(one, made) for one in copies],
        "who": copy.key,
        "html": _sheet(copy, made),
        "look": {"size": copy.look.size, "line": copy.look.line, "background": copy.look.background},
        "why_none": copy.why_none,
        "ask": here(copy.ask),
        "withheld": [f"{label} ({why})" for label, why in copy.withheld],
        "way": sentence(copy.way) if copy.way else "",
        "missing": made.missing,
        "questions": made.draft.questions,
        "unmet": made.draft.unmet,
        "register": made.draft.register,
        "reads": _reads(desk, whole, made),
    }


def _whole(error: TiplettersError, path: Path) -> dict[str, Any]:
    """Return an error that is about no one question."""
    return told(error) | {"where": error.where.removeprefix(str(path)).removeprefix(", ")}


def _tab(copy: Copy, made: Made) -> dict[str, Any]:
    roles = {one.key: one.role or one.name for one in made.draft.case.recipients}
    return {
        "key": copy.key,
        "short": capital_first(roles.get(copy.key, copy.whom)),
        "whom": capital_first(copy.whom),
        "has": copy.letter is not None,
    }


def _sheet(copy: Copy, made: Made) -> str:
    """Return a copy as a sheet of paper."""
    if copy.letter is None:
        return ""
    head, organisation = copy.letter.head, made.house.config.organisation
    lines = [("house", (organisation.name, *organisation.address)), ("to", head.addressee), ("frame", head.frame)]
    blocks = [
        Markup('<p class="{}">{}</p>').format(kind, Markup("<br>").join(text)) for kind, text in lines if any(text)
    ]
    day = Markup("<p>{}</p>").format(long_date(head.date))
    foot = Markup('<p class="foot">Reference {}</p>').format(head.reference)
    return str(Markup("").join((*blocks, day, html_of(copy.letter.blocks), foot)))


def _reads(desk: Desk, copy: Copy, made: Made) -> dict[str, Any]:
    if copy.letter is None:
        return {}
    run = run_of(desk, made.draft.case.allow)
    report = check(copy.letter, about=person_of(made.draft.case, made.house), run=run)
    whole = [one.message for one in report.issues if one.check in _OF_WHOLE]
    return {"scores": report.scores, "whole": whole}


def check_answer(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Check one answer of the form, as it is typed."""
    path = shelf.case_file(desk, data.get("letter"))
    about = desk.held.get(f"about {path}")
    run = run_of(desk, map(str, shelf.listed(data, "allowed")), skip=_OF_WHOLE)
    return as_marks(check_text(without_markers(str(data.get("text", ""))), about=about, run=run))


def private(_: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Mark what is selected as private, or take the mark away."""
    text, label = str(data.get("text", "")), data.get("label")
    start, end = sorted(in_points(text, data.get(edge)) for edge in ("start", "end"))
    lines = data.get("kind") == "list"
    return {"text": keep_private(text, start, end, None if label is None else str(label).strip(), lines=lines)}


def allow(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Let a word stand in this letter."""
    _, _, held = shelf.read(desk, data.get("letter"))
    words = [*map(str, shelf.listed(held, "allow")), str(data.get("word", ""))]
    state, now = shelf.keep(desk, data, {"allow": list(dict.fromkeys(words))})
    return {"seen": state, "allowed": now["allow"]}
