"""Fit the sentence difficulty formula, and write wordlists/difficulty.tsv, rarity.txt and letter-groups.txt.

    python bench/fit_difficulty.py --sentences medreadme-train-dev.csv

Needs numpy, scipy and wordfreq. Everything is fitted on the train split of MedReadMe (Jiang and Xu, EMNLP 2024); the dev
split is judged once, at the end, with the files as written. Sentences that stand in both splits are left out of the fit.

Two fits, then their mean:
1. points: score = a + sqrt(30 (0.05 + sum of points) / (words + 10)) + length, brackets, commas. The points of a word are a
   smoothed sum of weights for its frequency, for its groups of letters, for the kind of word list that it stands in
   (jargon, medicines, rare but plain), and for the word itself where it stands in many sentences (ridge).
2. rarity: score = a + b sqrt(rarity / (words + 3)) + c ln(words + 1). Rarity is 5 less the word's Zipf frequency.
"""

import argparse
import bisect
import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from textstat import textstat
from wordfreq import iter_wordlist, zipf_frequency

from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import rows
from tipletters.checks.lexis.words import TOKEN, base, kind, letter_groups

OUT = Path(__file__).parent.parent / "wordlists"
KNOTS = [1, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7]
LOWEST, SHARP, RIDGE, GROUP = 2.2, 4.0, 0.7, 0.14  # chosen by cross-validation on train
FLOOR, SHORT, UNLISTED_RARITY = 0.05, 10, 4.2
OFTEN = 20  # sentences in which a word must stand to have a weight of its own
LISTED = 0.5
LISTS = {
    "jargon": ("jargon-health", "jargon-mind", "jargon-care", "jargon-justice"),
    "office": ("jargon-office",),
    "medicines": ("medicines",),
    "rare but plain": ("rare-but-plain",),
}
KINDS = ("number", "code", "mixed", "letter")


def read(path: Path) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """The sentences and ratings of train (without those that stand in dev too) and of dev."""
    with path.open(encoding="utf-8") as file:
        rows = [(row["sentence"], float(row["readability"]), row["split"]) for row in csv.DictReader(file)]
    dev = [(text, rating) for text, rating, split in rows if split == "dev"]
    both = {text for text, _ in dev}
    train = {text: rating for text, rating, split in rows if split == "train" and text not in both}
    return list(train.items()), dev


def vocabulary() -> dict[str, float]:
    """Words with their Zipf frequency, from a lowest one up."""
    found: dict[str, float] = {}
    for word in iter_wordlist("en", "large"):
        word = word.replace("’", "'")
        frequency = zipf_frequency(word, "en", "large")
        if frequency >= LOWEST and word.replace("'", "").isalpha() and (len(word) > 1 or word in "ai"):
            found.setdefault(word, frequency)
    return found


def listed() -> dict[str, set[str]]:
    """Words that stand alone in a word list, in all their forms, with the kinds of list."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, files in LISTS.items():
        for term, _, note, _ in (row for file in files for row in rows(file)):
            for form in forms(term.lower(), note):
                found[form].add(name)
    return found


KNOWN_BY_LIST = listed()


def features(token: str, zipf: Mapping[str, float], groups: set[str], own: set[str]) -> dict[str, float]:
    """What makes a token hard, by name; `groups` and `own` are the groups of letters and the words with a weight."""
    if kind(token) != "word":
        return {f"points of a {kind(token)}": 1.0}
    word = base(token)
    made = {"unlisted word": 1.0}
    if word in zipf:
        at = min(max(zipf[word], 1), 7)
        left = min(bisect.bisect_right(KNOTS, at) - 1, len(KNOTS) - 2)
        share = (at - KNOTS[left]) / (KNOTS[left + 1] - KNOTS[left])
        made = {f"zipf {KNOTS[left]}": 1 - share, f"zipf {KNOTS[left + 1]}": share}
        made |= {f"listed {name}": LISTED for name in KNOWN_BY_LIST.get(word, ())}
        made |= {f"word {word}": 1.0} if word in own else {}
    if len(word) > 3:
        made |= {f"group {group}": GROUP for group in sorted(letter_groups(word) & groups)}
    return made


def tokens_of(text: str) -> list[str]:
    """The words of a sentence."""
    return TOKEN.findall(text.lower() if text.isupper() else text)


def softplus(value: np.ndarray) -> np.ndarray:
    """A smooth way of keeping points above nothing."""
    return np.logaddexp(0, SHARP * value) / SHARP


def fit_points(train: list[tuple[str, float]], zipf: Mapping[str, float]) -> tuple[dict[str, float], np.ndarray, float]:
    """The first fit: weights of a token's features, of length, brackets and commas, and where the scale begins."""
    lists = [tokens_of(text) for text, _ in train]
    types = sorted({token for tokens in lists for token in tokens})
    words = {base(token) for token in types if kind(token) == "word" and len(token) > 3}
    counted = Counter(group for word in sorted(words) for group in letter_groups(word))
    groups = {group for group, count in counted.items() if count >= 4}
    held = Counter(word for tokens in lists for word in {base(token) for token in tokens})
    own = {word for word, count in held.items() if count >= OFTEN}
    by_type = [features(token, zipf, groups, own) for token in types]
    names = sorted({name for made in by_type for name in made})
    place, column = {token: n for n, token in enumerate(types)}, {name: n for n, name in enumerate(names)}
    counts = _sparse([Counter(place[token] for token in tokens) for tokens in lists], len(types))
    weights = _sparse([{column[name]: value for name, value in made.items()} for made in by_type], len(names))
    lengths = np.array([len(tokens) for tokens in lists], float)
    shape = np.stack(
        [np.log(lengths + 1), [text.count("(") for text, _ in train], [text.count(",") for text, _ in train]], 1
    )
    spread, rated = shape.std(0) + 1e-9, np.array([rating for _, rating in train])
    scaled, size, root = shape / spread, len(names), np.sqrt(30 / (lengths + SHORT))

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        theta, slopes, start = values[:size], values[size:-1], values[-1]
        raw = SHARP * (weights @ theta)
        total = counts @ (np.logaddexp(0, raw) / SHARP) + FLOOR
        hard = root * np.sqrt(total)
        error = start + hard + scaled @ slopes - rated
        back = weights.T @ ((1 / (1 + np.exp(-raw))) * (counts.T @ (error * hard / total)))
        gradient = np.concatenate([back + 2 * RIDGE * theta, 2 * scaled.T @ error + 4 * slopes, [2 * error.sum()]])
        return float(error @ error + RIDGE * theta @ theta + 2 * slopes @ slopes), gradient

    begin = np.concatenate([np.full(size, 0.01), np.zeros(3), [2.0]])
    best = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return dict(zip(names, best[:size], strict=True)), best[size:-1] / spread, float(best[-1])


def _sparse(rows: Iterable[Mapping[int, float]], width: int) -> sparse.csr_matrix:
    listed = list(rows)
    at = [(row, column, value) for row, made in enumerate(listed) for column, value in made.items()]
    return sparse.csr_matrix(([v for *_, v in at], ([r for r, *_ in at], [c for _, c, _ in at])), (len(listed), width))


def rarity(token: str, zipf: Mapping[str, float]) -> float:
    """5 less a word's Zipf frequency; numbers have none."""
    if kind(token) == "number":
        return 0.0
    word = base(token)
    return round(max(0.0, 5 - zipf[word]), 1) if word in zipf else UNLISTED_RARITY


def fit_rarity(train: list[tuple[str, float]], zipf: Mapping[str, float]) -> np.ndarray:
    """The second fit: slopes of rarity and length, and where the scale begins."""
    rows = []
    for text, _ in train:
        tokens = tokens_of(text)
        total = sum(rarity(token, zipf) for token in tokens)
        rows.append([math.sqrt(total / (len(tokens) + 3)), math.log(len(tokens) + 1), 1.0])
    return np.linalg.lstsq(np.array(rows), np.array([rating for _, rating in train]), rcond=None)[0]


def write(
    theta: Mapping[str, float], shape: np.ndarray, start: float, rare: np.ndarray, zipf: Mapping[str, float]
) -> None:
    """Write the three files."""
    groups, own = _named("group ", theta), _named("word ", theta)
    by_points: dict[tuple[float, float, int], list[str]] = defaultdict(list)
    for word in zipf:
        value = sum(theta.get(name, 0.0) * amount for name, amount in features(word, zipf, groups, own).items())
        points = round(round(float(softplus(np.array(value))) / 0.05) * 0.05, 2)
        by_points[points, rarity(word, zipf), max(1, textstat.syllable_count(word))].append(word)
    lines = [
        f"{one:g}\t{other:g}\t{beats}\t{' '.join(sorted(words))}"
        for (one, other, beats), words in sorted(by_points.items())
    ]
    _replace("rarity.txt", lines)
    by_weight: dict[float, list[str]] = defaultdict(list)
    for group in groups:
        if abs(weight := round(theta[f"group {group}"] * GROUP, 2)) >= 0.02:
            by_weight[weight].append(group)
    _replace(
        "letter-groups.txt", [f"{weight:g}\t{' '.join(sorted(found))}" for weight, found in sorted(by_weight.items())]
    )
    source = "MedReadMe train"
    rows = [
        ("base", (start + rare[2]) / 2, "where the scale begins", source),
        ("hard words", math.sqrt(30) / 2, "times the root of (points + 0.05) / (words + 10)", "fixed scale"),
        ("rare words", rare[0] / 2, "times the root of (rarity / (words + 3))", source),
        ("long sentence", (shape[0] + rare[1]) / 2, "times the natural logarithm of (words + 1)", source),
        ("brackets", shape[1] / 2, "for each opening bracket: what follows often explains", source),
        ("commas", shape[2] / 2, "for each comma: it breaks a sentence into parts", source),
        *(
            (f"points of a {one}", float(softplus(np.array(theta.get(f"points of a {one}", 0.0)))), "alone", source)
            for one in KINDS
        ),
        ("unlisted word", theta.get("unlisted word", 0.0), "before its letter groups count", source),
        ("unlisted rarity", UNLISTED_RARITY, "rarity of a word that is not listed", "chosen on train"),
    ]
    _replace("difficulty.tsv", [f"{name}\t{weight:.4f}\t{note}\t{origin}" for name, weight, note, origin in rows])


def _named(start: str, theta: Iterable[str]) -> set[str]:
    return {name.removeprefix(start) for name in theta if name.startswith(start)}


def _replace(name: str, lines: list[str]) -> None:
    """Keep a file's head, its origin and licence, and put in new lines."""
    path = OUT / name
    old = path.read_text(encoding="utf-8").splitlines()
    count = sum(line.startswith("# ") for line in old) + 1
    path.write_text("\n".join([*old[:count], *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, write, and judge on dev."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path, required=True)
    train, dev = read(parser.parse_args().sentences)
    zipf = vocabulary()
    theta, shape, start = fit_points(train, zipf)
    write(theta, shape, start, fit_rarity(train, zipf), zipf)
    from tipletters.checks.text.difficulty import sentence_difficulty

    rated = [rating for _, rating in dev]
    print(
        f"dev, {len(dev)} sentences: r = {np.corrcoef([sentence_difficulty(text) for text, _ in dev], rated)[0, 1]:.3f}"
    )
    alone = [math.sqrt(sum(rarity(token, zipf) for token in tokens_of(text))) for text, _ in dev]
    print(f"the root of the summed rarity alone: r = {np.corrcoef(alone, rated)[0, 1]:.3f}")


if __name__ == "__main__":
    main()
