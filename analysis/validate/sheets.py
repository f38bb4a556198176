"""A stratified sample to code by hand, out into a sheet and back with checks, and how many items more to code."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import store
from analysis.trend import effective_n

__all__ = ["draw_sample", "n_to_code", "read_sheet", "write_sheet"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


def draw_sample(table: pd.DataFrame, *, by: str | Sequence[str], n: int, seed: int) -> pd.DataFrame:
    """Draw ``n`` rows, the same number from each stratum as far as it goes, without replacement.

    Parameters
    ----------
    table : DataFrame
        What is to be coded: a row an article, a sentence or a mention. The order of its rows does not matter.
    by : str or sequence
        Columns that make the strata, as language and predicted label: rare ones are then in the sample too.
    n : int
        Rows in all; what a small stratum cannot give the others do. A table of fewer rows is drawn whole.

    Returns
    -------
    DataFrame
        The rows drawn, shuffled, with ``unit`` (a name made from number and content), ``n_stratum`` and ``weight``: rows of
        the table that each stands for. Shares over the sample are only those of the table when weighted.

    Raises
    ------
    ValueError
        For ``n`` under 1 or unknown columns.

    >>> t = pd.DataFrame({"language": ["fr"] * 8 + ["ko"] * 2, "text": list("abcdefghij")})
    >>> s = draw_sample(t, by="language", n=4, seed=1)
    >>> s.groupby("language")["weight"].agg(["size", "first"]).values.tolist()
    [[2.0, 4.0], [2.0, 1.0]]
    """
    by = [by] if isinstance(by, str) else list(by)
    unknown = [c for c in by if c not in table.columns]
    if unknown or n < 1:
        raise ValueError(f"no column {', '.join(unknown)} to draw by" if unknown else f"n = {n}: draw at least one row")
    marks = [_mark(row) for row in table.astype(object).itertuples(index=False, name=None)]
    ordered = table.assign(_mark=marks).sort_values("_mark", kind="stable")
    strata = [own for _, own in ordered.groupby(by, sort=True, dropna=False)]
    taken = _equal_parts([len(s) for s in strata], n)
    rng = np.random.default_rng(seed)
    parts = [
        own.iloc[rng.permutation(len(own))[:k]].assign(n_stratum=len(own), weight=len(own) / k)
        for own, k in zip(strata, taken, strict=True) if k
    ]
    if not parts:
        return table.head(0).assign(unit="", n_stratum=0, weight=0.0)
    out = pd.concat(parts)
    out = out.iloc[rng.permutation(len(out))]
    out.insert(0, "unit", [f"{i:04d}-{m[:6]}" for i, m in enumerate(out["_mark"], 1)])
    return out.drop(columns="_mark").reset_index(drop=True)


def write_sheet(sample: pd.DataFrame, path: Path, *, show: Sequence[str], codes: Mapping[str, Sequence[str]]) -> None:
    """Write a sample as a CSV sheet to be coded in a spreadsheet: nothing predicted is in it unless it is in ``show``.

    Parameters
    ----------
    sample : DataFrame
        As ``draw_sample`` gives it.
    show : sequence
        Columns that the coder reads.
    codes : mapping
        What is to be coded, and the values allowed: ``{"stance": ["critical", "neutral", "approving"]}``. Each gets an empty column and,
        beside it, one that says how to fill it. A last column, ``remark``, is free.

    Raises
    ------
    FileExistsError
        When there is a file already: somebody may have coded in it.

    >>> write_sheet(pd.DataFrame(), Path("x.csv"), show=["text"], codes={})
    Traceback (most recent call last):
    ValueError: the sample lacks the columns unit, text; draw it with draw_sample
    """
    missing = [c for c in ("unit", *show) if c not in sample.columns]
    if missing:
        raise ValueError(f"the sample lacks the columns {', '.join(missing)}; draw it with draw_sample")
    if path.exists():
        raise FileExistsError(f"{path}: is there already and may be coded; choose another name")
    stream = io.StringIO()
    sheet = csv.writer(stream, lineterminator="\n")
    sheet.writerow(["unit", *show, *[c for name in codes for c in (name, f"{name} (how)")], "remark"])
    how = [c for allowed in codes.values() for c in ("", f"one of: {', '.join(allowed)}; leave empty when not coded yet")]
    for row in sample[["unit", *show]].itertuples(index=False, name=None):
        sheet.writerow([*map(_harmless, row), *how, ""])
    store.write_text(path, "\ufeff" + stream.getvalue())  # the mark tells spreadsheets that it is UTF-8


def read_sheet(path: Path, *, sample: pd.DataFrame, codes: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Read a coded sheet back, checked against the sample that it was written for.

    Returns
    -------
    DataFrame
        ``unit``, a column for each of ``codes`` (missing where the coder left it empty) and ``remark``, in the sample's order.

    Raises
    ------
    ValueError
        One line that names the file, the row of the spreadsheet and the remedy: no UTF-8, a column that is gone, a unit unknown,
        doubled or gone, a value that is not allowed.

    >>> read_sheet(Path("nowhere.csv"), sample=pd.DataFrame(), codes={})
    Traceback (most recent call last):
    ValueError: nowhere.csv: no such file; write one with write_sheet
    """
    rows = _rows(path)
    wanted = ["unit", *codes]
    gone = [c for c in wanted if c not in rows[0]]
    if gone:
        raise ValueError(f"{path}: row 1 has no column {', '.join(gone)}; restore the first row as write_sheet wrote it")
    known = set(sample["unit"])
    found: dict[str, dict] = {}
    for number, cells in enumerate(rows[1:], 2):
        row = dict(zip(rows[0], cells, strict=False))
        unit = row.get("unit", "").strip()
        if not any(c.strip() for c in cells):
            continue
        if unit not in known:
            raise ValueError(f"{path}: row {number}: unit '{unit}' is not in this sample; was the sheet written for another draw?")
        if unit in found:
            raise ValueError(f"{path}: row {number}: unit '{unit}' is there twice; delete one of the rows")
        found[unit] = {"unit": unit, **{c: _code(path, number, c, row.get(c, ""), codes[c]) for c in codes},
                       "remark": row.get("remark", "")}
    lost = [u for u in sample["unit"] if u not in found]
    if lost:
        raise ValueError(f"{path}: {len(lost)} units of the sample are gone, the first '{lost[0]}'; leave codes empty, but keep the rows")
    return pd.DataFrame([found[u] for u in sample["unit"]], columns=[*wanted, "remark"])


def n_to_code(width: float, *, share: float = 0.5, n_so_far: int = 0) -> int:
    """Return how many items more to code for a Wilson 95 % interval no wider than ``width``.

    Parameters
    ----------
    width : float
        From end to end, as 0.1 for plus or minus five points.
    share : float
        The share expected; 0.5 asks for most.
    n_so_far : int
        Items coded already.

    Raises
    ------
    ValueError
        For a width outside 0 to 1 or a share outside 0 to 1.

    >>> n_to_code(0.1), n_to_code(0.1, share=0.9, n_so_far=100)
    (381, 41)
    """
    if not 0 < width < 1 or not 0 <= share <= 1:
        raise ValueError(f"width {width}, share {share}: width lies between 0 and 1, and so does the share")
    needed = float(effective_n([share], [width])[0])
    return max(0, math.ceil(needed - 1e-9) - n_so_far)


def _equal_parts(sizes: Sequence[int], n: int) -> list[int]:
    """As equal as the sizes allow, first strata first where ``n`` does not divide."""
    taken = [0] * len(sizes)
    while sum(taken) < min(n, sum(sizes)):
        open_ones = [i for i, size in enumerate(sizes) if taken[i] < size]
        each, rest = divmod(min(n, sum(sizes)) - sum(taken), len(open_ones))
        for place, i in enumerate(open_ones):
            taken[i] += min(each + (place < rest), sizes[i] - taken[i])
    return taken


def _mark(row: tuple) -> str:
    return hashlib.sha256("\x1f".join(map(str, row)).encode()).hexdigest()


def _harmless(value: object) -> str:
    shown = "" if pd.isna(value) else str(value)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _rows(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise ValueError(f"{path}: no such file; write one with write_sheet")
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8; save it again as 'CSV UTF-8'") from error
    first = content.split("\n", 1)[0]
    # European spreadsheets save with semicolons.
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))
    if not rows:
        raise ValueError(f"{path}: is empty; write it again with write_sheet")
    return rows


def _code(path: Path, number: int, column: str, value: str, allowed: Sequence[str]) -> str | None:
    value = value.strip()
    if value and value not in allowed:
        raise ValueError(f"{path}: row {number}: {column} '{value}' is none of {', '.join(allowed)}; mend it there")
    return value or None
