"""Whom a match names: longest first, bare surnames by who else is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from analysis.actors.matcher import TWINS, Entry, Matcher, languages_of, matcher

__all__ = ["ActorSpan", "find", "read_article"]

_SILENT = ("block", "homonym")  # kinds that take text away from the actors and are never reported
# A romanised Korean given name, or a capitalised Cyrillic one: the surname before it is somebody else's.
_SYLLABLE = (
    r"(?:ch|kh|th|ph|kw|gw|hw|ky|gy|hy|py|my|ry|[bcdghjkmnprstwy])?"
    r"(?:aek?|eo|eu|oe|ui|wa|wo|wi|ya|ye|yo|yu|[aeiou])(?:ng|[kgnlmpbt])?"
)
_OTHER_NAME = re.compile(rf" (?:(?=[A-Z])(?i:{_SYLLABLE}[ -]{_SYLLABLE})\b|[А-Я][а-я]{{0,6}}\b)")


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """One name in a text: ``text[start:end] == surface``.

    ``kind`` is person, state, demonym, place, organisation or collective. ``country`` is ISO 3166 alpha-3 or UN, EU,
    NATO, G7, MSMT; that of a place is the country it lies in; empty for a collective, whose ``role`` is its bloc.
    """

    start: int
    end: int
    actor_id: str
    kind: str
    country: str
    surface: str
    role: str


def find(text: str, *, language: str | None = None, context: Collection[str] | None = None) -> list[ActorSpan]:
    """Return the actors named in ``text``, in order, never overlapping; the longest name wins.

    Parameters
    ----------
    text : str
    language : str, optional
        A language of the lexicon; without it, all languages in the script that most of the text is written in. A
        language that the lexicon lacks finds nothing.
    context : collection of str, optional
        Actors that the article names elsewhere, oldest first when it has an order. A surname that many bear resolves
        to the one who is named here or there: a leader before others, else the last named; else to nobody.

    >>> [(s.surface, s.country) for s in find("The Democratic People's Republic of Korea thanked Putin.")]
    [("Democratic People's Republic of Korea", 'PRK'), ('Putin', 'RUS')]
    >>> find("Kim left."), find("Kim left.", context={"kim-jong-un"})[0].actor_id
    ([], 'kim-jong-un')
    """
    found = _scan(text, matcher(languages_of(text, language)))
    return _resolve(text, found, list(context or ()), [])


def read_article(texts: list[str], language: str | None) -> list[list[ActorSpan]]:
    """Return the spans of each text of one article; bare surnames resolve over the whole of it."""
    found = [_scan(t, matcher(languages_of(t, language))) for t in texts]
    named = [_named(f) for f in found]
    out: list[list[ActorSpan]] = []
    earlier: list[str] = []
    for i, text in enumerate(texts):
        later = [a for names in named[i + 1 :] for a in names]
        out.append(_resolve(text, found[i], earlier, later))
        earlier.extend(named[i])
    return out


_Found = list[tuple[int, int, tuple[Entry, ...]]]


def _scan(text: str, matcher: Matcher) -> _Found:
    """Return start, end and the entries whose needs of the text are met, before surnames are resolved."""
    plain = text.translate(TWINS)
    shouted = plain.isupper()
    out: _Found = []
    position = 0
    while hit := matcher.regex.search(plain, position):
        entries = tuple(e for e in matcher.entries[hit.group()] if _is_met(e, plain, hit.start(), shouted))
        if entries:
            out.append((hit.start(), hit.end(), entries))
        position = hit.end() if entries else hit.start() + 1
    if shouted:  # "JOIN US NOW" names no country; "US WARNS NORTH KOREA" does
        sure = any(e.match != "acronym" for _, _, es in out for e in es)
        out = [f for f in out if sure or f[0] == 0 or f[2][0].match != "acronym"]
    return out


def _is_met(entry: Entry, plain: str, start: int, shouted: bool) -> bool:
    if not entry.needs or entry.needs == "context":
        return True
    return any(n in plain or (shouted and n.upper() in plain) for n in entry.needs.split("|"))


def _named(found: _Found) -> list[str]:
    return [e[0].actor_id for _, _, e in found if len(e) == 1 and e[0].kind in ("person", "homonym", "state") and not e[0].needs]


def _resolve(text: str, found: _Found, earlier: list[str], later: list[str]) -> list[ActorSpan]:
    named = list(earlier)
    rest = _named(found) + later
    out: list[ActorSpan] = []
    for start, end, entries in found:
        entry = _choose(entries, named, rest, is_other=bool(_OTHER_NAME.match(text, end)))
        if entry is None:
            continue
        named.append(entry.actor_id)
        if entry.kind in _SILENT:
            continue
        for part_start, part_end, actor, country in _pieces(text, start, end, entry):
            out.append(ActorSpan(part_start, part_end, actor, entry.kind, country, text[part_start:part_end], entry.role))
    return out


def _choose(entries: tuple[Entry, ...], named: list[str], rest: list[str], *, is_other: bool) -> Entry | None:
    if len(entries) == 1 and not entries[0].needs:
        return entries[0]
    direct = [e for e in entries if e.needs != "context"]
    if is_other and all(e.needs for e in entries):
        return None
    for pool in (named, rest):
        present = [e for e in entries if e.actor_id in pool]
        if present:
            leaders = [e for e in present if e.rank == "leader"]
            last = {a: i for i, a in enumerate(pool)}
            return max(leaders or present, key=lambda e: last[e.actor_id])
    return direct[0] if len({e.actor_id for e in direct}) == 1 else None


def _pieces(text: str, start: int, end: int, entry: Entry) -> Iterator[tuple[int, int, str, str]]:
    if len(entry.parts) == 1:
        yield start, end, entry.parts[0][1], entry.parts[0][2]
        return
    for length, actor, country in entry.parts:
        if text[start].translate(TWINS) in "·-":
            start += 1
        if actor:
            yield start, start + length, actor, country
        start += length
