"""Whether a text is about Russia and North Korea together, with the two names that show it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from analysis.lexicons import read_lexicon
from analysis.text import sentences

__all__ = ["NORTH_KOREA", "RUSSIA", "evidence", "find_names", "missing_side", "screen_pattern", "touches_north_korea"]

_READ = 200_000  # characters of a text in which the two are looked for
_NEAR = 4  # sentences within which two that are each named twice count
_LEAD = 2  # sentences that stand with the title
_LISTED = 90  # characters between two names of one list
NORTH_KOREA, RUSSIA = "PRK", "RUS"
_EDGES = {"start": (r"(?<!\w)", ""), "word": (r"(?<!\w)", r"(?!\w)"), "none": ("", "")}
_SCRIPTS = {
    "Latin": re.compile("[A-Za-z]"), "Cyrillic": re.compile("[а-яА-Я]"), "Hangul": re.compile("[가-힣]"),
    "Han": re.compile("[一-鿿]"), "Kana": re.compile("[ぁ-ヿ]"), "Arabic": re.compile("[ء-ی]"), "Thai": re.compile("[ก-๛]"),
}
_LETTER = re.compile(r"(?<!\\)[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_KINDS = ("person", "organisation")
_SYNTAX = re.compile(r"\\.")  # letters of a pattern that are no letters of a name
_JOINTS = re.compile(r"[\s,·ㆍ・、/&“”\"'’-]|\b(?:and|or|et|и|или|ou|the|of|le|la|les|l|with)\b|[와과및나]|(?<=[a-zа-я])['’]s\b")


class Name(NamedTuple):
    """One naming of a side: PRK, RUS, both at once, a list of three at once, or a third state."""

    start: int
    end: int
    side: str
    surface: str


def find_names(content: str, *, closely: bool = False) -> list[Name]:
    """Return the namings of both sides and of third states in ``content``, in order, never overlapping.

    ``closely`` adds the persons and bodies of the two countries in ``lexicons/actors.csv`` that need no context to be
    told; it is for texts that seem to name one side only.

    >>> [(n.side, n.surface) for n in find_names("Putin met the DPRK's leader Kim Jong Un")]
    [('RUS', 'Putin'), ('PRK', 'DPRK'), ('PRK', 'Kim Jong Un')]
    """
    content = content[:_READ]
    # Only the forms of the scripts that the text has are tried: most texts have one.
    scripts = frozenset(name for name, letters in _SCRIPTS.items() if letters.search(content))
    names = [
        Name(m.start(), m.end(), m.lastgroup.rstrip("_0123456789"), content[m.start() : m.end()])
        for m in _pattern(scripts).finditer(_lower(content)) if m.group()
    ]
    return _with_actors(content, names) if closely else names


def touches_north_korea(content: str) -> bool:
    """Return whether ``content`` names North Korea in any form the lexicon has.

    >>> touches_north_korea("Пхеньян"), touches_north_korea("The Republic of Korea"), touches_north_korea("방북")
    (True, False, True)
    """
    return any(n.side in (NORTH_KOREA, "both", "list") for n in find_names(content))


def missing_side(content: str) -> str:
    """Return what ``content`` lacks: "" when both sides are named.

    >>> missing_side("Kim Jong Un fires missiles")
    "names North Korea ('Kim Jong Un') but not Russia"
    """
    for closely in (False, True):
        names = find_names(content, closely=closely)
        sides = {n.side for n in names}
        if sides & {"both", "list"} or {NORTH_KOREA, RUSSIA} <= sides:
            return ""
        if not sides & {NORTH_KOREA, RUSSIA}:
            return "does not name North Korea"
    first = next((n for n in names if n.side == NORTH_KOREA), None)
    return f"names North Korea ('{first.surface[:40]}') but not Russia" if first else "does not name North Korea"


def screen_pattern(side: str) -> str:
    """Return a pattern without lookaround that every text naming a side (PRK, RUS) matches, and some that do not.

    For a fast engine over many texts; case does not matter. What it lets through is read again with the exact forms.

    >>> "kremlin" in screen_pattern("RUS"), "kremlin" in screen_pattern("PRK")
    (True, False)
    """
    table = read_lexicon("relevance")
    rows = table[table["side"].isin((side, "both", "list"))]
    by_first, free = _actors()
    hints = {h.lower() for cell in rows["hint"] for h in cell.split("|") if h}
    hints |= {form.lower() for forms in (*by_first.values(), free) for form, own in forms if own == side}
    return "|".join(re.escape(h) for h in sorted(hints))


def evidence(title: str, body: str, *, language: str | None = None) -> tuple[str, str]:
    """Return the evidence that a text is about the two sides together, and what is lacking when there is none.

    In this order: both named in the title; in one sentence of the body; one in the title and the other in its first two
    sentences; in neighbouring sentences; each at least twice with four sentences or fewer between two of them. Parts
    of a sentence between semicolons count as sentences that are no neighbours, since bulletins string their items so.
    Names that stand only in one list of states ("China, Russia and North Korea") are no evidence, unless a word of a
    relation ("axis", "summit") stands with them.

    Parameters
    ----------
    title, body : str
    language : str, optional
        Helps to find where sentences end.

    Returns
    -------
    (str, str)
        One of the two is empty.

    >>> evidence("Kim Jong Un leaves", "He is to meet Putin. The train is slow.")
    ("title and lead: 'Kim Jong Un' + 'Putin'", '')
    >>> evidence("", "Sanctions hit Iran, Russia and North Korea.")
    ('', "named only in a list of states: 'Russia' + 'North Korea'")
    """
    lack = missing_side(f"{title}\n{body}")
    if lack:
        return "", lack
    body = body[:_READ]
    spans, breaks = _parts(body, language)
    texts = [title, *(body[a:b] for a, b in spans)]
    sides = {n.side for t in (title, body) for n in find_names(t)}
    closely = not sides & {"both", "list"} and not {NORTH_KOREA, RUSSIA} <= sides
    parts = [find_names(t, closely=closely) for t in texts]
    pairs = [_pair(t, names) for t, names in zip(texts, parts, strict=True)]
    for i, pair in enumerate(pairs):
        if pair and (not pair.listed or _bond().search(texts[i])):
            how = "title" if i == 0 else "same sentence"
            return _told(f"{how}, a list with a word of a relation" if pair.listed else how, pair), ""
    lists = [pair.places if pair else frozenset() for pair in pairs]
    free = [[n for n in names if n.start not in own] for names, own in zip(parts, lists, strict=True)]
    found = _apart(free[0], free[1 : 1 + _LEAD], "title and lead") or _neighbours(free[1:], breaks) or _often(free[1:])
    if found:
        return found, ""
    listed = next((pair for pair in pairs if pair), None)
    if listed:
        return "", _told("named only in a list of states", listed)
    return "", "names both, but never close together"


class _Pair(NamedTuple):
    first: str
    second: str
    listed: bool
    places: frozenset[int] = frozenset()  # where the names of lists begin


def _pair(content: str, names: list[Name]) -> _Pair | None:
    """Return the best pair of one sentence: one outside a list before one inside it."""
    listed: list[Name] = []
    for i, name in enumerate(names):
        if name.side == "both":
            return _Pair(name.surface, name.surface, False)
        if name.side == "list":
            listed += [name, name]
        for other in names[i + 1 :]:
            if {name.side, other.side} == {NORTH_KOREA, RUSSIA}:
                if not _is_listed(content, names, name, other):
                    return _Pair(name.surface, other.surface, False)
                listed += [name, other]
    if not listed:
        return None
    return _Pair(listed[0].surface, listed[1].surface, True, frozenset(n.start for n in listed))


def _is_listed(content: str, names: list[Name], left: Name, right: Name) -> bool:
    """Return whether the two stand in one run of three states or more with nothing but joints between them."""
    run = [left, right]
    inner = [n for n in names if left.end <= n.start and n.end <= right.start]
    if right.start - left.end > _LISTED or not _only_joints(content, [left, *inner, right]):
        return False
    before = [n for n in names if n.end <= left.start]
    after = [n for n in names if n.start >= right.end]
    run += inner
    run += [n for n in before[-1:] if n.side == "third" and _only_joints(content, [n, left])]
    run += [n for n in after[:1] if n.side == "third" and _only_joints(content, [right, n])]
    return any(n.side == "third" for n in run)


def _only_joints(content: str, chain: list[Name]) -> bool:
    gaps = (content[a.end : b.start] for a, b in pairwise(chain))
    return all(gap.strip() and not _JOINTS.sub("", gap) for gap in gaps)


def _parts(body: str, language: str | None) -> tuple[list[tuple[int, int]], list[bool]]:
    """Return the spans of sentences, parted at semicolons, and whether each is parted from the one before it."""
    spans: list[tuple[int, int]] = []
    breaks: list[bool] = []
    for a, b in sentences(body, language=language):
        start = a
        for i in [*(m.start() for m in re.finditer(";", body[a:b])), b - a]:
            if a + i > start:
                spans.append((start, a + i))
                breaks.append(start > a)
            start = a + i + 1
    return spans, breaks


def _apart(left: list[Name], rest: list[list[Name]], where: str) -> str:
    """Return evidence of one side in ``left`` and the other in ``rest``."""
    for mine, theirs in ((NORTH_KOREA, RUSSIA), (RUSSIA, NORTH_KOREA)):
        here = next((n for n in left if n.side == mine), None)
        there = next((n for part in rest for n in part if n.side == theirs), None)
        if here and there:
            return _told(where, _Pair(here.surface, there.surface, False))
    return ""


def _neighbours(parts: list[list[Name]], breaks: list[bool]) -> str:
    for i in range(len(parts) - 1):
        if not breaks[i + 1]:
            found = _apart(parts[i], parts[i + 1 : i + 2], "neighbouring sentences")
            if found:
                return found
    return ""


def _often(parts: list[list[Name]]) -> str:
    places = {side: [i for i, p in enumerate(parts) for n in p if n.side == side] for side in (NORTH_KOREA, RUSSIA)}
    if min(len(p) for p in places.values()) < 2:
        return ""
    for i in places[NORTH_KOREA]:
        near = [j for j in places[RUSSIA] if abs(i - j) <= _NEAR]
        if near:
            pick = {NORTH_KOREA: i, RUSSIA: near[0]}
            first, second = (next(n.surface for n in parts[pick[s]] if n.side == s) for s in (NORTH_KOREA, RUSSIA))
            return _told(f"each at least twice, {abs(i - near[0])} sentences apart", _Pair(first, second, False))
    return ""


def _told(where: str, pair: _Pair) -> str:
    first, second = (" ".join(s.split())[:60] for s in (pair.first, pair.second))
    return f"{where}: '{first}'" if first == second else f"{where}: '{first}' + '{second}'"


def _with_actors(content: str, names: list[Name]) -> list[Name]:
    found = [*names]
    by_first, free = _actors()
    for word in _WORD.finditer(content):
        for form, side in by_first.get(word.group(), ()):
            end = word.start() + len(form)
            if content.startswith(form, word.start()) and not content[end : end + 1].isalnum():
                found.append(Name(word.start(), end, side, form))
                break
    found += [Name(i, i + len(form), side, form) for form, side in free if (i := content.find(form)) >= 0]
    out: list[Name] = []
    for name in sorted(found, key=lambda n: (n.start, -n.end)):
        if not out or name.start >= out[-1].end:
            out.append(name)
    return out


@cache
def _actors() -> tuple[dict[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """Return names of both sides by their first word, the longest first, and those written without spaces."""
    table = read_lexicon("actors")
    rows = table[table["country"].isin((NORTH_KOREA, RUSSIA)) & table["kind"].isin(_KINDS) & (table["needs"] == "")]
    by_first: dict[str, list[tuple[str, str]]] = {}
    free: list[tuple[str, str]] = []
    for form, match, side in zip(rows["form"], rows["match"], rows["country"], strict=True):
        first = _WORD.match(form)
        if match == "word" and first and " " in form:
            by_first.setdefault(first.group(), []).append((form, side))
        elif match == "free" and len(form) > 2:
            free.append((form, side))
    return {k: sorted(set(v), key=lambda f: (-len(f[0]), f)) for k, v in by_first.items()}, sorted(set(free))


@cache
def _bond() -> re.Pattern[str]:
    table = read_lexicon("relevance")
    rows = table[table["side"] == "bond"]
    forms = zip(rows["edge"], rows["pattern"], strict=True)
    return re.compile("|".join(f"{_EDGES[edge][0]}(?:{pattern}){_EDGES[edge][1]}" for edge, pattern in forms), re.I)


@cache
def _pattern(scripts: frozenset[str]) -> re.Pattern[str]:
    table = read_lexicon("relevance")
    # Of two names that begin at one place the first alternative wins: joined forms, then the sides, then third states.
    order = ("list", "both", NORTH_KOREA, RUSSIA, "third")
    inside: list[str] = []
    at_word: list[str] = []
    for side in order:
        rows = table[table["side"] == side]
        for i, edge, pattern in zip(rows.index, rows["edge"], rows["pattern"], strict=True):
            letters = _SYNTAX.sub("", pattern)
            if any(_SCRIPTS[name].search(letters) for name in scripts):
                # In small letters against a text in small letters: three times as fast as ignoring case.
                small = _LETTER.sub(lambda m: m[0].lower(), pattern)
                group = f"(?P<{side}_{i}>(?:{small}){_EDGES[edge][1]})"
                (inside if edge == "none" else at_word).append(group)
    parts = [*inside, *([rf"(?<!\w)(?:{'|'.join(at_word)})"] if at_word else [])]
    return re.compile("|".join(parts) or r"(?!)")


def _lower(content: str) -> str:
    small = content.lower()
    return small if len(small) == len(content) else "".join(c.lower() if len(c.lower()) == 1 else c for c in content)
