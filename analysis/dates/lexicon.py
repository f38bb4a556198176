"""Turn the date lexicons of a language into compiled rules.

A pattern is a regular expression in which ``{slot}`` stands for the words of that slot, a space for one character of white
space and ``~`` for a dash between two ends of a range. A digit after a slot's name gives it a second place: ``{day2}``;
``{day=ordinal}`` reads the words of slot ``ordinal`` as the value ``day``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from analysis.dates.openers import beginnings, fold, needles
from analysis.lexicons import read_lexicon

__all__ = ["OPENING", "Rule", "Rules", "rules_for"]

_VAGUE = 20  # single letters that a rule can begin with: more than digits and signs
_KNOWN = 50_000  # beginnings of words kept with what they open
OPENING = 5  # characters by which the rules are looked up

_ANY = "*"  # rows that hold for every language
_SLOT = re.compile(r"\{([a-z]+)(\d?)(?:=([a-z]+))?\}")
_NUMBER = re.compile(r"\d+")
_DASH = r"\s?[-‐‑‒–—~∼〜～]\s?"
_START = r"(?<![\w$€£#])(?<!\d[.,/:])"  # never in the middle of a word, of an amount or of a number


@dataclass(frozen=True)
class Rule:
    """One pattern, the resolver that reads it, and the values that the pattern itself fixes."""

    number: int
    name: str
    form: str
    resolver: str
    fixed: tuple[tuple[str, str | int], ...]
    slots: tuple[tuple[str, str], ...]
    language: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The form compiled, where a text first needs it."""
        try:
            return re.compile(self.form, re.IGNORECASE)
        except re.error as error:
            raise ValueError(f"date_patterns.csv, {self.language} {self.name}: {error}; mend the pattern") from error

    def values(self, match: re.Match[str]) -> dict[str, str | int]:
        """Return what the words of the match mean, slot by slot."""
        found = dict(self.fixed)
        for group, slot in self.slots:
            if match[group] is not None:
                found[group] = _meaning(self.language, slot, match, group)
        return found


@dataclass(frozen=True)
class Rules:
    """All rules of a language, how a match of each can begin, and how its tense cues are looked up.

    For speed, a rule is tried only where a text begins as one of its ``openings``, and one that can begin with almost any
    word only in texts that hold one of its ``needles``.
    """

    rules: tuple[Rule, ...]
    openings: tuple[frozenset[str], ...]
    needles: tuple[tuple[int, frozenset[str]], ...]
    tense: tuple[re.Pattern[str], ...]
    clause: re.Pattern[str] | None
    verb_side: str

    def opened_by(self, opening: str) -> list[Rule]:
        """Return the rules that can match a text which begins so, as `openers.fold` writes it."""
        known = self._opened.get(opening)
        if known is None:
            if len(self._opened) >= _KNOWN:
                self._opened.clear()
            begun = frozenset().union(*(self._begun.get(opening[:n], ()) for n in range(len(opening) + 1)))
            self._opened[opening] = known = [self.rules[n] for n in sorted(begun)]
        return known

    def idle_in(self, folded: str) -> set[int]:
        """Return the numbers of the rules that cannot match anywhere in a text."""
        return {number for number, needles in self.needles if not any(n in folded for n in needles)}

    @cached_property
    def _begun(self) -> dict[str, list[int]]:
        """Of each beginning the numbers of the rules that can begin so."""
        out: dict[str, list[int]] = {}
        for number, openings in enumerate(self.openings):
            for beginning in openings:
                out.setdefault(beginning, []).append(number)
        return out

    @cached_property
    def _opened(self) -> dict[str, list[Rule]]:
        return {}


def rules_for(language: str) -> Rules:
    """Return the compiled rules of a language; of one without a lexicon, those that hold for every language."""
    return _compiled(language if language in _languages() else _ANY)


@cache
def _languages() -> frozenset[str]:
    return frozenset(read_lexicon("date_patterns")["language"]) - {_ANY}


@cache
def _compiled(language: str) -> Rules:
    patterns = read_lexicon("date_patterns")
    settings = read_lexicon("date_settings")
    settings = dict(settings.loc[settings["language"] == language, ["key", "value"]].itertuples(index=False))
    rows = patterns[patterns["language"].isin([language, _ANY])]
    rules = []
    for row in rows.itertuples(index=False):
        tail = f"(?:{row.pattern})" + settings.get("end", r"(?!\w)")
        try:
            form = _START + _expand(tail, language)
        except KeyError as error:
            raise ValueError(
                f"date_patterns.csv, {row.language} {row.name}: {error}; mend the pattern"
            ) from error
        slots = tuple((m[1] + m[2], m[3] or m[1]) for m in _SLOT.finditer(row.pattern))
        rules.append(Rule(len(rules), row.name, form, row.resolver, _fixed(row.params), slots, language))
    openings = tuple(frozenset(fold(b) for b in beginnings(r.form, length=OPENING)) for r in rules)
    clause = re.compile(settings["clause"]) if "clause" in settings else None
    return Rules(
        tuple(rules), openings, _needles(rules, openings), _tense(language), clause, settings.get("verb_side", "near")
    )


def _needles(rules: list[Rule], openings: tuple[frozenset[str], ...]) -> tuple[tuple[int, frozenset[str]], ...]:
    """What the rules need that say little of how they begin."""
    vague = [r for r, o in zip(rules, openings, strict=True) if sum(len(b) <= 1 for b in o) > _VAGUE]
    known = [(r.number, frozenset(map(fold, needles(r.form)))) for r in vague]
    return tuple((number, found) for number, found in known if "" not in found)


def _expand(pattern: str, language: str) -> str:
    seen = set()

    def words(slot: re.Match[str]) -> str:
        forms = "|".join(sorted(_forms(language, slot[3] or slot[1]), key=len, reverse=True))
        group = slot[1] + slot[2]
        if group in seen:
            return f"(?:{forms})"
        seen.add(group)
        return f"(?P<{group}>{forms})"

    out, done = [], 0
    for slot in _SLOT.finditer(pattern):
        out += [_signs(pattern[done : slot.start()]), words(slot)]
        done = slot.end()
    return "".join([*out, _signs(pattern[done:])])


def _signs(pattern: str) -> str:
    return pattern.replace("~", _DASH).replace(" ", r"\s")


@cache
def _forms(language: str, slot: str) -> dict[str, str]:
    words = read_lexicon("date_words")
    words = words[words["slot"] == slot]
    own = words[words["language"] == language]
    chosen = own if len(own) else words[words["language"] == _ANY]
    if chosen.empty:
        raise KeyError(f"no slot '{slot}' in date_words.csv")
    return {_signs(form): value for form, value in chosen[["form", "value"]].itertuples(index=False)}


def _meaning(language: str, slot: str, match: re.Match[str], group: str) -> str | int:
    """What the words of a group mean; read in place, because a form may look at what follows it."""
    start, end = match.span(group)
    for form, value in _meanings(language, slot):
        found = form.match(match.string, start)
        if (found and found.end() == end) or form.fullmatch(match.string, start, end):
            return value if value != "" else int(_NUMBER.search(match[group])[0])
    raise ValueError(f"'{match[group]}' is in no form of slot '{slot}'")


@cache
def _meanings(language: str, slot: str) -> tuple[tuple[re.Pattern[str], str | int], ...]:
    forms = sorted(_forms(language, slot).items(), key=lambda item: len(item[0]), reverse=True)
    return tuple((re.compile(form, re.IGNORECASE), _value(value)) for form, value in forms)


def _value(text: str) -> str | int:
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else text


def _fixed(params: str) -> tuple[tuple[str, str | int], ...]:
    pairs = [p.split("=", 1) for p in params.split(";") if p]
    return tuple((key, _value(value)) for key, value in pairs)


def _tense(language: str) -> tuple[re.Pattern[str], ...]:
    """Cues by strength; among equals, what announces a plan comes first: "was expected to" is no past."""
    cues = read_lexicon("date_tense")
    cues = cues[cues["language"] == language]
    compiled = []
    for strength in ("strong", "weak"):
        rows = cues[cues["strength"] == strength]
        groups = [
            f"(?P<{tense}>{'|'.join(_signs(p) for p in rows.loc[rows['tense'] == tense, 'pattern'])})"
            for tense in ("future", "past")
            if tense in set(rows["tense"])
        ]
        if groups:
            compiled.append(re.compile("|".join(groups)))
    return tuple(compiled)
