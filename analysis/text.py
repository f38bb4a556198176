"""Normalise, words, sentences, quotation marks: Latin, Cyrillic and Hangul, without downloaded data."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from analysis.lexicons import read_lexicon

__all__ = ["ngrams", "normalise", "quote_spans", "romanise", "sentences", "words"]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SPACE = re.compile(r"[ \t\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_BREAK = re.compile(r"\s*\n\s*")
# A stop, closing quotes or brackets, a space, and something that can open a sentence.
_STOP = re.compile(r"(?:\.{1,3}|[!?…。]+)(?:\s?»|[\"”’')\]])*(?=\s+[\"“„«‘'(\[—–-]*\s*([\w#\"“«‘<])|\s*$)")
_QUOTES = {"“": "”", "„": "“", "«": "»", "‘": "’", "『": "』", "「": "」"}
_OPENING = re.compile(r"[\"'‘“„«『「]")
_LEADS = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_TAILS = "- k k ks n nj nh t l lk lm lb ls lt lp lh m p ps t t ng t t k t p h".split()
_QUOTE_LIMIT = 1500  # characters: an opening mark without its closing one never swallows the article


def normalise(text: str) -> str:
    """Return ``text`` in NFC with single spaces and trimmed lines; line breaks stay.

    >>> normalise("Choe\\u00a0 Son-hui \\n  said")
    'Choe Son-hui\\nsaid'
    """
    return _BREAK.sub("\n", _SPACE.sub(" ", unicodedata.normalize("NFC", text))).strip()


def words(text: str) -> list[str]:
    """Return the words and numbers of ``text`` in order, case kept.

    >>> words("L'accord Russie–RPDC, 75e anniversaire")
    ["L'accord", 'Russie', 'RPDC', '75', 'e', 'anniversaire']
    """
    return _WORD.findall(text)


def ngrams(tokens: list[str], n: int) -> list[tuple[str, ...]]:
    """Return runs of ``n`` neighbouring tokens.

    >>> ngrams(["a", "b", "c"], 2)
    [('a', 'b'), ('b', 'c')]
    """
    return list(zip(*(tokens[i:] for i in range(n)), strict=False))


def sentences(text: str, *, language: str | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences of ``text``; a line break always ends one.

    Parameters
    ----------
    text : str
    language : str, optional
        Chooses the abbreviations after which a full stop does not end a sentence; all of them when not given.

    Returns
    -------
    list of (start, end)
        Characters of ``text``; stripped of surrounding space; in order; never overlapping.

    >>> t = "Mr. Lavrov arrived on Oct. 18. He met Kim."
    >>> [t[a:b] for a, b in sentences(t, language="en")]
    ['Mr. Lavrov arrived on Oct. 18.', 'He met Kim.']
    """
    abbreviations = _abbreviations(language)
    spans = []
    offset = 0
    for line in text.split("\n"):
        start = 0
        for stop in _STOP.finditer(line):
            # What goes on in a small letter is one sentence: “Really?” he said.
            if (stop[1] or "").islower() or _is_abbreviation(line, stop, abbreviations):
                continue
            spans.append((offset + start, offset + stop.end()))
            start = stop.end()
        spans.append((offset + start, offset + len(line)))
        offset += len(line) + 1
    return [s for s in (_strip(text, a, b) for a, b in spans) if s[0] < s[1]]


def quote_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans inside quotation marks, marks included, outermost first and never overlapping.

    Four typographies: “…”, «…», „…“, "…", and ‘…’ or '…' when a word boundary shows that it is no apostrophe.
    A mark that is not closed within its line opens nothing. Scare quotes count: what they hold is somebody's words.

    >>> t = "Il a dit « oui » et \\"non\\"."
    >>> [t[a:b] for a, b in quote_spans(t)]
    ['« oui »', '"non"']
    """
    spans = []
    i = 0
    while (mark := _OPENING.search(text, i)) is not None:
        i = mark.start()
        close = _closing(text, i)
        end = _find_close(text, i, close) if close else -1
        if end < 0:
            i += 1
        else:
            spans.append((i, end + 1))
            i = end + 1
    return spans


def romanise(text: str) -> str:
    """Return ``text`` with each syllable of Hangul in Latin letters (Revised Romanization, no sound changes between them).

    For labels where no font has Hangul; other scripts stay.

    >>> romanise("북한 – KCNA")
    'bukhan – KCNA'
    """
    return "".join(_romanised(ord(c) - 0xAC00) if "가" <= c <= "힣" else c for c in unicodedata.normalize("NFC", text))


def _romanised(syllable: int) -> str:
    lead, rest = divmod(syllable, len(_VOWELS) * len(_TAILS))
    vowel, tail = divmod(rest, len(_TAILS))
    return (_LEADS[lead] + _VOWELS[vowel] + _TAILS[tail]).replace("-", "")


def _closing(text: str, i: int) -> str:
    mark = text[i]
    if mark in "‘'":
        opens = (i == 0 or not text[i - 1].isalnum()) and i + 1 < len(text) and not text[i + 1].isspace()
        return ("’" if mark == "‘" else "'") if opens else ""
    if mark == '"':
        return '"'
    return _QUOTES.get(mark, "")


def _find_close(text: str, i: int, close: str) -> int:
    line_end = text.find("\n", i)
    limit = min(len(text) if line_end < 0 else line_end, i + _QUOTE_LIMIT)
    j = text.find(close, i + 1, limit)
    while j >= 0 and close in "'’" and j + 1 < len(text) and text[j + 1].isalnum() and text[j + 1] < "가":
        j = text.find(close, j + 1, limit)
    return j


@cache
def _abbreviations(language: str | None) -> frozenset[str]:
    table = read_lexicon("abbreviations")
    rows = table if language not in set(table["language"]) else table[table["language"] == language]
    return frozenset(rows["form"].str.lower())


def _is_abbreviation(line: str, stop: re.Match[str], abbreviations: frozenset[str]) -> bool:
    if stop.group()[0] != "." or stop.group().startswith(".."):
        return False
    before = line[: stop.start()]
    word = before[max(before.rfind(" "), before.rfind("("), before.rfind("«"), before.rfind("“")) + 1 :]
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    dotted = "." in word and all(len(part) <= 2 for part in word.split("."))
    ends_line = not line[stop.end() :].strip()
    return not ends_line and (initial or dotted or word.lower() in abbreviations)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
