"""The language of a text among the stated set: by script where the script decides, else by its letters' statistics."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from analysis.lexicons import read_lexicon
from analysis.schema import LANGUAGES

__all__ = ["UNSUPPORTED", "find_language"]

UNSUPPORTED = "unsupported"
_SCRIPTS = {
    "Hangul": r"[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]", "Kana": r"[\u3041-\u30ff]", "Han": r"[\u4e00-\u9fff\u3400-\u4dbf]",
    "Cyrillic": r"[\u0400-\u052f]", "Latin": r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]", "Arabic": r"[\u0600-\u06ff]",
    "Thai": r"[\u0e01-\u0e5b]", "Hebrew": r"[\u05d0-\u05ea]", "Greek": r"[\u0370-\u03ff]",
}
_SCRIPT_OF = {name: re.compile(ranges) for name, ranges in _SCRIPTS.items()}
_READ = 5000  # characters that decide
_MIXED = 0.2  # share from which Hangul or kana name the language, since both are written with other scripts among them
_OWN_LETTERS = 0.004  # share of letters that only one language of a script has
_SHORT = 40  # letters below which a claim that the script allows is believed
_SURE = 0.9  # probability among the rivals from which the statistics overrule a claim


def find_language(content: str, *, claim: str = "") -> tuple[str, str]:
    """Return the language of ``content``, or ``unsupported``, and how it was decided.

    Parameters
    ----------
    content : str
        Title and body; the first 5,000 characters decide.
    claim : str
        Language as the item claims it, any form: ``en-US``, ``FR``. Believed for a short text where the script allows
        it, and for one of middling length unless the statistics are sure of another language.

    Returns
    -------
    (str, str)
        A language of ``schema.LANGUAGES`` or ``unsupported``; and "script", "claimed" or "detected" with what was found.

    Notes
    -----
    Statistics: langid.py's naive Bayes over byte n-grams (Lui and Baldwin 2012, aclanthology.org/P12-3005), restricted to
    the languages of ``lexicons/clean_languages.csv`` that share the script; those not supported stand there as decoys.

    >>> find_language("푸틴, 평양 도착"), find_language("プーチン大統領が平壌に到着した")
    (('ko', 'script: Hangul'), ('unsupported', 'script: Kana'))
    """
    content = content[:_READ]
    counts = {name: len(pattern.findall(content)) for name, pattern in _SCRIPT_OF.items()}
    total = sum(counts.values())
    claimed = re.split(r"[^a-z]", claim.strip().casefold())[0]
    if not total:
        return (claimed, "claimed: no letters to tell by") if claimed in LANGUAGES else (UNSUPPORTED, "script: no letters")
    script = _script(counts, total)
    own = _by_letters(content.casefold(), script, counts[script])
    rivals = (own,) if own else _languages(script)
    if len(rivals) <= 1:
        language = rivals[0] if rivals else ""
        how = f"script: letters of '{own}'" if own else f"script: {script}"
        return (language if language in LANGUAGES else UNSUPPORTED), how
    return _weigh(content, counts[script], claimed if claimed in rivals and claimed in LANGUAGES else "", rivals)


def _script(counts: dict[str, int], total: int) -> str:
    for mixed in ("Hangul", "Kana"):
        rival = "Kana" if mixed == "Hangul" else "Hangul"
        if counts[mixed] >= _MIXED * total and counts[mixed] >= counts[rival]:
            return mixed
    return max(counts, key=lambda name: (counts[name], name))


def _by_letters(content: str, script: str, n_letters: int) -> str:
    """Return the language whose own letters the text uses, empty when none."""
    own = _letters(script)
    if not own:
        return ""
    letters = Counter(content)
    found = {language: sum(letters[c] for c in forms) for language, forms in own.items()}
    best = max(found, key=lambda language: (found[language], language))
    return best if found[best] >= max(2, _OWN_LETTERS * n_letters) else ""


def _weigh(content: str, n_letters: int, claimed: str, rivals: tuple[str, ...]) -> tuple[str, str]:
    if claimed and n_letters < _SHORT:
        return claimed, "claimed: too short to tell"
    language, sure = _identifier(rivals).classify(content)
    if claimed and language != claimed and sure < _SURE:
        return claimed, f"claimed: '{language}' is not sure ({sure:.2f})"
    supported = tuple(r for r in rivals if r in LANGUAGES)
    if not claimed and language not in LANGUAGES and sure < _SURE and supported:
        likely, _ = _identifier(supported).classify(content) if len(supported) > 1 else (supported[0], 1.0)
        return likely, f"detected: '{language}' is not sure ({sure:.2f}), so the nearest supported"
    source = f"detected: {sure:.2f}"
    return (language if language in LANGUAGES else UNSUPPORTED), source if language in LANGUAGES else f"detected: {language}"


@cache
def _letters(script: str) -> dict[str, str]:
    table = read_lexicon("clean_languages")
    rows = table[(table["script"] == script) & (table["letters"] != "")]
    return dict(zip(rows["language"], rows["letters"], strict=True))


@cache
def _languages(script: str) -> tuple[str, ...]:
    table = read_lexicon("clean_languages")
    return tuple(table.loc[(table["script"] == script) & (table["letters"] == ""), "language"])


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 100 MB, once a process

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(languages))
    return identifier
