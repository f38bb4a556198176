"""Files that are one article each: plain text and saved pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.sources._bytes import decode, read_whole
from analysis.sources._items import Found, Refused, refuse_empty
from analysis.text import sentences

__all__ = ["read_page", "read_text", "split_title"]

_LONGEST_TITLE = 200  # characters, when a blank line sets it off
_LONGEST_HEAD = 120  # characters, when nothing does
_FINAL = ".!?…。:;,"
_SHARE_OF_LINE = 0.8  # a line nearly as long as the longest is a line of wrapped text, not its title


def read_text(path: Path) -> Iterator[Found | Refused]:
    """Yield the article of a plain text file: its title when the layout shows one, and the rest as body."""
    content = decode(read_whole(path), name=path.name)
    if not content.strip():
        yield refuse_empty()
        return
    title, body = split_title(content)
    yield Found(1, {"title": title, "body": body} if title else {"body": body})


def read_page(path: Path) -> Iterator[Found | Refused]:
    """Yield a saved page as it is, in the column ``html``: what of it is the article is for cleaning to say."""
    content = decode(read_whole(path), is_page=True, name=path.name)
    yield Found(1, {"html": content}) if content.strip() else refuse_empty()


def split_title(content: str) -> tuple[str, str]:
    """Return the title of a plain text, empty when its layout shows none, and the rest.

    The first line is the title when a blank line sets it off and it is one sentence of at most 200 characters, without a
    full stop unless that blank line is the only one (in a text with a blank line after every paragraph, a first line
    with a full stop is its first paragraph). Without a blank line it is the title when it is at most 120 characters,
    has no final punctuation, is clearly shorter than the longest line and the next line does not go on in small
    letters. A text of one line has no title.

    >>> split_title("Minister to visit\\n\\nHe leaves on Monday.\\n")
    ('Minister to visit', 'He leaves on Monday.')
    >>> split_title("The minister leaves on Monday.\\nHe returns on Friday.")
    ('', 'The minister leaves on Monday.\\nHe returns on Friday.')
    """
    text = content.strip()
    first, _, rest = text.partition("\n")
    first = first.strip()
    set_off = not rest.partition("\n")[0].strip()
    rest = rest.strip()
    if rest and (_is_set_off_title(first, rest) if set_off else _is_head(first, rest)):
        return first, rest
    return "", text


def _is_set_off_title(first: str, rest: str) -> bool:
    spaced = any(not line.strip() for line in rest.split("\n"))
    stops = first.endswith((".", "。")) and not first.endswith("...")
    return len(first) <= _LONGEST_TITLE and len(sentences(first)) == 1 and not (stops and spaced)


def _is_head(first: str, rest: str) -> bool:
    lines = [line.strip() for line in rest.split("\n")]
    longest = max(map(len, lines))
    goes_on = lines[0][:1].islower()
    return len(first) <= _LONGEST_HEAD and first[-1] not in _FINAL and len(first) < _SHARE_OF_LINE * longest and not goes_on
