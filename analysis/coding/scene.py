"""A sentence made ready for coding: its parties, its clauses, its times and what is quoted in it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from analysis import dates
from analysis.coding.lexicon import Grammar, Words, grammar, lowered, words
from analysis.coding.parties import LOCAL, Party

__all__ = ["Scene", "overlaps_name"]

_WALLS = ("; ", ": ", "…", "...", " — ", " – ", '"', "“", "”", "«", "»")
_MARKS = frozenset("\"'“”‘’«»")
_DASHES = ("–", "—", "-")
_NAME = re.compile(r"(?: [^\W\d_][\w’'-]+){1,3}?(?= [^\W\d_A-ZА-Я]|,)")  # names in capitals, up to the next plain word
_PAIR = 2
_ANCHOR_REACH = 4
_ARTICLE = 4  # characters of an article that opens a sentence
_COUNTED = 60  # days from the news to a day named without its year
_TERM = 40  # characters of a term in quotation marks


@dataclass
class Scene:
    """A sentence with what the coder needs to know about it; everything in characters of ``text``."""

    text: str
    field: str
    index: int
    language: str
    published: str
    parties: list[Party]
    quotes: list[tuple[int, int]]
    names: list[tuple[int, int]] = field(default_factory=list)
    triggers: list[tuple[int, int]] = field(default_factory=list)
    following: Scene | None = None
    previous: Scene | None = None
    dateline_end: int = 0
    here: Party | None = None  # place of the dateline, which "here" means
    likelihoods: tuple[float, ...] | None = None  # of each family, once asked for (`likely`)
    low: str = field(init=False)

    def __post_init__(self) -> None:
        self.low = lowered(self.text)

    @cached_property
    def grammar(self) -> Grammar:
        """Grammar of its language."""
        return grammar(self.language)

    @cached_property
    def times(self) -> list:
        """Time expressions by the tense that the sentence itself shows; not the dateline's."""
        return self.times_in(None)

    def times_in(self, tense: str | None) -> list:
        """Time expressions read in a tense."""
        if tense not in self._read:
            found = dates.find_spans(
                self.text, published=self.published or None, language=self.language, tense=tense, anchor=self.anchor
            )
            self._read[tense] = [s for s in found if s.start >= self.dateline_end]
        return self._read[tense]

    @cached_property
    def _read(self) -> dict[str | None, list]:
        return {}

    def anchor(self) -> str:
        """The last day that the sentences just before name, from which "the same day" counts."""
        scene, steps = self.previous, 0
        while scene is not None and steps < _ANCHOR_REACH:
            days = [s.date_start for s in scene.times if s.date_precision == "day" and self._is_near(s)]
            if days:
                return days[-1]
            scene, steps = scene.previous, steps + 1
        return ""

    def _is_near(self, day) -> bool:
        """Whether one can count from a day: "9 May" asked about in March is one to come, whatever the tense around it makes of it."""
        if not self.published or day.date_start[:4] in self.text[day.start : day.end]:
            return True
        return abs((dt.date.fromisoformat(self.published) - dt.date.fromisoformat(day.date_start)).days) <= _COUNTED

    def phrase(self, kind: str) -> Words:
        """A class of fixed phrases of the language (lexicon ``coding_phrases``)."""
        return words("coding_phrases", self.language, kind=kind)

    @cached_property
    def bounds(self) -> list[int]:
        """Where a new clause begins, sentence start and end included."""
        inner = self.phrase("hard").find(self.low)
        dashes = [h for h in inner if self.low[h.start : h.end].strip() in _DASHES]
        if len(dashes) == _PAIR:  # two dashes enclose an aside, and the clause goes on behind it
            inner = [h for h in inner if h not in dashes]
        return [0, *[h.start for h in inner], len(self.text)]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Return the clause around a span."""
        left = max(b for b in self.bounds if b <= start)
        right = min((b for b in self.bounds if b >= end), default=len(self.text))
        return left, right

    def with_relative(self, right: int) -> int:
        """Where a clause ends when the relative clause right after it belongs to its last noun: "the visit, which could ..."."""
        relative = self.phrase("relative").first(self.low, max(0, right - 1), right + 6)
        if relative is None or self.grammar.verb_final:
            return right
        return min((b for b in self.bounds if b > relative.end), default=len(self.text))

    def walls(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch around a span that no semicolon, colon, dash, dots or quotation mark cuts off."""
        low = self._unrouted
        if low[max(0, start - 1) : start] in _MARKS and low[end : end + 1] in _MARKS:
            start, end = start - 1, end + 1  # a term in quotation marks, "arms deal", is no quotation
        left = max((low.rfind(w, 0, start) for w in _WALLS), default=-1) + 1
        right = min((i for w in _WALLS if (i := low.find(w, end)) >= 0), default=len(low))
        return left, right

    @cached_property
    def _unrouted(self) -> str:
        """The sentence without the dashes of its routes, in "Moscow – Pyongyang" the dash joins, and without marks around a term."""
        low = self.low
        for (_, a), (b, _) in zip(self.names, self.names[1:], strict=False):
            if low[a:b] in (" — ", " – "):
                low = low[:a] + " - " + low[b:]
        for a, b in self.quotes:
            if 2 < b - a <= _TERM:  # a few words in quotation marks belong to the sentence around them
                low = low[:a] + " " + low[a + 1 : b - 1] + " " + low[b:]
        return low

    def segment(self, position: int) -> tuple[int, int]:
        """Return the stretch around a position that no semicolon cuts off: one item of a digest."""
        right = self.low.find("; ", position)
        return self.low.rfind("; ", 0, position) + 1, right if right >= 0 else len(self.low)

    def agents(self, side: str = "") -> list[Party]:
        """Parties that act in person, of one side or of all."""
        return [p for p in self.parties if p.is_agent and p.side and (not side or p.side == side)]

    def places(self) -> list[Party]:
        """States, places and demonyms in a slot of place, and places named bare."""
        return [
            p for p in self.parties
            if (p.kind in ("state", "place", "demonym") and p.slot in LOCAL) or p.kind == "place" or p.place
        ]

    def group(self, party: Party) -> list[Party]:
        """Return the parties coordinated with one, itself included: "South Korea, Japan and the US"."""
        if party not in self.parties:  # one read otherwise than it stands
            return [party]
        i = self.parties.index(party)
        out = [party]
        for step, at in ((-1, i), (1, i)):
            here = at
            while 0 <= here + step < len(self.parties):
                a, b = sorted((self.parties[here], self.parties[here + step]), key=lambda p: p.start)
                if not self.grammar.coordinator.fullmatch(self.low, self._name_end(a), b.start) or self._is_closed(a, b) or self._is_cut(a, b):
                    break
                if self.grammar.verb_final and self.low[a.end : b.start].strip() == "," and a.kind != b.kind and (a.persons or b.persons or self.field == "title"):
                    break  # a headline's "X, ..." makes X the subject
                here += step
                out.append(self.parties[here])
        return sorted(out, key=lambda p: p.start)

    def _name_end(self, party: Party) -> int:
        """Where a title ends with the name of who holds it, a name that the lexicon does not have: "Minister X Y and ..."."""
        if self.grammar.verb_final or party.persons or not party.is_agent:
            return party.end
        name = _NAME.match(self.text, party.end)
        return name.end() if name is not None and all(w[0].isupper() for w in name.group().split()) else party.end

    def _is_cut(self, a: Party, b: Party) -> bool:
        """"Without condemning A, B urged ...": a comma that no "and" follows ends the phrase that opens a sentence."""
        if self.grammar.verb_final or self.field == "title" or a.start <= _ARTICLE or not self._is_comma(a, b):
            return False
        rest = self.parties[self.parties.index(b) :]
        for p, q in pairwise(rest):
            if not self.grammar.coordinator.fullmatch(self.low, p.end, q.start):
                return True
            if not self._is_comma(p, q):
                return False
        return True

    def _is_comma(self, a: Party, b: Party) -> bool:
        """Whether a comma stands between two parties, and no "and" after it."""
        return self.low.startswith(",", a.end) and not self.grammar.coordinator.fullmatch(self.low, a.end + 1, b.start)

    def _is_closed(self, a: Party, b: Party) -> bool:
        """"Between A and B, C ...": a comma after the last member of an enumeration begins something else."""
        i = self.parties.index(a)
        if i == 0 or self.grammar.verb_final or not self.low.startswith(",", a.end):
            return False
        before = self.parties[i - 1]
        joined = self.grammar.coordinator.fullmatch(self.low, before.end, a.start) is not None
        return joined and self._is_comma(a, b) and "," not in self.low[before.end : a.start]


def overlaps_name(scene: Scene, start: int, end: int) -> bool:
    """Whether a span lies in a name or cuts into one; a name inside the span does no harm."""
    return any((a < end and start < b and not (start <= a and b <= end)) or (a <= start and end <= b) for a, b in scene.names)
