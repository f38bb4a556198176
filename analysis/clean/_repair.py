"""Text repair: entities, mis-decoded letters, control characters; and the markup that feeds leave in their ledes."""

from __future__ import annotations

import html
import re
from functools import cache

from analysis.text import normalise

__all__ = ["HIDDEN", "as_str", "is_page", "repair", "strip_markup"]

_BLOCK = (
    "address|article|aside|blockquote|body|br|button|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe"
    "|img|input|label|li|link|main|meta|nav|noscript|ol|option|p|pre|section|select|table|tbody|td|textarea|th|thead|title|tr|ul|video"
)
_INLINE = "a|abbr|audio|b|cite|code|del|em|font|i|ins|mark|picture|q|s|small|source|span|strike|strong|sub|sup|svg|time|u"
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.{0,20000}?</\1\s*>", re.I | re.S)
_COMMENT = re.compile(r"<!--(?:(?!-->).){0,20000}-->|<!\[CDATA\[|\]\]>", re.S)
_TAG = re.compile(rf"</?(?:(?P<block>{_BLOCK})|{_INLINE})(?:[\s/][^<>]*)?(?:>|$)", re.I)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_HEAD = 2000  # characters in which a page shows that it is one
# Where a name may be hidden from a search: UTF-8 read as an eight-bit encoding, Western or Cyrillic; Cyrillic read as
# Western letters; letters written as entities. Without lookaround, for a fast engine.
HIDDEN = (
    "[\u00c2\u00c3][\u0080-\u00bf\u0152-\u02dc]|[\u00d0\u00d1][\u0080-\u00bf\u0152-\u2122]|[\u00ea-\u00ed][\u0080-\u00bf\u0152-\u2122]{2}"
    "|(?:[\u0420\u0421][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u0491\u2013-\u2122]){2}|[\u00c0-\u00ff]{4}"
    "|&#[0-9]{4}|&#[xX][0-9a-fA-F]{3}|&[A-Za-z](?:acute|grave|circ|uml|cedil|tilde|caron|ring);"
)
_WESTERN_RUN = re.compile(r"[\u00c0-\u00ff]{4}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,24});")
_PASSES = 2  # feeds escape twice, not more often


def as_str(value: object) -> str:
    """Return ``value`` as text that any table can hold: missing is empty, half a surrogate pair becomes a mark.

    >>> as_str(float("nan")), as_str("a\\ud800b"), as_str(None)
    ('', 'a\ufffdb', '')
    """
    if value is None or value != value:
        return ""
    content = value if isinstance(value, str) else str(value)
    try:
        content.encode("utf-8")
    except UnicodeEncodeError:
        return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return content


def is_page(content: str) -> bool:
    """Return whether ``content`` is a whole HTML page rather than text with some markup in it.

    >>> is_page("<!DOCTYPE html><html><body>x</body></html>"), is_page("<p>A lede.</p>")
    (True, False)
    """
    return _PAGE.search(content, 0, _HEAD) is not None


def repair(content: str) -> str:
    """Return ``content`` with entities resolved, wrong decoding undone and spaces normalised; quotation marks stay.

    Wrong decoding is undone by ftfy (Speer 2019, doi:10.5281/zenodo.2591652); Cyrillic of one byte that was read as
    Western letters is put right here, because ftfy leaves it.

    >>> repair("CorÃ©e du Nord &amp;amp; Russie\\x00"), repair("Ïóòèí ïðèáûë â Ïõåíüÿí")
    ('Corée du Nord & Russie', 'Путин прибыл в Пхеньян')
    """
    content = as_str(content)
    if content.isascii() and content.isprintable() and "&" not in content:
        return normalise(content)
    for _ in range(_PASSES):
        if not _ENTITY.search(content):
            break
        content = html.unescape(content)
    import ftfy  # a tenth of a second, and only some texts need it

    content = _undo_western_cyrillic(ftfy.fix_text(as_str(content), _ftfy_config()))
    return normalise(content.replace("\r", "\n"))


def strip_markup(content: str) -> tuple[str, list[str]]:
    """Return ``content`` without HTML tags, and the tags; a block's end becomes a line break, words stay.

    Only known tags count, so "a < b" and an address in angle brackets stay; a tag cut off at the end counts.

    >>> strip_markup('<p>Talks <em>began</em>.</p><a href="x">More')
    ('\\nTalks began.\\nMore', ['<p>', '<em>', '</em>', '</p>', '<a href="x">'])
    """
    if "<" not in content:
        return content, []
    pieces: list[str] = []

    def hide(match: re.Match[str]) -> str:
        pieces.append(match.group())
        return "\n"

    def tag(match: re.Match[str]) -> str:
        pieces.append(match.group())
        return "\n" if match["block"] else ""

    if "</" in content:
        content = _HIDDEN.sub(hide, content)
    if "<!" in content or "]]>" in content:
        content = _COMMENT.sub(hide, content)
    return _TAG.sub(tag, content), pieces


@cache
def _ftfy_config() -> object:
    from ftfy import TextFixerConfig

    return TextFixerConfig(unescape_html=False, uncurl_quotes=False, fix_latin_ligatures=True, fix_character_width=False,
                           explain=False)


def _undo_western_cyrillic(content: str) -> str:
    if not _WESTERN_RUN.search(content):
        return content
    letters = [c for c in content if c.isalpha()]
    western = sum("\u00c0" <= c <= "\u00ff" for c in letters)
    if western < 0.8 * len(letters):
        return content
    try:
        return content.encode("latin-1").decode("cp1251")
    except UnicodeError:
        return content
