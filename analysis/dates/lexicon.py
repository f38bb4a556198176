"""Turn the date lexicons of a language into compiled rules.

A pattern is a regular expression in which ``{slot}`` stands for the words of that slot, a space for one character of white
space and ``~`` for a dash between two ends of a range. A digit after a slot's name gives it a second place: ``{day2}``;
``{day=ordinal}`` reads the words of slot ``ordinal`` as the value ``day``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from analysis.dates.openers import ANY, openers
from analysis.lexicons import read_lexicon

__all__ = ["REACH", "Rule", "Rules", "rules_for"]

REACH = 48  # characters

_ANY = "*"  # rows that hold for every language
_SLOT = re.compile(r"\{([a-z]+)(\d?)(?:=([a-z]+))?\}")
_NUMBER = re.compile(r"\d+")
_DASH = r"\s?[-‐‑‒–—~∼〜～]\s?"
_START = r"(?<![\w$€£#])(?<!\d[.,/:])"  # never in the middle of a word, of an amount or of a number


@dataclass(frozen=True)
class Rule:
    """One pattern, the resolver that reads it, and the values that the pattern itself fixes."""

    name: str
    pattern: re.Pattern[str]
    resolver: str
    fixed: tuple[tuple[str, str | int], ...]
    slots: tuple[tuple[str, str], ...]
    language: str

    def values(self, match: re.Match[str]) -> dict[str, str | int]:
        """Return what the words of the match mean, slot by slot."""
        found = dict(self.fixed)
        for group, slot in self.slots:
            if match[group] is not None:
                found[group] = _meaning(self.language, slot, match, group)
        return found


@dataclass(frozen=True)
class Bucket:
    """The rules that can begin with one character."""

    rules: tuple[Rule, ...]

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """The union of their patterns, which says quickly whether any of them matches."""
        bare = (re.sub(r"\(\?P<\w+>", "(?:", r.pattern.pattern) for r in self.rules)
        return re.compile("|".join(bare), re.IGNORECASE)


@dataclass(frozen=True)
class Rules:
    """All rules of a language, by the character they can begin with, and how its tense cues are looked up.

    ``hint`` is for speed alone: no expression begins more than `REACH` characters before something it matches.
    """

    rules: tuple[Rule, ...]
    buckets: dict[str, Bucket]
    hint: re.Pattern[str] | None
    tense: tuple[re.Pattern[str], ...]
    clause: re.Pattern[str] | None
    verb_side: str


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
            pattern = re.compile(_START + _expand(tail, language), re.IGNORECASE)
        except (re.error, KeyError) as error:
            raise ValueError(
                f"date_patterns.csv, {row.language} {row.name}: {error}; mend the pattern"
            ) from error
        slots = tuple((m[1] + m[2], m[3] or m[1]) for m in _SLOT.finditer(row.pattern))
        rules.append(Rule(row.name, pattern, row.resolver, _fixed(row.params), slots, language))
    clause = re.compile(settings["clause"]) if "clause" in settings else None
    hint = re.compile(settings["hint"], re.IGNORECASE) if "hint" in settings else None
    return Rules(
        tuple(rules), _buckets(rules), hint, _tense(language), clause, settings.get("verb_side", "near")
    )


def _buckets(rules: list[Rule]) -> dict[str, Bucket]:
    openings = [openers(rule.pattern.pattern) for rule in rules]
    keys = frozenset().union(*openings)
    chosen = {k: tuple(r for r, o in zip(rules, openings, strict=True) if k in o or ANY in o) for k in keys}
    shared = {members: Bucket(members) for members in chosen.values()}  # digits, for one, open the same rules
    return {k: shared[members] for k, members in chosen.items()}


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
