"""The page's own words obey our own checker; its files are ours, small, and need nothing from elsewhere."""

import ast
import re
from collections.abc import Iterator
from html import unescape

from tipletters.checks.issue import Severity
from tipletters.checks.run import Run, check_text
from tipletters.resources import folder
from tipletters.web import questions
from tipletters.web.here import here
from tipletters.web.pages import STATIC

PAGES = sorted((STATIC.parent / "pages").glob("*.html"))


def words_of_pages() -> str:
    """Everything that stands between tags, or is read out, a paragraph each."""
    found = []
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.S)
        text = re.sub(r"\{\{.*?\}\}", "Anna", text, flags=re.S)
        found += re.findall(r'aria-label="([^"]+)"', text)
        text = re.sub(r"</?(?:span|strong|a|b)\b[^>]*>", "", text)
        found += [part.strip() for part in re.sub(r"<[^>]*>", "\n", text).split("\n")]
    return "\n\n".join(unescape(one) for one in found if re.search(r"[a-z]{2}", one))


def words_of_scripts() -> str:
    source = (STATIC / "words.js").read_text(encoding="utf-8")
    said = re.findall(r'^  \w+: "(.*)",$', source, re.MULTILINE)
    assert len(said) > 20
    return "\n\n".join(re.sub(r"\{\w+\}", "3", one) for one in said)


def words_of_questions() -> str:
    lists = (
        questions.LETTER,
        questions.CLIENT,
        questions.SPOKEN,
        questions.DELIVERY,
        questions.AUTHOR,
        questions.DECIDES,
    )
    return "\n\n".join(words for one in lists for q in one for words in (q.prompt, q.help) if words)


def test_the_pages_own_words_pass_our_own_checker_at_reading_age_11() -> None:
    for words in (words_of_pages(), words_of_scripts(), words_of_questions()):
        # The page speaks to the worker, of the client; and CHI is the name of a number.
        report = check_text(words, run=Run(skip=frozenset({"third-person", "missing"}), allowed=frozenset({"CHI"})))
        worse = [issue for issue in report.issues if issue.severity is not Severity.ADVICE]
        assert [(issue.check, words[issue.start : issue.end]) for issue in worse] == []
        assert report.scores["reading_age"] <= 11


def test_scripts_say_nothing_that_does_not_stand_in_their_list_of_words() -> None:
    for path in STATIC.glob("*.js"):
        if path.name != "words.js":
            code = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert not re.findall(r'"[A-Z][a-z]+ [a-z]+[^"]*"', code), path.name


# What only somebody at a terminal reads: a register put back, a cluster, what is shared without agreement, the server.
TERMINAL_ONLY = ("cli", "keep.py", "engines.py", "disclose.py", "server.py")
COMMAND = re.compile(r"(?<!\S)--?[a-z]|[“`]tipletters |tipletters (?:review|register|final|corrections) ")


def advice() -> Iterator[tuple[str, str]]:
    """Yield what each error says to do, with an x for what is put in."""
    package = folder("templates").parent / "tipletters"
    for path in sorted(package.rglob("*.py")):
        if not {*path.parts} & {*TERMINAL_ONLY}:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "then":
                    yield from ((path.name, said) for said in spoken(node.value))


def spoken(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x.docx" for part in node.values)
    elif isinstance(node, ast.BoolOp):
        for one in node.values:
            yield from spoken(one)


def test_what_an_error_says_to_do_can_be_done_on_the_page() -> None:
    found = [(name, said) for name, said in advice() if COMMAND.search(said)]
    assert len(found) > 15
    for name, said in found:
        assert here(said), f"{name}: {said}"
        assert not COMMAND.search(here(said)), f"{name}: {here(said)}"


def test_the_page_leaves_other_advice_as_it_is_and_what_it_cannot_do_out() -> None:
    assert here("Bring tipletters up to date. Then try again.") == "Bring tipletters up to date. Then try again."
    assert here("Move it. Or add --force.") == "Move it. Or choose “Write over the old ones” where it is offered."
    assert here("Use --other. Then try again.") == "Then try again."
    assert here("Read it: tipletters review read A-1 back.docx. Or wait.").endswith("Or wait.")
    assert here("Read it: tipletters review read back.docx") == (
        "Read it: choose “Open the file” (in its review), then back.docx"
    )


def test_nothing_on_a_page_comes_from_elsewhere_and_nothing_runs_inline() -> None:
    for path in (*PAGES, *STATIC.iterdir()):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|//cdn|@import|url\(", text), path.name
        if path.suffix == ".html":
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", text), path.name
        if path.suffix == ".js":
            assert not re.search(r"localStorage|sessionStorage|indexedDB|eval\(|document\.write|sendBeacon", text), (
                path.name
            )


def test_every_box_keeps_writing_add_ons_out() -> None:
    for path in PAGES:
        for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", path.read_text(encoding="utf-8")):
            assert "parts.still" in tag or "{{ still }}" in tag, f"{path.name}: {tag[:80]}"


def test_scripts_and_pages_are_short() -> None:
    for path in (*PAGES, *STATIC.glob("*.js")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 290, path.name
