"""How the matches of a pattern can begin and what they hold, so that a text is tried only against what it can match.

Reads the part of the syntax of regular expressions that the lexicons use, and errs on the side of too many.
"""

from __future__ import annotations

import re

__all__ = ["ANY", "DIGIT", "SPACE", "alternatives", "beginnings", "fold", "needles"]

ANY = ""  # the pattern can begin with anything
DIGIT = "\u0660"  # stands for every decimal digit of another script than ours
SPACE = "\u2028"  # stands for every white space
_FOREIGN = re.compile(r"[^\D0-9]")
_SPACES = re.compile(r"[^\S ]")
_DIGITS = {*"0123456789", DIGIT}
_GROUP = re.compile(r"\((?:\?(?:(<?[=!])|P<\w+>|-i:|:))?")
_CLASS = re.compile(r"\[(\^?)((?:\\.|[^\]\\])+)\]")
_MEMBER = re.compile(r"\\?(.)-(.)|\\(.)|(.)", re.DOTALL)
_COUNT = re.compile(r"(?:([?*+])|\{(\d*)(?:,\d*)?\})[?+]?")
_BARS = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|[()|]", re.DOTALL)  # escapes and classes, so that theirs do not count
_TOO_MANY, _FEW = 2000, 2  # of so many beginnings, only the first characters are told

# Matches read so far: those known whole, and those of which only the beginning is known.
_Read = tuple[frozenset[str], frozenset[str]]
_NOTHING: _Read = (frozenset({""}), frozenset())
_UNKNOWN: _Read = (frozenset(), frozenset({ANY}))


def beginnings(pattern: str, *, length: int) -> frozenset[str]:
    """Return strings one of which every match of ``pattern`` begins with, of at most ``length`` characters.

    `ANY` is among them when a match can begin with anything or be empty. `SPACE` stands where any white space will do,
    `DIGIT` for any digit of another script; a folded text (`fold`) can be compared with folded beginnings.

    Raises
    ------
    ValueError
        When the pattern has a kind of group that is not read here.

    >>> sorted(beginnings("(?:the )?(?:last|next) wee?k|x+y", length=3))
    ['las', 'nex', 'the', 'x']
    """
    whole, begun = _alternatives(pattern, 0, length)[0]
    return whole | begun


def fold(text: str) -> str:
    """Return a text as its beginnings are compared: case folded, white space as one sign, foreign digits as one.

    >>> fold("The\\tStraße"), fold("١") == fold("٢")
    ('the strase', True)
    """
    folded = _SPACES.sub(" ", text.casefold())
    return folded if len(folded) == len(text) and not _FOREIGN.search(text) else "".join(map(_folded, text))


def alternatives(pattern: str) -> list[str]:
    """Return the parts of a pattern between the bars that stand in no group.

    >>> alternatives("a|b(?:c|d)|[|]e")
    ['a', 'b(?:c|d)', '[|]e']
    """
    out, start, depth = [], 0, 0
    for sign in _BARS.finditer(pattern):
        depth += (sign[0] == "(") - (sign[0] == ")")
        if sign[0] == "|" and depth == 0:
            out.append(pattern[start : sign.start()])
            start = sign.end()
    return [*out, pattern[start:]]


def needles(pattern: str) -> frozenset[str]:
    """Return strings one of which every match of ``pattern`` holds; an empty one among them when none is known.

    >>> sorted(needles(r"(?:\\w+ly )?(?:alarmed|worried)|\\w+ ministers?"))
    [' minister', 'alarmed', 'worried']
    """
    return frozenset().union(*(_needles(part) for part in alternatives(pattern)))


def _needles(pattern: str) -> frozenset[str]:
    """Return the needles of a pattern without alternatives: of its parts, those that say most."""
    found, run, at = [], "", 0
    while at < len(pattern):
        begin, (_, at) = at, _atom(pattern, at, 1)
        sign, atom = pattern[begin], pattern[begin:at]
        count = _COUNT.match(pattern, at)
        at = count.end() if count else at
        if not count and sign not in "([\\$^.":
            run += sign
            continue
        found, run = [*found, {run}], ""
        group = _GROUP.match(atom)
        if group and not group[1] and not (count and _may_lack(count)):
            found.append(needles(atom[group.end() : -1]))
    return frozenset(max([*found, {run}], key=lambda needles: min(map(len, needles))))


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    return DIGIT if character.isdecimal() and character > "9" else character.casefold()[:1]


def _alternatives(pattern: str, at: int, length: int) -> tuple[_Read, int]:
    (whole, begun), at = _sequence(pattern, at, length)
    while at < len(pattern) and pattern[at] == "|":
        (more, others), at = _sequence(pattern, at + 1, length)
        whole, begun = whole | more, begun | others
    return (whole, begun), at


def _sequence(pattern: str, at: int, length: int) -> tuple[_Read, int]:
    whole, begun = {""}, set()
    while at < len(pattern) and pattern[at] not in "|)":
        (more, others), at = _atom(pattern, at, length)
        if count := _COUNT.match(pattern, at):
            at = count.end()
            more, others = _repeated(count, more, others)
        if len(whole) * max(len(more), len(others)) > _TOO_MANY:
            more, others = frozenset(), {s[:_FEW] for s in more | others}
        begun |= {(w + o)[:length] for w in whole for o in others}
        longer = {(w + m)[:length] for w in whole for m in more}
        whole = {s for s in longer if len(s) < length}
        begun |= longer - whole
        if not whole:
            at = _end(pattern, at)  # what follows is past the beginning
    return (frozenset(whole), frozenset(begun)), at


def _end(pattern: str, at: int) -> int:
    """Return where the part of a pattern ends that one of its places stands in."""
    depth = 0
    for sign in _BARS.finditer(pattern, at):
        if depth == 0 and sign[0] in "|)":
            return sign.start()
        depth += (sign[0] == "(") - (sign[0] == ")")
    return len(pattern)


def _repeated(count: re.Match[str], whole: frozenset[str], begun: frozenset[str]) -> _Read:
    """What is said once or more is known only by how it begins; what may be left out may also be nothing."""
    if count[1] == "?":
        return whole | {""}, begun
    return frozenset({""} if _may_lack(count) else ()), whole | begun


def _may_lack(count: re.Match[str]) -> bool:
    return count[1] in ("?", "*") or count[2] in ("", "0")


def _atom(pattern: str, at: int, length: int) -> tuple[_Read, int]:
    sign = pattern[at]
    if sign == "(":
        group = _GROUP.match(pattern, at)
        if pattern[group.end() :].startswith("?"):
            raise ValueError(f"the group at {at} of {pattern!r} is of a kind that is not read here")
        found, at = _alternatives(pattern, group.end(), length)
        return _NOTHING if group[1] else found, at + 1  # what stands around a match is no part of it
    if sign == "[":
        members = _CLASS.match(pattern, at)
        return _UNKNOWN if members[1] else _one_of(_members(members[2])), members.end()
    if sign == "\\":
        escaped = pattern[at + 1]
        return _NOTHING if escaped in "bB" else _one_of(_escaped(escaped)), at + 2
    if sign in "$^":
        return _NOTHING, at + 1
    return _UNKNOWN if sign == "." else _one_of({sign}), at + 1


def _one_of(characters: set[str]) -> _Read:
    return _UNKNOWN if ANY in characters else (frozenset(characters), frozenset())


def _members(text: str) -> set[str]:
    found: set[str] = set()
    for low, high, escaped, single in _MEMBER.findall(text):
        if escaped:
            found |= _escaped(escaped)
        elif low:
            found |= {chr(c) for c in range(ord(low), ord(high) + 1)}
        else:
            found.add(single)
    return found


def _escaped(character: str) -> set[str]:
    known = {"d": _DIGITS, "s": {SPACE}}
    return known.get(character) or ({ANY} if character.isalnum() else {character})
