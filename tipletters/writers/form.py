"""Prints controls as a form in HTML that works without a network and saves its answers to a file.

The page keeps nothing by itself: no cookie, no storage. What is typed is gone when the page is
closed, unless it is saved.
"""

import base64
import hashlib
import re

from markupsafe import Markup

from tipletters.letter import EMPTY, Control, Fill, Letter, clean

STYLE = (
    ".answer{margin:.4em 0;padding:.4em .6em;border:1px solid #767676;border-radius:.3em;background:#fff;color:#1f2a44}"
    ".answer:has([type=checkbox]){display:inline-block;min-width:26%;margin-right:.4em}"
    ".answer label{display:block;margin-right:3em}"
    ".answer input[type=checkbox]{width:1.5em;height:1.5em;vertical-align:middle;margin-right:.6em}"
    ".answer textarea,.answer select,.answer input[type=date]{display:block;font:inherit;margin-top:.3em;padding:.3em;"
    "border:1px solid #767676}.answer textarea{width:97%;min-height:4em}.key{color:#595959;float:right}"
    ":focus-visible{outline:3px solid #1f2a44;outline-offset:2px}"
    "#shared{border-left:.4em solid #1f2a44;padding:.3em .8em}"
    "#save{font:inherit;font-weight:bold;padding:.7em 1.2em;border:0;border-radius:.3em;background:#1f2a44;color:#fff}"
    "@media print{#saving,#shared{display:none}}"
)
_SCRIPT = """
document.getElementById("saving").hidden = false;
document.querySelector("main").prepend(document.getElementById("shared"));
document.getElementById("save").addEventListener("click", function () {
  var answers = {};
  document.querySelectorAll("[data-tag]").forEach(function (one) {
    answers[one.name] = one.type === "checkbox" ? one.checked : one.value;
  });
  var place = document.getElementById("saving");
  var text = JSON.stringify({tipletters: "answers", version: 1, reference: place.dataset.reference, answers: answers});
  var link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], {type: "application/json"}));
  link.download = place.dataset.file;
  link.click();
  document.getElementById("saved").hidden = false;
});
"""
_HASH = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_POLICY = Markup(f"; script-src 'sha256-{_HASH}'")  # noqa: S704 - our own
SHARED = (
    "Does somebody else use this computer or phone? Then they could find this page and the file with your answers. "
    "You can delete both when you have sent them. Or you can tell us your answers on the phone."
)
SAVE = "Save my answers"
SAVED = "Your answers are now in a file in your downloads. Please give or send us that file."
_SAVING = Markup(
    '<section id="saving" hidden data-reference="{}" data-file="{}">\n<p id="shared">{}</p>\n'
    '<p><button type="button" id="save">{}</button></p>\n<p id="saved" role="status" hidden>{}</p>\n</section>\n'
    "<script>{}</script>\n"
)


def around(letter: Letter) -> tuple[Markup, Markup, str]:
    """Return what a page with controls needs beside them: leave for its script, the script with its button, and looks.

    All are empty where the letter has no controls.
    """
    if not any(isinstance(block, Control) for block in letter.blocks):
        return Markup(""), Markup(""), ""
    reference = clean(letter.head.reference)
    file = f"answers-{'-'.join(re.findall('[A-Za-z0-9]+', reference))}.json"
    code = Markup(_SCRIPT)  # noqa: S704 - our own
    return _POLICY, _SAVING.format(reference, file, SHARED, SAVE, SAVED, code), STYLE


def control(one: Control) -> Markup:
    """Return one control as a labelled field."""
    return Markup('<div class="answer"><span class="key">{}</span><label>{}</label></div>').format(
        one.key, _BODIES[one.fill](one)
    )


def _tick(one: Control) -> Markup:
    return Markup('<input type="checkbox" name="{}" data-tag="{}">{}').format(one.key, one.tag, one.text)


def _choice(one: Control) -> Markup:
    options = Markup("").join(Markup("<option>{}</option>").format(option) for option in one.options)
    return Markup('{}<select name="{}" data-tag="{}"><option value="">{}</option>{}</select>').format(
        one.text, one.key, one.tag, EMPTY[one.fill], options
    )


def _writing(one: Control) -> Markup:
    return Markup('{}<textarea name="{}" data-tag="{}"></textarea>').format(one.text, one.key, one.tag)


def _day(one: Control) -> Markup:
    return Markup('{}<input type="date" name="{}" data-tag="{}">').format(one.text, one.key, one.tag)


_BODIES = {Fill.TICK: _tick, Fill.CHOICE: _choice, Fill.TEXT: _writing, Fill.DATE: _day}
