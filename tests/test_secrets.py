"""Random letters with a hidden secret, whose truth is known: none is disclosed, and no innocent letter is refused.

The truth is made, not measured: each letter is built of random words, and then either a tell-tale of a withheld passage is
planted in what the recipient may read (five words in a row, a whole short sentence, a marked value), in a hostile shape,
or something that only looks like one (four words, other order, a template's sentence, digits for letters).
"""

import random
import re
import zipfile
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from cases import case, permit
from conftest import NOW

from tipletters.config import Config, House, Organisation
from tipletters.draft import Draft, draft
from tipletters.errors import ProofError
from tipletters.proof import origin_of, prove
from tipletters.template import Template, find
from tipletters.writers import WRITERS

HOW_MANY, OF = 1_000, 10  # by default, and ten times as many under --deep
OWN = """
    garden kettle river window blanket neighbour ladder harvest pigeon bottle candle station market pocket hammer village
    ticket carpet engine winter summer whistle bridge copper island jacket lantern meadow needle orchard parcel quarry
    rocket saddle temple umbrella velvet wagon yellow apron basket cellar dragon eagle feather glove hollow insect jungle
    kitten lemon mirror napkin onion pepper quilt ribbon salmon tunnel uncle valley walnut debts gambling shouting bruises
    cannabis methadone pregnancy prison court slept drank argued frightened hid locked pushed borrowed sold cried
    """.split()
SMALL = "the a you and of to in that with your on at was he she they".split()
MIRRORS = dict(zip("aceopxyijsABEHKMOPTX", "асеорхуіјѕАВЕНКМОРТХ", strict=True))
INVISIBLE = "\u200b\u200c\u2060\u00ad\ufeff\u2063\u180e"
TEMPLATE = """+++
purpose = "For tests"
when = "never"
labels = ["alcohol"]

[[fields]]
name = "said"
type = "prose"
prompt = "What was said?"
example = "Hello"

[[fields]]
name = "points"
type = "list"
prompt = "Points"
example = ["Hello"]

[[fields]]
name = "plan"
type = "rows"
columns = ["who", "what", "when"]
prompt = "Plan"
example = [{ who = "You", what = "rest", when = "today" }]
+++
# What you said

Thank you for coming to our walnut quarry by the river last time.

{{ said }}

{% for one in points %}
- {{ one }}
{% endfor %}

| Who | What | When |
|---|---|---|
{% for row in plan %}
| {{ row.who }} | {{ row.what }} | {{ row.when }} |
{% endfor %}

{% private "alcohol" %}
Thank you for coming to our walnut quarry by the river last time.
{% endprivate %}
"""


def words(chance: random.Random, many: int) -> list[str]:
    """Random words; none stands twice in a row of five, and at least every second is a word of meaning."""
    found: list[str] = []
    while len(found) < many:
        word = chance.choice(OWN if len(found) % 2 == 0 else OWN + SMALL)
        if word not in found[-5:]:
            found.append(word)
    return found


def sentence(found: list[str]) -> str:
    return " ".join(found).capitalize() + "."


def cased(text: str, chance: random.Random) -> str:
    return "".join(chance.choice((ch.upper(), ch.lower())) for ch in text)


def mirrored(text: str, chance: random.Random) -> str:
    return "".join(MIRRORS.get(ch, ch) if chance.random() < 0.6 else ch for ch in text)


def strewn(text: str, chance: random.Random) -> str:
    return "".join(ch + (chance.choice(INVISIBLE[:6]) if chance.random() < 0.3 else "") for ch in text)


def entities(text: str, chance: random.Random) -> str:
    kinds = (lambda ch: f"&#{ord(ch)};", lambda ch: f"&#x{ord(ch):x};", lambda ch: ch, lambda ch: ch)
    return "".join(chance.choice(kinds)(ch) if ch.isalpha() else ch for ch in text)


def bold(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    return f"{text[:at]}**{text[at:]}**" if text[at - 1 : at + 1].isalpha() else text


SHAPES = (
    lambda text, _: text,
    cased,
    mirrored,
    strewn,
    entities,
    bold,
    lambda text, _: text.replace(" ", "\u00a0"),
    lambda text, _: text.replace(" ", "\u200b"),
    lambda text, _: "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in text),
    lambda text, _: "".join(ch + ("\u0301" if ch in "aeiou" else "") for ch in text),
    lambda text, _: text.replace(" ", " \u2014 "),
    lambda text, _: text.translate({ord("a") + n: 0x1F170 + n for n in range(26)}),
    lambda text, _: text.translate({ord("a") + n: 0x24D0 + n for n in range(26)}),
    lambda text, _: text.translate(str.maketrans("abcdeijkmnoprtuvw", "ᴀʙᴄᴅᴇɪᴊᴋᴍɴᴏᴘʀᴛᴜᴠᴡ")),
    lambda text, chance: strewn(mirrored(cased(text, chance), chance), chance),
)


class Made:
    """One random letter: the case, whether a secret was planted, and where."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = random.Random(seed)
        self.hidden = [words(chance, chance.randrange(8, 25)) for _ in range(chance.randrange(1, 4))]
        self.short = words(chance, 3)
        self.value = " ".join(words(chance, 2))
        self.said = [sentence(words(chance, chance.randrange(6, 25))) for _ in range(chance.randrange(1, 5))]
        self.points = [" ".join(words(chance, 4)) for _ in range(2)]
        self.plan = [{"who": "You", "what": " ".join(words(chance, 3)), "when": "each morning"} for _ in range(2)]
        self.alt, self.name = "Our logo", "Mill Lane"
        self.guilty = chance.random() < 0.5
        self.place = chance.choice(PLACES if self.guilty else PLACES[:4])
        shape = chance.choice(SHAPES)
        if self.place != "prose" and shape is bold:
            shape = cased
        self.bare = self.secret() if self.guilty else self.innocent()
        self.planted = shape(self.bare, chance)
        self.put(self.planted)

    def secret(self) -> str:
        """A tell-tale: five words in a row, a whole sentence, or a marked value."""
        kind = self.chance.choice(["stretch", "stretch", "stretch", "long", "sentence", "value"])
        if kind == "sentence":
            return " ".join(self.short)
        if kind == "value":
            return self.value
        passage = self.chance.choice(self.hidden)
        many = 5 if kind == "stretch" else self.chance.randrange(6, len(passage) + 1)
        at = self.chance.randrange(len(passage) - many + 1)
        return " ".join(passage[at : at + many])

    def innocent(self) -> str:
        """What only looks like a tell-tale."""
        passage = self.chance.choice(self.hidden)
        at = self.chance.randrange(len(passage) - 4)
        kind = self.chance.choice(["four", "order", "template", "apart", "digits", "own"])
        five = passage[at : at + 5]
        return {
            "four": " ".join(five[:4]),
            "order": " ".join(sorted(five, reverse=five == sorted(five, reverse=True) or five != sorted(five))),
            "template": "Thank you for coming to our walnut quarry by the river",
            "apart": " ".join([*five[:3], "otherwise", *five[3:]]),
            "digits": " ".join(five[:4]) + " 0",
            "own": " ".join(words(self.chance, 6)),
        }[kind]

    def put(self, text: str) -> None:
        if self.place == "prose":
            self.said.insert(self.chance.randrange(len(self.said) + 1), f"Then, {text}, indeed.")
        elif self.place == "bullet":
            self.said.append(f"- otherwise {text} indeed\n- quite so")
        elif self.place == "list item":
            self.points.append(text)
        elif self.place == "table cell":
            self.plan[0]["what"] = text
        elif self.place == "two cells":
            first, _, rest = text.replace("\u00a0", " ").replace("\u200b", " ").partition(" ")
            self.plan[1] |= {"what": first, "when": rest or first}
        elif self.place == "alternative text":
            self.alt = text
        else:
            self.name = text

    def draft(self, folder: Path, template: Template, logo: Path) -> tuple[Draft, House]:
        at = self.chance.randrange(len(self.said) + 1)
        kept = [f"[private: home life] {sentence(one)}" for one in self.hidden]
        kept[0] += f" {sentence(self.short)}"
        said = "\n\n".join([*self.said[:at], *kept, *self.said[at:]])
        row = {"who": "I", "what": self.value, "when": "each morning", "private": "home life"}
        points = [*self.points, f"[private: home life] {' '.join(words(self.chance, 3))}"]
        fields = {"said": said, "points": points, "plan": [*self.plan, row]}
        house = House(Config(Organisation(self.name, logo=logo.name, logo_alt=self.alt)), folder)
        made = case(folder, fields=fields, provisions=[permit()], recipients=[{"key": "gp", "name": "Dr Hart"}])
        return draft(made, house, now=NOW, template=template), house


PLACES = ["prose", "bullet", "list item", "table cell", "two cells", "alternative text", "letterhead"]


def is_truly_innocent(made: Made) -> bool:
    """The definition written a second time, over the plain words that the letter was built of."""
    rows = (f"{row['who']} {row['what']} {row['when']}" for row in made.plan)
    said = "\n".join([*made.said, *made.points, *rows]).replace(made.planted, made.bare)
    shown = " ".join(re.findall("[a-z0-9]+", said.lower()))
    kept = [*(" ".join(one[at : at + 5]) for one in made.hidden for at in range(len(one) - 4))]
    return not any(f" {one} " in f" {shown} " for one in (*kept, " ".join(made.short), made.value))


@lru_cache(maxsize=1)
def _logo() -> bytes:
    from tipletters.resources import folder

    return (folder("templates") / "examples" / "logo.png").read_bytes()


def test_of_random_letters_none_discloses_its_secret_and_no_innocent_one_is_refused(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "hidden.txt").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(_logo())
    template = find("hidden", [tmp_path / "templates"])
    many = HOW_MANY * (OF if request.config.getoption("--deep") else 1)
    disclosed, refused, guilty = [], [], 0
    for seed in range(many):
        made = Made(seed)
        kind = made.chance.choice(["docx", "docx", "html", "text"])
        if made.place == "alternative text" and kind == "text":
            kind = "docx"
        if not made.guilty and not is_truly_innocent(made):
            continue
        drafted, house = made.draft(tmp_path, template, tmp_path / "logo.png")
        client, copy = drafted.copies[0], drafted.copies[-1]
        assert copy.letter is not None
        data = WRITERS[kind].write(copy.letter, copy.look, house, {})
        origin = origin_of(drafted.case, drafted.template)
        try:
            prove(data, kind, copy.letter, copy.look, house, hidden=copy.hidden, origin=origin, whole=client.letter)
        except ProofError as error:
            assert not re.search("|".join(OWN), str(error))
            if not made.guilty:
                refused.append((seed, made.place))
        else:
            if made.guilty:
                disclosed.append((seed, made.place, kind))
        guilty += made.guilty
    assert not disclosed
    assert not refused
    assert many * 0.4 < guilty < many * 0.6


def test_the_planted_secret_is_really_in_the_package(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "hidden.txt").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(_logo())
    template = find("hidden", [tmp_path / "templates"])
    found = 0
    for seed in range(60):
        made = Made(seed)
        if made.guilty and made.planted.isascii() and "&" not in made.planted and "*" not in made.planted:
            drafted, house = made.draft(tmp_path, template, tmp_path / "logo.png")
            copy = replace(drafted.copies[-1])
            assert copy.letter is not None
            with zipfile.ZipFile(BytesIO(WRITERS["docx"].write(copy.letter, copy.look, house, {}))) as archive:
                everything = b" ".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
            first = made.planted.split()[-1].strip(".")
            assert first in everything
            found += 1
    assert found > 2
