"""Tables: CSV and its kin, Parquet. One item a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from analysis.sources._bytes import CAP, BadLine, Lines, open_bytes
from analysis.sources._items import Broken, Found, Refused, known_names, pick, plan, refuse_empty, shown

__all__ = ["read_csv", "read_parquet"]

_DELIMITERS = ",;\t|"
_END = "\x1eend of file\x1e"  # a last row of our own: swallowed only when a quotation mark was left open
_BATCH_BYTES = 1 << 26


def read_csv(path: Path) -> Iterator[Found | Refused]:
    """Yield one item or reject for every row after the header; ``row`` counts them from 1, blank lines left out.

    The delimiter (comma, semicolon, tab, bar) is the one under which the header shows the most names we know. A field
    may hold line breaks when it is quoted. A row with another number of fields than the header is refused: its fields
    may stand in the wrong columns. Of columns with the same name the first that is not blank counts.

    Raises
    ------
    Broken
        When no column can hold a text, or the file is no text at all.
    """
    with open_bytes(path) as stream:
        lines = Lines(stream, name=path.name)
        try:
            first = next((line for line in lines if not line.isspace()), "")
        except BadLine as bad:
            raise Broken(bad.reason, f"in the header: {bad.detail}") from bad
        if not first:
            yield refuse_empty()
            return
        rows = csv.reader(_Rest(first, lines), delimiter=_delimiter(first))
        header = tuple(name.strip() for name in _header(rows))
        if not plan(header):
            raise Broken("no_text_column", f"columns: {shown(header)}; {known_names()}")
        row = 0
        for cells in _cells(rows, lines):
            row += 1
            yield Refused(row, cells.reason, cells.detail) if isinstance(cells, BadLine) else _fit(row, header, cells)
        if not row:
            yield refuse_empty("the table under its header")


def read_parquet(path: Path) -> Iterator[Found | Refused]:
    """Yield one item or reject for every row; ``row`` counts from 1.

    Raises
    ------
    Broken
        When the file is not Parquet, is damaged, or has no column that can hold a text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            names = tuple(file.schema_arrow.names)
            steps = plan(names)
            if not steps:
                raise Broken("no_text_column", f"columns: {shown(names)}; {known_names()}")
            wanted = list(dict.fromkeys(names[i] for _, positions in steps for i in positions))
            row = 0
            for batch in file.iter_batches(batch_size=_rows_at_once(file), columns=wanted):
                read = tuple(batch.schema.names)
                for values in zip(*map(_values, batch.columns), strict=True):
                    row += 1
                    yield pick(row, read, values)
            if not row:
                yield refuse_empty("the table")
    except (pa.ArrowException, OSError) as error:
        raise Broken("broken_parquet", f"{str(error).splitlines()[0][:160]}; write the file again") from error


class _Rest:
    """The header line and the lines after it, then a mark that shows whether the last quotation was closed."""

    def __init__(self, first: str, lines: Lines) -> None:
        self._first: str | None = first
        self._lines = lines
        self._ended = False

    def __iter__(self) -> _Rest:
        return self

    def __next__(self) -> str:
        if self._first is not None:
            line, self._first = self._first, None
            return line
        if self._ended:
            raise StopIteration
        try:
            return next(self._lines)
        except StopIteration:
            self._ended = True
            return _END


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        return _next_row(rows)
    except (csv.Error, BadLine, StopIteration) as error:
        raise Broken("broken_csv", f"the header cannot be read ({error}); write the file again") from error


def _cells(rows: Iterator[list[str]], lines: Lines) -> Iterator[list[str] | BadLine]:
    while True:
        start = lines.number + 1
        try:
            cells = _next_row(rows)
        except StopIteration:
            return
        except BadLine as bad:
            yield BadLine(bad.reason, f"line {lines.number}: {bad.detail}")
            continue
        except csv.Error as error:
            where = f"lines {start} to {lines.number}"
            yield BadLine("broken_csv", f"{where}: {error}; close the quotation mark or shorten the field")
            continue
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            yield BadLine("broken_csv", f"the quotation mark opened in the row at line {start} is never closed; close it")
            return
        if cells and not (len(cells) == 1 and cells[0].isspace()):
            yield cells


def _next_row(rows: Iterator[list[str]]) -> list[str]:
    # The limit belongs to the whole process: raised for the one call and put back.
    before = csv.field_size_limit(CAP)
    try:
        return next(rows)
    finally:
        csv.field_size_limit(before)


def _fit(row: int, header: tuple[str, ...], cells: list[str]) -> Found | Refused:
    if len(cells) != len(header):
        while len(cells) > len(header) and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) != len(header):
            return Refused(
                row, "ragged_row",
                f"{len(cells)} fields, the header has {len(header)}; quote the fields that hold delimiters or line breaks",
            )
    return pick(row, header, cells)


def _delimiter(line: str) -> str:
    def known(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([line], delimiter=delimiter), [])
        return sum(len(positions) for _, positions in plan(tuple(n.strip() for n in names))), len(names)

    return max(_DELIMITERS, key=known)  # the first of equals: a comma


def _rows_at_once(file: object) -> int:
    meta = file.metadata
    size = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
    return max(1, min(20_000, _BATCH_BYTES * meta.num_rows // max(size, 1)))


def _values(column: object) -> list[object]:
    import pyarrow as pa

    if pa.types.is_temporal(column.type):  # as written: nanoseconds fit no type of the standard library
        column = column.cast(pa.string())
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return [None if v is None else v.decode("utf-8", "replace") for v in column.to_pylist()]
    try:
        return column.to_pylist()
    except UnicodeDecodeError:  # a text column whose bytes are no UTF-8
        return _values(column.cast(pa.binary()))
