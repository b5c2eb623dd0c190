"""Fit what tells a word of the trade from another rare word, and write wordlists/trade-words.txt and trade-groups.txt.

    python bench/fit_trade.py --terms nci-dictionary-terms.txt

Needs numpy, scikit-learn and wordfreq. Words of the trade: the rare words in our own lists of health and mind, and in the
names of the NCI Dictionary of Cancer Terms. Other words: rare words of wordfreq, and wordlists/rare-but-plain.tsv. A word
weighs what its groups of three to five letters weigh together (logistic regression, few groups by an L1 penalty). Rare
words of the NCI dictionary are listed as they are, unless their letters, fitted without them, say that they are plain.
"""

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from wordfreq import top_n_list, zipf_frequency

from tipletters.checks.lexis.lists import rows
from tipletters.checks.lexis.words import letter_groups

OUT = Path(__file__).parent.parent / "wordlists"
BRITISH = (
    ("emia", "aemia"),
    ("edema", "oedema"),
    ("rrhea", "rrhoea"),
    ("hemo", "haemo"),
    ("hemat", "haemat"),
    ("esoph", "oesoph"),
    ("estro", "oestro"),
    ("pediatr", "paediatr"),
    ("gynec", "gynaec"),
    ("anesth", "anaesth"),
    ("ischem", "ischaem"),
    ("celiac", "coeliac"),
    ("cecum", "caecum"),
    ("cecal", "caecal"),
    ("tumor", "tumour"),
    ("leuko", "leuco"),
)
MEDICINE = re.compile(
    r"(?:mab|nib|lib|rib|stat|mycin|rubicin|platin|mustine|tinib|vir|taxel|citabine|cept|leucel|dine|zole|pril|statin|olol)$"
)
RARE, VERY_RARE, SEEN, PLAIN = 3.4, 3.2, 12, 0.5


def rare(text: str, limit: float) -> set[str]:
    """The words of four letters or more in a text that are rarer than a limit."""
    return {word for word in re.findall(r"(?<![\w-])[a-z]{4,}(?![\w-])", text) if zipf_frequency(word, "en") < limit}


def spelled(words: set[str]) -> set[str]:
    """The words without names of medicines, in American and British spelling."""
    found = {word for word in words if not MEDICINE.search(word)}
    for american, british in BRITISH:
        found |= {word.replace(american, british) for word in found if american in word and british not in word}
    return found


def others(trade: set[str]) -> set[str]:
    """Rare words that are no words of the trade."""
    found = {term for term, *_ in rows("rare-but-plain") if term.isalpha() and term.islower() and len(term) > 3}
    for word in top_n_list("en", 200_000):
        if word.isascii() and word.isalpha() and len(word) > 3 and 1.2 < zipf_frequency(word, "en") < 3.6:
            found.add(word)
    return found - trade


def head(what: str) -> str:
    """The first lines of a file."""
    return (
        f"# {what}\n# Origin: fitted on our own lists, the terms of the NCI Dictionary of Cancer Terms (US National Cancer Institute) and the "
        "words of wordfreq 3.1.1 (Robyn Speer) by bench/fit_trade.py; a word and a weight are facts\n# Licence: CC0-1.0\n"
    )


def main() -> None:
    """Fit, judge by cross-validation, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=Path, required=True)
    lines = parser.parse_args().terms.read_text(encoding="utf-8")
    terms = spelled(rare(lines, VERY_RARE))
    ours = {
        word
        for name in ("jargon-health", "jargon-mind")
        for term, _, note, _ in rows(name)
        if "mild" not in note and "company" not in note
        for word in rare(term.lower(), RARE)
    }
    plain = others(terms | ours)
    words = sorted(terms | ours) + sorted(plain)
    truth = np.array([int(word not in plain) for word in words])
    counted = Counter(group for word in words for group in letter_groups(word))
    kept = {group for group, count in counted.items() if count >= SEEN}
    names = DictVectorizer()
    table = names.fit_transform([dict.fromkeys(letter_groups(word) & kept, 1) for word in words])
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    model = LogisticRegression(C=0.2, penalty="l1", solver="liblinear", class_weight={1: 5, 0: 1})
    apart = cross_val_predict(
        model, table, truth, cv=StratifiedKFold(5, shuffle=True, random_state=1), method="predict_proba"
    )[:, 1]
    for limit in (0.5, 0.7, 0.9):
        said = apart >= limit
        print(f"{limit}: precision {truth[said].mean():.2f}, recall {said[truth == 1].mean():.2f}")
    model.fit(table, truth)
    weights: defaultdict[float, list[str]] = defaultdict(list)
    for group, weight in zip(names.get_feature_names_out(), model.coef_[0], strict=True):
        if abs(weight) >= 0.05:
            weights[round(weight, 1)].append(group)
    lines = [f"{weight}\t{' '.join(sorted(groups))}" for weight, groups in sorted(weights.items())]
    what = "Weights of groups of letters: together they tell a word of the trade from another rare word (^ begins a word, $ ends it)"
    text = f"{head(what)}weight\tgroups\n{model.intercept_[0]:.1f}\t^\n" + "\n".join(lines) + "\n"
    (OUT / "trade-groups.txt").write_text(text, encoding="utf-8")
    listed = sorted(word for word, chance in zip(words, apart, strict=True) if word in terms and chance >= PLAIN)
    what = "Words of the trade that no list of ours explains, in groups by their first letter"
    letters = sorted({word[0] for word in listed})
    body = "\n".join(f"{letter}\t{' '.join(word for word in listed if word[0] == letter)}" for letter in letters)
    (OUT / "trade-words.txt").write_text(f"{head(what)}letter\twords\n{body}\n", encoding="utf-8")
    print(len(listed), "words,", sum(map(len, weights.values())), "groups")


if __name__ == "__main__":
    main()
