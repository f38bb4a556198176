"""The lexicons of the coder, compiled once: triggers, cues, slots and the few facts about a language's grammar."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from analysis.lexicons import read_lexicon

__all__ = ["Grammar", "Hit", "Words", "grammar", "languages", "lowered", "pairs", "words"]

# A form that begins or ends with a letter does so at the edge of a word; punctuation needs no edge.
_AT_EDGES = r"(?:(?<!\w)|(?=\W))(?:{})(?:(?!\w)|(?<=\W))"
# two spellings of one letter, and the spaces that print joins words by
_FOLDED = (("ё", "е"), ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "))
_NO_BOUNDARY = r"(?:{})"


@dataclass(frozen=True)
class Hit:
    """A form found in a text, with the row of the lexicon that it belongs to."""

    start: int
    end: int
    row: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.row[column]


class Words:
    """The rows of a lexicon as one pattern: a text is read once, whatever the number of rows."""

    def __init__(self, rows: list[dict[str, str]], boundary: bool) -> None:
        self.rows = rows
        forms = "|".join(f"(?P<r{i}>{r['form']})" for i, r in enumerate(rows))
        shape = _AT_EDGES if boundary else _NO_BOUNDARY
        self.pattern = re.compile(shape.format(forms)) if rows else None

    def find(self, low: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Yield the hits in ``low`` (lower case), in order, never overlapping."""
        if self.pattern is not None:
            for m in self.pattern.finditer(low, start, len(low) if end is None else end):
                yield Hit(m.start(), m.end(), self.rows[int(m.lastgroup[1:])])

    def first(self, low: str, start: int = 0, end: int | None = None) -> Hit | None:
        """Return the first hit or None."""
        return next(self.find(low, start, end), None)

    def last(self, low: str, start: int = 0, end: int | None = None) -> Hit | None:
        """Return the last hit or None."""
        return next(iter(deque(self.find(low, start, end), maxlen=1)), None)


@dataclass(frozen=True)
class Grammar:
    """What the code must know of a language: where its verb stands and what may lie between the parts of a name."""

    language: str
    boundary: bool
    verb_final: bool
    free_order: bool  # an object may stand before its verb: "Россию посетил ..."
    title_tail: re.Pattern[str]  # the rest of a title, between it and its country, with its capitals
    joiner: re.Pattern[str]
    loose_joiner: re.Pattern[str]
    coordinator: re.Pattern[str]
    own: str  # country that "the government" means in this language's press; empty when it may be any
    owner_slots: frozenset[str]  # slots in which the source of a noun stands after it: "warnings from Seoul"
    slots: tuple[tuple[str, str, re.Pattern[str]], ...]  # (where, slot, pattern)


def lowered(text: str) -> str:
    """Return ``text`` in lower case with every character in its place; a letter that print spells two ways is spelt one way.

    >>> lowered("Путин İ"), lowered("Ещё")
    ('путин İ', 'еще')
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for printed, plain in _FOLDED:
        low = low.replace(printed, plain)
    return low


@cache
def languages() -> frozenset[str]:
    """Languages that the coder can read."""
    return frozenset(read_lexicon("coding_languages")["language"])


@cache
def grammar(language: str) -> Grammar:
    """Return the grammar of a language of `languages`."""
    table = read_lexicon("coding_languages")
    row = table[table["language"] == language].iloc[0]
    slots = read_lexicon("coding_slots")
    slots = slots[slots["language"] == language]
    edge = r"(?<!\w)" if row["boundary"] == "word" else ""
    return Grammar(
        language=language,
        boundary=row["boundary"] == "word",
        verb_final=row["order"] == "sov",
        free_order=row["order"] == "free",
        title_tail=re.compile(row["title_tail"]),
        joiner=re.compile(row["joiner"]),
        loose_joiner=re.compile(row["loose_joiner"]),
        coordinator=re.compile(row["coordinator"]),
        own=row["own"],
        owner_slots=frozenset("" if s == "none" else s for s in row["owner_slots"].split()),
        slots=tuple(
            (s.where, s.slot, re.compile(f"{edge}(?:{s.form})$" if s.where == "before" else s.form))
            for s in slots.itertuples()
        ),
    )


@cache
def words(name: str, language: str, **where: str) -> Words:
    """Return the rows of lexicon ``name`` for a language, further narrowed by column values, as one pattern.

    >>> words("coding_titles", "en", rank="resident").first("the ambassador").start
    4
    """
    table = read_lexicon(name)
    keep = table["language"] == language
    for column, value in where.items():
        keep &= table[column] == value
    return Words(table[keep].to_dict("records"), grammar(language).boundary)


@cache
def pairs(name: str, key: str, value: str) -> dict[str, str]:
    """Return two columns of a lexicon as a mapping."""
    table = read_lexicon(name)
    return dict(zip(table[key], table[value], strict=True))
