"""Raw files to records: one reader a format, and the registry of archives.

A file's kind is told by its ending, and readers are a plain table from kind to function: a new format is one function
that yields items and one line in ``READERS`` and ``ENDINGS``.
"""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import schema
from analysis.sources._items import COLUMNS, REASONS, Broken, Found, Reader, Refused
from analysis.sources._lines import read_lines
from analysis.sources._pages import read_page, read_text
from analysis.sources._registry import Corpus, SourceError, registry, resolve, stem
from analysis.sources._tables import read_csv, read_parquet

__all__ = ["ENDINGS", "READERS", "REASONS", "Batch", "Corpus", "SourceError", "read", "registry", "resolve"]

READERS: dict[str, Reader] = {
    "lines": read_lines, "csv": read_csv, "parquet": read_parquet, "text": read_text, "page": read_page,
}
ENDINGS = {
    ".jsonl": "lines", ".ndjson": "lines", ".jl": "lines", ".json": "lines", ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet", ".pq": "parquet", ".txt": "text", ".text": "text", ".html": "page", ".htm": "page",
}
_BATCH_ROWS = 20_000
_BATCH_CHARACTERS = 50_000_000  # saved pages are large: a batch of them is cut earlier
_DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True)
class Batch:
    """Some raw items in reading order: those that became ``records`` and those that became ``rejects``."""

    records: pd.DataFrame
    rejects: pd.DataFrame


def read(path: str | Path, *, source_id: str | None = None) -> Iterator[Batch]:
    """Read a file, or every file under a folder in sorted order, as a stream of batches.

    Parameters
    ----------
    path : str or Path
        Endings: .jsonl .ndjson .jl .json (one object a line), .csv .tsv, .parquet .pq, .txt .text, .html .htm; all but
        Parquet also gzipped. Files whose name begins with a dot are the system's and are left alone.
    source_id : str, optional
        The name of the source; the file's or folder's name without endings when not given.

    Yields
    ------
    Batch
        At most 20,000 rows together: ``records``, one row a raw item as found, and ``rejects``, one row a raw item that
        could not be read, for a reason in ``REASONS``. Every raw item is in exactly one of the two. ``raw_path`` is
        relative to the folder (a single file: its name); ``raw_row`` counts from 1 (JSON lines: the physical line), and
        0 is a file that is refused as a whole. Texts are as found; blank is missing; ``fetched_on`` is a day.

    Raises
    ------
    SourceError
        At the call, when there is no such path or the folder holds no file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.jsonl").write_text('{"headline": "Visit", "date": "2024-02-08"}\\n{"headl\\n')
    ...     batch = next(read(folder, source_id="mine"))
    >>> batch.records[["source_id", "raw_path", "raw_row", "title", "date_text"]].values.tolist()
    [['mine', 'a.jsonl', 1, 'Visit', '2024-02-08']]
    >>> batch.rejects[["raw_row", "reason"]].values.tolist()
    [[2, 'broken_json']]
    """
    path = Path(path)
    if not path.exists():
        raise SourceError(f"no file or folder {path}; check the path")
    files = _files(path) if path.is_dir() else [(path.name, path)]
    if not files:
        raise SourceError(f"folder {path} holds no file; put .jsonl, .csv, .parquet, .txt or .html files into it")
    return _batches(files, source_id or stem(path))


def _files(folder: Path) -> list[tuple[str, Path]]:
    closed: list[OSError] = []
    found = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [f for f in folders if not f.startswith(".")]
        linked = [f for f in folders if Path(place, f).is_symlink()]  # not followed: a link may lead round in a circle
        found += [Path(place, name) for name in (*names, *linked) if not name.startswith(".")]
    found += [Path(e.filename) for e in closed]
    # Names that are not UTF-8 are written with escapes: a table holds text only.
    named = ((p.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode(), p) for p in found)
    return sorted(named)


def _batches(files: list[tuple[str, Path]], source_id: str) -> Iterator[Batch]:
    records: list[tuple[object, ...]] = []
    rejects: list[tuple[object, ...]] = []
    size = 0
    for name, path in files:
        for item in _items(path):
            if isinstance(item, Found):
                values = item.values
                records.append((source_id, name, item.row, *map(values.get, COLUMNS)))
                size += len(values.get("body") or values.get("html") or "")
            else:
                rejects.append((source_id, name, *item))
            if len(records) + len(rejects) >= _BATCH_ROWS or size >= _BATCH_CHARACTERS:
                yield Batch(_frame(records, "records"), _frame(rejects, "rejects"))
                records, rejects, size = [], [], 0
    if records or rejects:
        yield Batch(_frame(records, "records"), _frame(rejects, "rejects"))


def _items(path: Path) -> Iterator[Found | Refused]:
    """Yield a file's items; what stops the reading becomes one last reject for the rest."""
    last = 0
    try:
        reader = _reader(path)
        for item in reader(path):
            last = item.row
            yield item
        return
    except Broken as error:
        reason, detail = error.reason, error.detail
    except (EOFError, zlib.error) as error:
        reason, detail = "broken_gzip", _explain_gzip(error, last)
    except OSError as error:
        is_gzip = error.errno is None  # gzip's own complaints come without a system error number
        reason = "broken_gzip" if is_gzip else "unreadable"
        detail = _explain_gzip(error, last) if is_gzip else f"{error.strerror}; make it readable or remove it"
    yield Refused(last + 1 if last else 0, reason, detail)


def _reader(path: Path) -> Reader:
    kind = path.stat().st_mode
    if not stat.S_ISREG(kind):
        what = "a folder that is closed or linked" if stat.S_ISDIR(kind) else "a device"
        raise Broken("unreadable", f"{what}, not a file; give the folder's own path or copy the files")
    endings = [e.lower() for e in path.suffixes[-2:]]
    is_packed = endings[-1:] == [".gz"]
    ending = (endings[:-1] if is_packed else endings)[-1:] or [""]
    name = ENDINGS.get(ending[0], "")
    if not name or (is_packed and name == "parquet"):
        shown = "".join(endings[-2:] if is_packed else endings[-1:]) or "no ending"
        raise Broken("unknown_format", f"{shown}; convert it to one of {' '.join(ENDINGS)}, or rename or remove it")
    return READERS[name]


def _explain_gzip(error: Exception, last: int) -> str:
    kept = f"rows up to {last} are kept" if last else "nothing could be read"
    return f"{str(error).rstrip('.')}; {kept}: fetch the file again"


def _frame(rows: list[tuple[object, ...]], table: str) -> pd.DataFrame:
    if not rows:
        return schema.empty(table)
    columns = dict(zip(schema.TABLES[table].names, zip(*rows, strict=True), strict=True))
    return pd.DataFrame({c.name: _series(columns[c.name], c.kind) for c in schema.TABLES[table].columns})


def _series(values: tuple[object, ...], kind: str) -> pd.Series:
    if kind == "date":
        days = [m[1] if v and (m := _DAY.match(v)) else None for v in values]
        return pd.to_datetime(pd.Series(days, dtype="str"), format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    if kind == "int":
        return pd.Series(values, dtype=schema.DTYPES[kind])
    try:
        return pd.Series(values, dtype="str")
    except UnicodeEncodeError:  # half of a character written as \ud800: no text can hold it
        whole = [v.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if v else v for v in values]
        return pd.Series(whole, dtype="str")
