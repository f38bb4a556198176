"""Bytes to text: gzip by its mark, lines with a cap, encodings other than UTF-8, what is no text at all."""

from __future__ import annotations

import codecs
import gzip
import io
import logging
import re
from pathlib import Path
from typing import BinaryIO

from analysis.sources._items import Broken

__all__ = ["CAP", "BadLine", "Lines", "decode", "open_bytes", "read_whole"]

CAP = 10_000_000  # bytes of one line or of one article in a file of its own; the longest real line met has 41 kB
_SKIP = 1 << 20
_SAMPLE = 1 << 16
_NEWLINE = ord("\n")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What texts older than UTF-8 come in; a wider choice makes short texts guess worse (cp1252 read as cp1250).
_LEGACY = ["cp1252", "cp1251", "koi8_r", "cp949", "gb18030", "shift_jis"]
# As browsers read them: a page that says one of these names may use the larger set.
_DECLARED = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "windows-949": "cp949",
}
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w:-]+)""", re.I)
_MARKS = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a zip archive or an Office document", b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "a rich text document", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
}

logger = logging.getLogger(__name__)


class BadLine(Broken):
    """A line that cannot be handed over; the next one can."""


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading, unpacked when it begins with the mark of gzip, whatever its name."""
    stream = path.open("rb", buffering=_SAMPLE)
    if stream.peek(2)[:2] != b"\x1f\x8b":
        if path.suffix.lower() == ".gz" and stream.peek(1):
            stream.close()
            raise Broken("broken_gzip", "named .gz but not gzip; rename it, or fetch it again")
        return stream
    stream.close()
    return gzip.open(path)


def read_whole(path: Path) -> bytes:
    """Return a whole file that is one article.

    Raises
    ------
    Broken
        When it is larger than ``CAP``.
    """
    with open_bytes(path) as stream:
        content = stream.read(CAP + 1)
    if len(content) > CAP:
        raise Broken("file_too_large", f"more than {CAP // 1_000_000} MB for one article; split it, one article a file")
    return content


def decode(content: bytes, *, is_page: bool = False, name: str = "text") -> str:
    """Return the text of ``content`` with line breaks as ``\\n``.

    In order: a byte-order mark, UTF-8 as it should be, the encoding a page declares, the likeliest of a few older
    encodings (charset-normalizer, which comes with trafilatura); the last is logged.

    Raises
    ------
    Broken
        When the content is binary or fits no encoding.

    >>> decode("Ким прибыл в Москву".encode("cp1251") * 9)[:19]
    'Ким прибыл в Москву'
    """
    bom = _bom(content)
    if not bom:
        refuse_binary(content)
    text = _try(content, bom or "utf-8-sig")
    if text is None and is_page and (declared := _CHARSET.search(content[:4096])):
        label = declared[1].decode("ascii").lower()
        text = _try(content, _DECLARED.get(label, label), errors="replace")
    if text is None:
        encoding = guess(content)
        text = _try(content, encoding, errors="replace") if encoding else None
        if text is None:
            raise Broken("undecodable", "not UTF-8 and no other encoding fits; save it as UTF-8")
        logger.warning("%s: not UTF-8, read as %s", name, encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def guess(content: bytes) -> str:
    """Return the likeliest older encoding of ``content``; empty when none fits."""
    from charset_normalizer import from_bytes  # costs a tenth of a second, needed by few files

    best = from_bytes(content[:_SAMPLE], cp_isolation=_LEGACY).best()
    return best.encoding if best else ""


def refuse_binary(sample: bytes) -> None:
    """Raise ``Broken`` when a file that should be text begins like something else."""
    mark = next((what for mark, what in _MARKS.items() if sample.startswith(mark)), "")
    if mark or b"\0" in sample[:_SAMPLE]:
        raise Broken("binary", f"{mark or 'binary data'}, not text; save its text as .txt in UTF-8, or remove it")


class Lines:
    """The lines of a byte stream as text, one at a time, never more than ``CAP`` bytes in memory.

    A line that is too long or in no known encoding raises ``BadLine`` and the next call goes on with the next line.
    ``number`` is the physical line last asked for. Lines keep their final ``\\n``.
    """

    def __init__(self, stream: BinaryIO, *, name: str = "text") -> None:
        self.number = 0
        self._name = name
        self._encoding: str | None = None
        sample = stream.peek(_SAMPLE)
        wide = _bom(sample)
        if wide or (b"\r" in sample and b"\n" not in sample):  # UTF-16, or the line ends of old Macs
            text = io.TextIOWrapper(stream, encoding=wide or "utf-8", errors="replace" if wide else "surrogateescape")
            self._read = lambda limit: text.readline(limit).encode("utf-8", "surrogateescape")
            self._peek = lambda: b""
        else:
            refuse_binary(sample)
            self._read = stream.readline
            self._peek = lambda: stream.peek(_SAMPLE)[:_SAMPLE]

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        self.number += 1
        line = self._read(CAP + 1)
        if not line:
            raise StopIteration
        if len(line) > CAP and line[-1] != _NEWLINE:
            self._skip(len(line))
        try:
            text = line.decode()
        except UnicodeDecodeError:
            text = self._legacy(line)
        return text.removeprefix("\ufeff") if self.number == 1 else text

    def _skip(self, size: int) -> None:
        while piece := self._read(_SKIP):
            size += len(piece)
            if piece[-1] == _NEWLINE:
                break
        raise BadLine("line_too_long", f"{size / 1e6:.0f} MB; the limit is {CAP // 1_000_000} MB: split it, one item a line")

    def _legacy(self, line: bytes) -> str:
        if self._encoding is None:  # once a file: guessing is slow, and one file has one encoding
            self._encoding = guess(line + self._peek())
            if self._encoding:
                logger.warning("%s, line %d: not UTF-8, read as %s", self._name, self.number, self._encoding)
        text = _try(line, self._encoding) if self._encoding else None
        if text is None or text.isspace():  # bytes that only a guess makes blank are not passed over as blank
            raise BadLine("undecodable", "not UTF-8 and no other encoding fits; save the file as UTF-8")
        return text


def _bom(content: bytes) -> str:
    return _BOMS.get(content[:2], "")


def _try(content: bytes, encoding: str, *, errors: str = "strict") -> str | None:
    try:
        codecs.lookup(encoding)
        return content.decode(encoding, errors)
    except (LookupError, UnicodeDecodeError):
        return None
