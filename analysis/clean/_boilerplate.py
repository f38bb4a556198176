"""What stands in a text and is not the article, cut by rules that are data and kept aside."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from analysis.lexicons import read_lexicon
from analysis.text import words

__all__ = ["Piece", "cut_boilerplate", "cut_title"]

_LONGEST_LINE = 600  # characters: a longer line is an article's paragraph, whatever it begins with
_WINDOW = 700  # characters at either end in which a lead or a tail can stand
_LONGEST_BODY = 8000  # characters: a text longer than that is not one caption or one blurb
_ROUNDS = 6  # leads and tails that may follow one another
_TITLE_SHARE = 0.5  # a blurb that shares half of the title's words is the item's own
_TITLE_JOINTS = re.compile(r"\s*[|｜ㅣ:：–—-]\s*")


class Piece(NamedTuple):
    """A piece cut from an article: what it is, its text and the rule that cut it."""

    kind: str
    text: str
    rule: str


class _Rule(NamedTuple):
    kind: str
    pattern: re.Pattern[str]
    condition: str
    name: str


def cut_boilerplate(body: str, *, title: str = "", published: dt.date | None = None) -> tuple[str, list[Piece]]:
    """Return ``body`` without what is not the article, and the pieces that were cut.

    Rules come from ``lexicons/boilerplate.csv`` by scope: a whole body, a line, a lead, a tail. All apply whatever the
    language, since feeds mix them. A condition restrains two: ``later`` cuts a bulletin only when its own date is after
    ``published``, ``other_story`` cuts a blurb only when it shares fewer than half of the title's words.

    Parameters
    ----------
    body : str
        Repaired and normalised text.
    title : str
        Repaired title; repeated as the first line of the body, it is cut there.
    published : date, optional
        Day of publication.

    Returns
    -------
    (str, list of Piece)
        Together they hold every character of ``body`` but white space.

    >>> cut_boilerplate("Talks began.\\n| Two men at a table. |\\nSource\\nComment (0)")[0]
    'Talks began.'
    """
    pieces: list[Piece] = []
    if len(body) <= _LONGEST_BODY:
        for rule in _rules("body"):
            found = rule.pattern.fullmatch(body)
            if found and _applies(rule, found, title, published):
                return "", [Piece(rule.kind, body, rule.name)]
    body, cut = _cut_lines(body, title)
    pieces += cut
    body, cut = _cut_ends(body)
    return body, pieces + cut


def cut_title(title: str, *, sites: tuple[str, ...]) -> tuple[str, list[Piece]]:
    """Return ``title`` without a name of its site at the end, and that name.

    >>> cut_title("Minister leaves | The Example Post", sites=("The Example Post",))
    ('Minister leaves', [Piece(kind='feed_tail', text='| The Example Post', rule="title: the site's name at its end")])
    """
    names = {s.casefold().strip() for s in sites if s.strip()}
    for joint in reversed(list(_TITLE_JOINTS.finditer(title))):
        if title[joint.end() :].casefold().strip() in names and joint.start() > 0:
            return title[: joint.start()], [Piece("feed_tail", title[joint.start() :].strip(), "title: the site's name at its end")]
    return title, []


def _cut_lines(body: str, title: str) -> tuple[str, list[Piece]]:
    kept: list[str] = []
    pieces: list[Piece] = []
    head = _plain(title)
    for line in body.split("\n"):
        if not kept and head and _plain(line) == head:
            pieces.append(Piece("menu", line, "line: the title repeated above the text"))
            continue
        rule = _line_rule(line) if len(line) <= _LONGEST_LINE else None
        if rule:
            pieces.append(Piece(rule.kind, line, rule.name))
        else:
            kept.append(line)
    return "\n".join(kept), pieces


def _plain(line: str) -> str:
    return line.casefold().replace("’", "'").rstrip(".") if len(line) <= _LONGEST_LINE else ""


def _line_rule(line: str) -> _Rule | None:
    return next((rule for rule in _rules("line") if rule.pattern.fullmatch(line)), None)


def _cut_ends(body: str) -> tuple[str, list[Piece]]:
    leads: list[Piece] = []
    tails: list[Piece] = []
    for _ in range(_ROUNDS):
        found = _first_match("lead", body[:_WINDOW])
        if not found:
            break
        leads.append(found)
        body = body[len(found.text) :].lstrip()
    for _ in range(_ROUNDS):
        found = _first_match("tail", body[-_WINDOW:])
        if not found:
            break
        tails.append(found)
        body = body[: len(body) - len(found.text)].rstrip()
    return body, leads + tails


def _first_match(scope: str, window: str) -> Piece | None:
    for rule in _rules(scope):
        found = rule.pattern.match(window) if scope == "lead" else rule.pattern.search(window)
        if found and found.group():
            return Piece(rule.kind, found.group(), rule.name)
    return None


def _applies(rule: _Rule, found: re.Match[str], title: str, published: dt.date | None) -> bool:
    if rule.condition == "later":
        return published is not None and _own_day(found) > published
    if rule.condition == "other_story":
        return not _tells_of(found.group(), title)
    return True


def _own_day(found: re.Match[str]) -> dt.date:
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return dt.date.min


def _tells_of(blurb: str, title: str) -> bool:
    own = {w.casefold() for w in words(title) if len(w) > 3}
    shared = own & {w.casefold() for w in words(blurb)}
    return bool(own) and len(shared) >= _TITLE_SHARE * len(own)


@cache
def _rules(scope: str) -> tuple[_Rule, ...]:
    table = read_lexicon("boilerplate")
    rows = table[table["scope"] == scope]
    # The later a rule can begin, the less it eats: a tail's pattern is anchored at the end of the text only.
    form = {"tail": r"(?:{})\s*\Z", "lead": r"(?:{})\s*"}.get(scope, "(?:{})")
    return tuple(
        _Rule(kind, re.compile(form.replace("{}", pattern)), condition, f"{scope}: {note}")
        for kind, pattern, condition, note in zip(
            rows["kind"], rows["pattern"], rows["condition"], rows["note"], strict=True
        )
    )
