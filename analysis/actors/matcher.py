"""From the lexicon to a regular expression: inflection, capitals, boundaries, one prefix tree a script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

import pandas as pd

from analysis.lexicons import read_lexicon

TWINS = str.maketrans("ёЁ‐‑‒–’ʼ\u00a0\u202f\u2009\nㆍ∙‧・•", "еЕ----''    ·····")  # one character for one
_WORD = r"A-Za-z0-9_\u00c0-\u024f\u0400-\u04ff"
_HANGUL = "가-힣"
_HAN = "\u4e00-\u9fff"
_SCRIPTS = {"latin": r"[A-Za-z\u00c0-\u024f]", "cyrillic": r"[\u0400-\u04ff]", "hangul": f"[{_HANGUL}{_HAN}]"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the lexicon: ``parts`` gives length, actor and country of each piece of a compound."""

    parts: tuple[tuple[int, str, str], ...]
    kind: str
    needs: str
    role: str
    rank: str
    match: str

    @property
    def actor_id(self) -> str:
        """The actor, or the first of a compound."""
        return self.parts[0][1]


@dataclass(frozen=True, slots=True)
class Matcher:
    """The pattern of some languages, and what each string that it can match stands for."""

    regex: re.Pattern[str]
    entries: dict[str, tuple[Entry, ...]]


def languages_of(text: str, language: str | None) -> tuple[str, ...]:
    """Return the language given, or else all that are written in the script of most of the text."""
    if language is not None:
        return (language,)
    counts = {s: len(re.findall(p, text)) for s, p in _SCRIPTS.items()}
    return _written_in()[max(counts, key=lambda s: counts[s])]


@cache
def _written_in() -> dict[str, tuple[str, ...]]:
    table = read_lexicon("actors")
    script = {}
    for language, forms in table.groupby("language")["form"]:
        counts = {s: int(forms.str.contains(p).sum()) for s, p in _SCRIPTS.items()}
        script[str(language)] = max(counts, key=lambda s: counts[s])
    return {s: tuple(la for la, its in script.items() if its == s) for s in _SCRIPTS}


@cache
def matcher(languages: tuple[str, ...]) -> Matcher:
    """Return the matcher of the languages, built once."""
    table = read_lexicon("actors")
    table = table[table["language"].isin(languages)]
    entries: dict[str, dict[tuple, Entry]] = {}
    tails: dict[str, set[str]] = {}
    for row in table.itertuples(index=False):
        entry = _entry(row)
        for form in _cased(_inflected(row.form, row.match, row.language), row.match):
            entries.setdefault(form, {})[(entry.parts, entry.needs)] = entry
            tails.setdefault(form, set()).add(row.match)
    return Matcher(_compile(tails, table), {f: tuple(e.values()) for f, e in entries.items()})


def _entry(row: tuple) -> Entry:
    if row.match != "compound":  # a body of two states is of neither alone
        country = "" if "+" in row.country else row.country
        return Entry(((0, row.actor_id, country),), row.kind, row.needs, row.role, row.rank, row.match)
    pieces = row.form.split("+")
    actors, countries = row.actor_id.split("+"), row.country.split("+")
    parts = tuple(zip_longest([len(p) for p in pieces] if len(pieces) > 1 else [0], actors, countries, fillvalue=""))
    return Entry(parts, row.kind, row.needs, row.role, row.rank, row.match)


def _inflected(form: str, match: str, language: str) -> Iterable[str]:
    """Return all forms: case by case, so that words of one name agree; a word that begins with ~ stays as it is."""
    if match == "compound":
        return {form.replace("+", mark) for mark in ("", "·", "-")}
    rules = _declensions().get((language, match))
    if not rules:
        return {form}
    words = []
    for word in form.split(" "):
        if word.startswith("~"):
            words.append([word[1:]])
        else:
            ending = max((e for e in rules if word.endswith(e)), key=len)
            words.append([word[: len(word) - len(ending)] + f for f in rules[ending]])
    n = max(len(w) for w in words)
    return {" ".join(w[i] if len(w) > 1 else w[0] for w in words if i < len(w) or len(w) == 1) for i in range(n)}


@cache
def _declensions() -> dict[tuple[str, str], dict[str, list[str]]]:
    out: dict[tuple[str, str], dict[str, list[str]]] = {}
    table = read_lexicon("declensions")
    for row in table[~table["ending"].isin(["*", "^"])].itertuples(index=False):
        forms = ["" if f == "-" else f for f in row.forms.split(",")]
        out.setdefault((row.language, row.match), {})[row.ending] = forms
    return out


def _cased(forms: Iterable[str], match: str) -> set[str]:
    out = set()
    for form in forms:
        form = form.translate(TWINS)
        out |= {form, form[0].upper() + form[1:]}
        if match == "adjective":
            out.add("-".join(p[0].upper() + p[1:] for p in form.split("-")))
        if len(form) > 2:  # "XI" is a number and "LI" may be anything
            out.add(form.upper())
    return out


def _compile(tails: dict[str, set[str]], table: pd.DataFrame) -> re.Pattern[str]:
    signs = "".join(sorted(set(table.loc[table["match"] == "hanja", "form"]))) or "\0"
    before = "".join(p for forms in _affixes("^").get("hanja", ()) for p in forms) or "\0"
    by_script: dict[str, dict] = {"word": {}, "hangul": {}, "free": {}, "hanja": {}}
    for form, matches in tails.items():
        for match in matches:
            script = "hangul" if re.match(f"[{_HANGUL}{_HAN}]", form) else "word"
            tail = _tail(form, match, script)
            if match == "hanja":
                _grow(by_script["hanja"], form, f"(?:(?![{_HAN}])|(?=[{signs}]))")
                continue
            _grow(by_script[script], form, tail)
            if match == "free":
                _grow(by_script["free"], form, tail)
    heads = {
        "word": f"(?<![{_WORD}])",
        "hangul": f"(?<![{_HANGUL}{_HAN}])|(?<=[{signs}])",
        "free": "",
        "hanja": f"(?<![{_HANGUL}{_HAN}0-9])|(?<=[{signs}])|(?<=(?<![{_HANGUL}])[{before}])",
    }
    ends = {"word": f"(?![{_WORD}])"}  # once for the whole tree: it is most of the pattern, and of the time to compile it
    order = [s for s in ("word", "hangul", "free", "hanja") if by_script[s]]
    # most places are ruled out by their first letter, sooner than by trying the names one by one
    first = {s: "".join(map(re.escape, by_script[s])) for s in order}
    parts = [f"(?=[{first[s]}])(?:{heads[s]}){_branch(by_script[s])}{ends.get(s, '')}" for s in order]
    return re.compile("|".join(parts) or r"(?!)")


def _tail(form: str, match: str, script: str) -> str:
    particles = [p for forms in _affixes("*").get(match, ()) for p in forms if p]
    if particles:
        return f"(?=(?:{'|'.join(sorted(particles, key=len, reverse=True))})?(?![{_HANGUL}]))"
    if match == "prefix":
        return "(?=-)"
    if match == "bare":  # "the North", but neither "the North Korean" nor "the North Sea"
        return "(?! ?[A-Z])"
    if script == "word" or match in ("open", "free", "compound"):
        return ""
    return f"(?![{_WORD}{_HANGUL}])"


@cache
def _affixes(place: str) -> dict[str, list[list[str]]]:
    """Return what may stand right after (``*``) or right before (``^``) a name that is no part of it, by match."""
    table = read_lexicon("declensions")
    return {m: [f.split(",") for f in g["forms"]] for m, g in table[table["ending"] == place].groupby("match")}


def _grow(tree: dict, form: str, tail: str) -> None:
    for letter in form:
        tree = tree.setdefault(letter, {})
    tree.setdefault("", set()).add(tail)


def _branch(tree: dict) -> str:
    """Return the tree as a pattern: longer forms are tried before the shorter ones that begin them."""
    options = [re.escape(c) + _branch(t) for c, t in tree.items() if c]
    options += sorted(tree.get("", ()))
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
