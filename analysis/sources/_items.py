"""What every reader yields: a raw item found or refused; which name in a file means which column of ours."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from analysis.schema import TABLES

__all__ = ["COLUMNS", "REASONS", "Broken", "Found", "Reader", "Refused", "known_names", "pick", "plan", "refuse_empty"]

# Every reason a reader can refuse an item for, and what it means. A reject's detail adds the evidence and the remedy.
REASONS = {
    "unknown_format": "The file's kind is not one that is read.",
    "unreadable": "The system would not give the file: permissions, a dead or looping link, a device.",
    "empty_file": "The file holds no item.",
    "binary": "The file is named as text and holds something else.",
    "undecodable": "The bytes are not UTF-8 and no other encoding fits.",
    "file_too_large": "One article in one file is larger than any article is.",
    "line_too_long": "One line is longer than any article is.",
    "broken_gzip": "The compressed file stops or is damaged; rows before the break are kept.",
    "broken_json": "The line is not JSON.",
    "not_an_object": "The line is JSON but no object with named fields.",
    "broken_csv": "The row cannot be told apart: an unclosed quotation mark or an oversized field.",
    "ragged_row": "The row has not as many fields as the header, so its fields may stand in the wrong columns.",
    "broken_parquet": "The file is not Parquet or is damaged.",
    "no_text_column": "No field is known to hold a title, a text or a page.",
    "no_text": "Title, text and page are all empty.",
}

COLUMNS = tuple(n for n in TABLES["records"].names if n not in ("source_id", "raw_path", "raw_row"))
_TEXTUAL = ("title", "body", "html")
_SHOWN = 12  # field names quoted in a message


class Found(NamedTuple):
    """A raw item: its row in the file, from 1, and its values by column of the table ``records``."""

    row: int
    values: Mapping[str, str]


class Refused(NamedTuple):
    """A raw item that cannot be a record: row 0 is the file as a whole."""

    row: int
    reason: str
    detail: str


class Broken(Exception):
    """The rest of a file cannot be read; what was yielded before stands."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


Reader = Callable[[Path], Iterator[Found | Refused]]
Plan = tuple[tuple[str, tuple[int, ...]], ...]


@lru_cache(maxsize=512)
def plan(names: tuple[str, ...]) -> Plan:
    """Return, for field names in a file's order, which positions may fill each column, best first.

    Case and punctuation of a name do not matter; which names are known is data, in ``fields.csv``. No plan (an empty
    tuple) means that none of the names holds a title, a text or a page.

    >>> plan(("nr", "Headline", "publishedAt", "content"))
    (('title', (1,)), ('body', (3,)), ('date_text', (2,)))
    >>> plan(("nr", "date"))
    ()
    """
    places: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        places.setdefault(_fold(name), []).append(i)
    found = {c: tuple(i for alias in _aliases()[c] for i in places.get(alias, ())) for c in COLUMNS}
    if not any(found[c] for c in _TEXTUAL):
        return ()
    return tuple((c, positions) for c, positions in found.items() if positions)


def pick(row: int, names: Sequence[str], values: Sequence[object]) -> Found | Refused:
    """Return the item of one row of named values, or why there is none.

    A column takes the first of its fields that is not blank; a page is kept only when there is no text.

    >>> pick(1, ("headline", "text", "when"), ("Visit", " ", "2024"))
    Found(row=1, values={'title': 'Visit'})
    >>> pick(2, ("headline", "text"), ("", None)).reason
    'no_text'
    """
    steps = plan(tuple(names))
    if not steps:
        return Refused(row, "no_text_column", f"fields: {shown(names)}; {known_names()}")
    item = {}
    for column, positions in steps:
        for i in positions:
            value = values[i]
            value = value if isinstance(value, str) else _as_text(value)
            if value and not value.isspace():
                item[column] = value
                break
    if "body" in item:
        item.pop("html", None)
    elif "title" not in item and "html" not in item:
        return Refused(row, "no_text", f"fields: {shown(names)}; all that could hold a text are blank")
    return Found(row, item)


def known_names() -> str:
    """Return the remedy for unknown field names: what to call the columns of title and text."""
    names = {c: ", ".join(_shown_aliases(c)) for c in ("title", "body")}
    return f"name the title one of {names['title']} and the text one of {names['body']}"


def shown(names: Sequence[str]) -> str:
    """Return field names for a message, the first dozen of them.

    >>> shown(["a", "b"])
    'a, b'
    """
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (", ".join(n[:40] or "(no name)" for n in names[:_SHOWN]) or "none") + more


def refuse_empty(what: str = "the file") -> Refused:
    """Return the reject of a file without items."""
    return Refused(0, "empty_file", f"{what} holds no item; export it again or remove it")


def _as_text(value: object) -> str | None:
    if value is None or value != value:  # not a number is no value
        return None
    if isinstance(value, Mapping):
        name = value.get("name")
        return name if isinstance(name, str) else json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, list | tuple):
        return "\n".join(part for part in map(_as_text, value) if part)
    return value if isinstance(value, str) else str(value)


def _fold(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def _table() -> tuple[tuple[str, str], ...]:
    with (files("analysis.sources") / "fields.csv").open(encoding="utf-8", newline="") as stream:
        return tuple((row["column"], row["name"]) for row in csv.DictReader(stream))


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    return {c: tuple(dict.fromkeys(_fold(n) for column, n in _table() if column == c)) for c in COLUMNS}


def _shown_aliases(column: str) -> list[str]:
    return [name for c, name in _table() if c == column][:4]
