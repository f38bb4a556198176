"""Cells into rows of the table ``series``: value, interval, and the reason where there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import schema
from analysis.trend.grid import CELL, place
from analysis.trend.intervals import poisson_interval, wilson_interval

__all__ = ["as_counts", "as_series", "as_shares", "concat", "count_cells", "counted"]


def as_counts(cells: pd.DataFrame, name: str | None, unit: str, freq: str) -> pd.DataFrame:
    """Rows of counts with their exact Poisson intervals."""
    low, high = poisson_interval(cells["numerator"])
    out = cells.assign(value=cells["numerator"], low=low, high=high)
    return as_series(out.assign(series=name) if name else out, freq, unit)


def as_shares(cells: pd.DataFrame, name: str | None, unit: str, freq: str) -> pd.DataFrame:
    """Rows of numerator out of n_items with their Wilson intervals."""
    low, high = wilson_interval(cells["numerator"], cells["n_items"])
    value = cells["numerator"].astype(float) / cells["n_items"].astype(float).where(cells["n_items"] > 0)
    out = cells.assign(value=value, low=low, high=high)
    return as_series(out.assign(series=name) if name else out, freq, unit)


def as_series(cells: pd.DataFrame, freq: str, unit: str) -> pd.DataFrame:
    """Rows of the table ``series``, checked; a row without a value says why."""
    out = cells.assign(freq=freq, unit=unit).rename(columns={"n_items": "denominator"})
    out = out.assign(**{name: blank for name, blank in (("n_unscored", 0), ("note", "")) if name not in out})
    unseen = out["days_observed"] == 0
    out.loc[unseen, ["value", "low", "high"]] = np.nan
    out.loc[~unseen & out["value"].isna() & (out["note"] == ""), "note"] = "nothing to count in"
    out.loc[unseen, "note"] = "no day observed"
    return schema.check(out, "series")


def count_cells(rows: pd.DataFrame, grid: pd.DataFrame) -> np.ndarray:
    """How many rows fall into each cell of the grid."""
    sizes = rows.groupby(CELL).size()
    return sizes.reindex(pd.MultiIndex.from_frame(grid[CELL]), fill_value=0).to_numpy(float)


def counted(articles: pd.DataFrame, grid: pd.DataFrame, freq: str, by: str | None) -> pd.DataFrame:
    """The grid with the number of articles of each cell as numerator."""
    return grid.assign(numerator=count_cells(place(articles, freq, by), grid))


def concat(parts: list[pd.DataFrame], grid: pd.DataFrame) -> pd.DataFrame:
    """Parts one under the other; an empty table of their columns when there is none."""
    return pd.concat(parts, ignore_index=True) if parts else grid.head(0).assign(series="", numerator=0.0)
