"""The lexicons of the coder, compiled once: triggers, cues, slots and the few facts about a language's grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from analysis.dates.openers import DIGIT, SPACE, alternatives, beginnings, needles
from analysis.lexicons import read_lexicon

__all__ = ["Grammar", "Hit", "Words", "grammar", "languages", "lowered", "pairs", "words"]

# A form that begins or ends with a letter does so at the edge of a word; punctuation needs no edge.
_AT_EDGES = r"(?:(?<!\w)|(?=\W))(?:{})(?:(?!\w)|(?<=\W))"
# two spellings of one letter, and the spaces that print joins words by
_FOLDED = (("ё", "е"), ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "))
_FOREIGN = re.compile("(?<=[а-я])e|e(?=[а-я])")  # print without "ё" sets the Latin letter
_NO_BOUNDARY = r"(?:{})"
_EDGE = re.compile(r"(?<!\w)\w|[^\w\s]")  # where a form can begin that needs an edge
_ENDS = re.compile(f"[{SPACE}{DIGIT}]")  # what a form can begin with is known to the letter up to there
_KNOWN = 50_000  # beginnings of words kept with what they open; of a corpus of news most come again


_Places = list[tuple[int, str, tuple[int, ...]]]  # where a form can begin, with what letters, and of which patterns


@dataclass(frozen=True)
class Hit:
    """A form found in a text, with the row of the lexicon that it belongs to."""

    start: int
    end: int
    row: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.row[column]


class Words:
    """The rows of a lexicon as one pattern: a text is read once, whatever the number of rows.

    Most sentences hold none of the forms. How each form can begin is known from the lexicon, so a sentence is looked up
    once for all patterns of its language (`_Register`), and only the forms that a word can open are tried there.
    """

    def __init__(self, rows: list[dict[str, str]], register: _Register) -> None:
        self.rows = rows
        self._register = register
        self._opened: dict[str, tuple[re.Pattern[str], ...]] = {}
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._forms = [(i, form) for i, r in enumerate(rows) for form in alternatives(r["form"])]
        begins = [register.openings(form) for _, form in self._forms]
        sought = [register.can_seek(b) for b in begins]
        # a form that can begin with anything is looked for only where its plain characters occur
        self._vague = [n for n, is_sought in enumerate(sought) if not is_sought]
        self._needles = sorted(frozenset().union(*(needles(self._forms[n][1]) for n in self._vague)))
        self._is_anchored = all(form.startswith("^") for _, form in self._forms)
        kin: dict[frozenset[str], list[int]] = {}  # forms that begin alike are one pattern
        for n, b in enumerate(begins):
            if sought[n]:
                kin.setdefault(b, []).append(n)
        self._kin = list(kin.values())
        self._begun: dict[str, list[int]] = {}  # beginning: the patterns whose forms can begin so
        for k, b in enumerate(kin):
            for beginning in b:
                self._begun.setdefault(beginning, []).append(k)
        self._every = frozenset({register.size})
        self._number = register.add(frozenset().union(*(b for b, s in zip(begins, sought, strict=True) if s)))

    def find(self, low: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return the hits in ``low`` (lower case), in order, never overlapping."""
        if not self.rows:
            return []
        stop = len(low) if end is None else end
        if self._is_anchored:
            m = self._pattern.match(low, start, stop)
            return [self._hit(m)] if m else []
        if self._may_be_empty:
            return [self._hit(m) for m in self._pattern.finditer(low, start, stop)]
        present, places = _places(low, self._register, self._register.size)
        vague = self._seek(low, start, stop) if any(n in low for n in self._needles) else None
        if vague is None and self._number not in present:
            return []
        return self._walk(low, start, stop, places, vague)

    def _walk(self, low: str, start: int, stop: int, places: _Places, vague: re.Match[str] | None) -> list[Hit]:
        """Try at each place what can begin there; ``vague`` is the next match of a form that is looked for everywhere."""
        out: list[Hit] = []
        for place, opening, numbers in (*places, (stop, "", self._every)):
            if place < start or self._number not in numbers:
                continue
            while vague and vague.start() < min(place, stop):
                out.append(self._hit(vague))
                start = vague.end()
                vague = self._seek(low, start, stop)
            if not start <= place < stop:
                continue
            found = [m for p in self._opened.get(opening) or self._opened_by(opening) if (m := p.match(low, place, stop))]
            if vague and vague.start() == place:
                found.append(vague)
            if found:
                m = found[0] if len(found) == 1 else min(found, key=_form_of)
                out.append(self._hit(m))
                start = m.end()
                vague = self._seek(low, start, stop) if vague else None
        return out

    def first(self, low: str, start: int = 0, end: int | None = None) -> Hit | None:
        """Return the first hit or None."""
        hits = self.find(low, start, end)
        return hits[0] if hits else None

    def last(self, low: str, start: int = 0, end: int | None = None) -> Hit | None:
        """Return the last hit or None."""
        hits = self.find(low, start, end)
        return hits[-1] if hits else None

    def _hit(self, match: re.Match[str]) -> Hit:
        return Hit(match.start(), match.end(), self.rows[self._forms[_form_of(match)][0]])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return self._compile(range(len(self._forms)))

    @cached_property
    def _may_be_empty(self) -> bool:
        return bool(self._vague) and self._sought.match("") is not None

    @cached_property
    def _sought(self) -> re.Pattern[str]:
        return self._compile(self._vague)

    def _seek(self, low: str, start: int, stop: int) -> re.Match[str] | None:
        """The next match of a form that can begin with anything."""
        return self._sought.search(low, start, stop)

    def _opened_by(self, opening: str) -> tuple[re.Pattern[str], ...]:
        """The patterns of the forms that a text which begins so can hold, each compiled where a text first needs it."""
        able = dict.fromkeys(k for n in range(1, len(opening) + 1) for k in self._begun.get(opening[:n], ()))
        for k in able:
            if k not in self._compiled:
                self._compiled[k] = self._compile(self._kin[k])
        if len(self._opened) >= _KNOWN:
            self._opened.clear()
        self._opened[opening] = tuple(self._compiled[k] for k in able)
        return self._opened[opening]

    def _compile(self, numbers: Iterable[int]) -> re.Pattern[str]:
        union = "|".join(f"(?P<f{n}>{self._forms[n][1]})" for n in numbers)
        return re.compile((_AT_EDGES if self._register.boundary else _NO_BOUNDARY).format(union))


def _form_of(match: re.Match[str]) -> int:
    """The number of the form that a match is of; among several at one place the first of the lexicon holds."""
    return int(match.lastgroup[1:])


class _Register:
    """How the forms of each `Words` of a language can begin, so that a sentence is looked up once for all of them."""

    def __init__(self, boundary: bool) -> None:
        self.boundary = boundary
        self.length = 6 if boundary else 2
        self.size = 0
        self._by: dict[str, list[int]] = {}  # beginning: the patterns that can begin so
        self.known: dict[str, tuple[int, ...]] = {}

    def add(self, openings: frozenset[str]) -> int:
        """Return the number under which `places` knows the pattern whose forms can begin so."""
        for opening in openings:
            self._by.setdefault(opening, []).append(self.size)
        self.known.clear()
        self.size += 1
        return self.size - 1

    def openings(self, form: str) -> frozenset[str]:
        """How the matches of a form can begin, as far as it is known to the letter."""
        return frozenset(_ENDS.split(b)[0] for b in beginnings(form, length=self.length))

    def can_seek(self, openings: frozenset[str]) -> bool:
        """Whether a form that begins so is found at the beginning of a word or at a sign."""
        return all(o and not (self.boundary and o[0].isspace()) for o in openings)

    def opened(self, opening: str) -> tuple[int, ...]:
        """Return the numbers of the patterns that a text which begins so can open."""
        if len(self.known) >= _KNOWN:
            self.known.clear()
        found = (self._by.get(opening[:n], ()) for n in range(1, len(opening) + 1))
        self.known[opening] = tuple(sorted(frozenset().union(*found)))
        return self.known[opening]


@lru_cache(maxsize=256)  # the sentences of an article
def _places(low: str, register: _Register, size: int) -> tuple[frozenset[int], _Places]:
    """Which patterns can begin in a sentence, and where: at words and signs, or anywhere where no edge is needed."""
    del size  # a register that has grown since is asked again
    length, known, opened = register.length, register.known, register.opened
    starts = [m.start() for m in _EDGE.finditer(low)] if register.boundary else range(len(low))
    out = []
    for start in starts:
        opening = low[start : start + length]
        numbers = known[opening] if opening in known else opened(opening)
        if numbers:
            out.append((start, opening, numbers))
    return frozenset().union(*[numbers for _, _, numbers in out]), out


@dataclass(frozen=True)
class Grammar:
    """What the code must know of a language: where its verb stands and what may lie between the parts of a name."""

    language: str
    boundary: bool
    verb_final: bool
    free_order: bool  # an object may stand before its verb: "Россию посетил ..."
    apposition: re.Pattern[str] | None  # offices between a person and the next of them, with their capitals
    title_tail: re.Pattern[str]  # the rest of a title, between it and its country, with its capitals
    joiner: re.Pattern[str]
    loose_joiner: re.Pattern[str]
    coordinator: re.Pattern[str]
    own: str  # country that "the government" means in this language's press; empty when it may be any
    owner_slots: frozenset[str]  # slots in which the source of a noun stands after it: "warnings from Seoul"
    slots: tuple[tuple[str, str, re.Pattern[str]], ...]  # (where, slot, pattern)


@lru_cache(maxsize=128)
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
    return _FOREIGN.sub("е", low) if "о" in low else low


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
        apposition=re.compile(row["apposition"]) if row["apposition"] else None,
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
    return Words(table[keep].to_dict("records"), _register(language))


@cache
def _register(language: str) -> _Register:
    return _Register(grammar(language).boundary)


@cache
def pairs(name: str, key: str, value: str) -> dict[str, str]:
    """Return two columns of a lexicon as a mapping."""
    table = read_lexicon(name)
    return dict(zip(table[key], table[value], strict=True))
