"""Which characters a pattern can begin with, so that a word is tried only against the patterns it can open.

Reads the part of the syntax of regular expressions that the date lexicons use, and errs on the side of too many.
"""

from __future__ import annotations

import re

__all__ = ["ANY", "key", "openers"]

ANY = ""  # the pattern can begin with anything
_DIGIT = r"\d"  # a decimal digit of another script than ours
_GROUP = re.compile(r"\((?:\?(?:(<?[=!])|P<\w+>|-i:|:))?")
_CLASS = re.compile(r"\[(\^?)((?:\\.|[^\]\\])+)\]")
_MEMBER = re.compile(r"\\?(.)-(.)|\\(.)|(.)")
_COUNT = re.compile(r"[?*+]|\{(\d+)[^}]*\}")


def key(character: str) -> str:
    """Return the name under which `openers` lists a character: case folded, foreign digits as one.

    >>> key("T"), key("9"), key("١")
    ('t', '9', '\\\\d')
    """
    return _DIGIT if character.isdecimal() and character > "9" else character.casefold()[:1]


def openers(pattern: str) -> frozenset[str]:
    """Return the keys of the characters that a match of ``pattern`` can begin with; `ANY` among them for all.

    >>> sorted(openers("(?:the )?(?:last|next) week(?!end)|[0-2]0s"))
    ['0', '1', '2', 'l', 'n', 't']
    """
    found, may_be_empty, _ = _alternatives(pattern, 0)
    return frozenset(found | ({ANY} if may_be_empty else set()))


def _alternatives(pattern: str, at: int) -> tuple[set[str], bool, int]:
    found, may_be_empty, at = _sequence(pattern, at)
    while at < len(pattern) and pattern[at] == "|":
        more, empty, at = _sequence(pattern, at + 1)
        found, may_be_empty = found | more, may_be_empty or empty
    return found, may_be_empty, at


def _sequence(pattern: str, at: int) -> tuple[set[str], bool, int]:
    found: set[str] = set()
    beginning = True
    while at < len(pattern) and pattern[at] not in "|)":
        first, may_be_empty, at = _atom(pattern, at)
        count = _COUNT.match(pattern, at)
        if count:
            at = count.end()
            may_be_empty = may_be_empty or count[0] in "?*" or count[1] == "0"
        if beginning:
            found |= first
            beginning = may_be_empty
    return found, beginning, at


def _atom(pattern: str, at: int) -> tuple[set[str], bool, int]:
    sign = pattern[at]
    if sign == "(":
        group = _GROUP.match(pattern, at)
        found, may_be_empty, at = _alternatives(pattern, group.end())
        return (set(), True, at + 1) if group[1] else (found, may_be_empty, at + 1)
    if sign == "[":
        members = _CLASS.match(pattern, at)
        return (_members(members[2]) if not members[1] else {ANY}), False, members.end()
    if sign == "\\":
        escaped = pattern[at + 1]
        return (set(), True, at + 2) if escaped in "bB" else (_escaped(escaped), False, at + 2)
    if sign in "$^":
        return set(), True, at + 1
    return {ANY} if sign == "." else {key(sign)}, False, at + 1


def _members(text: str) -> set[str]:
    found: set[str] = set()
    for low, high, escaped, single in _MEMBER.findall(text):
        if escaped:
            found |= _escaped(escaped)
        else:
            low, high = (low, high) if low else (single, single)
            found |= {key(chr(c)) for c in range(ord(low), ord(high) + 1)}
    return found


def _escaped(character: str) -> set[str]:
    if character == "d":
        return {*"0123456789", _DIGIT}
    return {ANY} if character in "wWsSD" else {key(character)}
