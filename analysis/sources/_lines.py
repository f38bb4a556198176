"""JSON lines, gzipped or not: one item a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from analysis.sources._bytes import BadLine, Lines, open_bytes
from analysis.sources._items import Broken, Found, Refused, pick, refuse_empty

__all__ = ["read_lines"]

_SHOWN = 60
_DOCUMENT = ("[", "{", "[{")  # what a JSON document spread over lines shows as its first line
_REMEDY = "write one object a line, as jq -c '.[]' does with a list"


def read_lines(path: Path) -> Iterator[Found | Refused]:
    """Yield one item or reject for every line that is not blank; ``row`` is the line's number in the file.

    Of a key that stands twice in one object the last value counts, as everywhere with JSON. The archives' own fields
    that no column takes (``cited_source``) are left in the raw file.

    Raises
    ------
    Broken
        When the file is no text at all.
    EOFError, OSError, zlib.error
        When the compressed file stops or is damaged; what was yielded stands.
    """
    with open_bytes(path) as stream:
        lines = Lines(stream, name=path.name)
        empty = True
        while True:
            try:
                line = next(lines)
            except StopIteration:
                break
            except BadLine as bad:
                empty = False
                yield Refused(lines.number, bad.reason, bad.detail)
                continue
            if not line.isspace():
                if empty and line.strip() in _DOCUMENT and ".json" in path.suffixes:
                    raise Broken("broken_json", f"one JSON document over many lines, not one object a line; {_REMEDY}")
                empty = False
                yield _item(lines.number, line)
        if empty:
            yield refuse_empty()


def _item(row: int, line: str) -> Found | Refused:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits, and nesting without end
        return Refused(row, "broken_json", _explain(line.strip(), error))
    if not isinstance(value, dict):
        return Refused(row, "not_an_object", f"a JSON {type(value).__name__}, not an object; {_REMEDY}")
    return pick(row, tuple(value), tuple(value.values()))


def _explain(line: str, error: Exception) -> str:
    what = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
    where = f" at character {error.pos + 1} of {len(line)}" if isinstance(error, json.JSONDecodeError) else ""
    return f"{what}{where}, after {line[:_SHOWN]!r}; write the line again or remove it"
