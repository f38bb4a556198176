"""Shares and means corrected for the measured error of what was counted, with intervals that carry both samples.

A measure that calls some things wrongly shows a share q where the truth is p: ``q_j = sum_i p_i P(said j | truly i)``. With
the rates of a validation sample the equation is solved for p (Rogan and Gladen 1978 for two labels, the matrix's inverse
for more). With a free share in each period this is the estimate of greatest likelihood of
TeBlunthuis, Hase and Chan (2024) where it falls between 0 and 1. It rests on one assumption: the measure errs
alike in every period (and group, unless the sample is given by group). How often the coded items have a label does not enter.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from analysis import schema
from analysis.trend.intervals import effective_n, wilson_interval
from analysis.trend.rates import BINARY, DRAWS, Rates, interval, invert, posterior, read_sample, without_error

__all__ = ["clipped", "corrected_mean", "corrected_share"]

_STANCE = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}
_KEY = ["group", "freq", "period_start"]


def corrected_share(series: pd.DataFrame, *, confusion: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """Return shares as counted and corrected for misclassification.

    Parameters
    ----------
    series : DataFrame
        Table ``series`` with denominators: shares, or counts out of something (as ``count_mentions``), which become shares.
    confusion : DataFrame
        The validation sample: ``truth, predicted, n``. Either truth and predicted are True and False, and each series is
        corrected by itself; or they are labels, and each label has its series (``…:negative``, ``…:neutral``, …) with
        one denominator. A column ``group`` gives each group of ``series`` its own rates.

    Returns
    -------
    DataFrame
        Table ``series`` with each row twice: ``…:naive`` as counted and ``…:corrected``. Numerator and denominator are as
        counted in both. The corrected value and interval may lie outside 0 to 1, as the noise has it: ``clipped`` cuts
        them for display. The interval (95 %) is that of draws of both samples: shares and rates from Jeffreys'
        posteriors of their counts, which is the parametric bootstrap that still knows, when 30 of 30 are right, that the rate may
        not be 1. Where sentences go together within stories, the width of the series' own interval carries it
        (``effective_n``). Value missing, with the reason in ``note``, where sensitivity + specificity - 1 is not above 0 (with more
        labels: where a label is not said most often of its own kind), or cannot be told from 0 in this sample.

    Raises
    ------
    ValueError
        For a series without denominators, a sample without its columns, or labels that are not those of the series.

    References
    ----------
    Rogan and Gladen (1978), Am J Epidemiol 107, 71-76. Lang and Reiczigel (2014), Prev Vet Med 113, 13-22.
    TeBlunthuis, Hase and Chan (2024), Commun Methods Meas; arXiv 2307.06483.

    >>> sample = pd.DataFrame({"truth": [True, True, False, False], "predicted": [True, False] * 2, "n": [80, 20, 10, 90]})
    >>> day = pd.Timestamp("2024-02-01")
    >>> row = {"series": "share", "group": "all", "freq": "MS", "period_start": day, "period_end": day, "is_complete": True,
    ...        "days_observed": 29, "numerator": 310, "denominator": 1000, "value": 0.31, "low": 0.282, "high": 0.339,
    ...        "unit": "share of all items", "n_unscored": 0, "note": ""}
    >>> corrected_share(pd.DataFrame([row]), confusion=sample).set_index("series")["value"].round(6).to_dict()
    {'share:corrected': 0.3, 'share:naive': 0.31}
    """
    naive = _as_shares(series)
    parts = [naive.assign(series=naive["series"] + ":naive")]
    for group, own in naive.groupby("group", sort=True):
        stream = [seed, zlib.crc32(str(group).encode())]
        rates = read_sample(confusion, group, stream)
        weights = np.eye(len(rates.labels))
        for names, cells, shown, worth in _cells(own, rates.labels):
            found = _solve_cells(cells, shown, worth, weights[:, -len(names) :], rates, stream)
            for j, name in enumerate(names):
                rows = _rows_of(own, name, cells)
                parts.append(_replace(rows, f"{name}:corrected", tuple(f[:, j] for f in found), rates.reason))
    return schema.check(pd.concat(parts, ignore_index=True), "series")


def corrected_mean(
    series: pd.DataFrame, *, confusion: pd.DataFrame, scores: Mapping[str, float] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Return the mean of labels per period, as counted and corrected for misclassification.

    Parameters
    ----------
    series : DataFrame
        Table ``series`` of shares with a series for each label, as ``stance_share`` gives. The mean alone would not do: how
        many negatives and positives cancelled out in it decides what the error does to it.
    confusion : DataFrame
        As for ``corrected_share``, with the labels of the series.
    scores : mapping, optional
        What each label counts; negative -1, neutral 0 and positive 1 when not given.

    Returns
    -------
    DataFrame
        Table ``series``: ``stance:PRK:narrator:naive`` and ``…:corrected``; numerator the sum of labels as counted,
        denominator the sentences. Intervals, missing values, errors and references as for ``corrected_share``.

    >>> from analysis import schema
    >>> sample = pd.DataFrame({"truth": ["negative", "positive"], "predicted": ["negative", "positive"], "n": 9})
    >>> corrected_mean(schema.empty("series"), confusion=sample).empty
    True
    """
    scores = dict(_STANCE if scores is None else scores)
    shares = _as_shares(series)
    parts = [shares.head(0)]
    for group, own in shares.groupby("group", sort=True):
        stream = [seed, zlib.crc32(str(group).encode())]
        rates = read_sample(confusion, group, stream)
        strange = [label for label in rates.labels if label not in scores]
        if strange:
            raise ValueError(f"no score for the labels {', '.join(strange)}; pass scores={{label: number}}")
        weights = np.array([[scores[label]] for label in rates.labels])
        for names, cells, shown, worth in _cells(own, rates.labels):
            rows = _rows_of(own, names[0], cells)
            counted = np.nan_to_num((shown @ weights)[:, 0]) * rows["denominator"].to_numpy(float)
            rows = rows.assign(numerator=counted, unit="mean label, -1 to 1")
            stem = names[0].rpartition(":")[0]
            for kind, used in (("naive", without_error(rates.labels)), ("corrected", rates)):
                found = _solve_cells(cells, shown, worth, weights, used, stream)
                parts.append(_replace(rows, f"{stem}:{kind}", tuple(f[:, 0] for f in found), used.reason))
    return schema.check(pd.concat(parts, ignore_index=True), "series")


def clipped(series: pd.DataFrame) -> pd.DataFrame:
    """Return the series with values and intervals cut at what is possible, for display; ``note`` and ``unit`` say so.

    Shares are cut at 0 and 1, means at -1 and 1. Do not compute with the result: cut values are biased.

    >>> from analysis import schema
    >>> clipped(schema.empty("series")).empty
    True
    """
    is_share, is_mean = (series["unit"].str.startswith(word) for word in ("share", "mean"))
    numbers = series[["value", "low", "high"]]
    possible = numbers.clip(upper=1).where(~is_share, numbers.clip(0, 1)).where(~is_mean, numbers.clip(-1, 1))
    out = series.assign(**possible.where(is_share | is_mean, numbers))
    cut = (out[[*numbers]] != numbers).where(numbers.notna(), False).any(axis=1)
    out.loc[cut, "note"] = (out.loc[cut, "note"] + "; drawn at the bound of what is possible").str.removeprefix("; ")
    if cut.any():
        out["unit"] += f", {cut.sum()} of {len(cut)} points drawn at the bound of what is possible"
    return out


# --- the samples ----------------------------------------------------------------------------------------------------


def _as_shares(series: pd.DataFrame) -> pd.DataFrame:
    """The series as shares of its denominators, each with a Wilson interval where it had that of a count."""
    if series["denominator"].isna().any():
        names = ", ".join(series.loc[series["denominator"].isna(), "series"].unique()[:3])
        raise ValueError(f"{names}: rows without a denominator; a count out of nothing has no share to correct")
    is_share = series["unit"].str.startswith("share")
    if is_share.all():
        return series
    if not series.loc[~is_share, "numerator"].le(series.loc[~is_share, "denominator"]).all():
        raise ValueError("a numerator exceeds its denominator: this is no count out of something")
    low, high = wilson_interval(series["numerator"], series["denominator"])
    value = series["numerator"] / series["denominator"].where((series["denominator"] > 0) & series["value"].notna())
    empty = value.isna() & (series["note"] == "") & ~is_share
    shares = {"note": series["note"].where(~empty, "nothing to count in"), "value": value, "low": pd.Series(low, series.index).where(value.notna()),
              "high": pd.Series(high, series.index).where(value.notna()), "unit": "share of " + series["unit"]}
    return series.assign(**{name: series[name].where(is_share, new) for name, new in shares.items()})


def _cells(own: pd.DataFrame, labels: list[str]) -> Iterator[tuple[list[str], pd.DataFrame, np.ndarray, np.ndarray]]:
    """Series that are corrected together, their cells, shares by label, and the number of independent items."""
    if tuple(labels) == BINARY:
        for name, rows in own.groupby("series", sort=True):
            p = rows["value"].to_numpy(float)
            yield [name], rows[_KEY], np.stack([1 - p, p], axis=1), _worth(rows)
        return
    stems = own["series"].str.rpartition(":")
    for stem, rows in own.groupby(stems[0], sort=True):
        have = sorted(stems[2][rows.index].unique())
        if have != labels:
            raise ValueError(f"{stem}: the series has the labels {', '.join(have)}, the validation sample {', '.join(labels)}")
        wide = [rows[stems[2][rows.index] == label].set_index(_KEY).sort_index() for label in labels]
        shares = np.stack([w["value"].to_numpy(float) for w in wide], axis=1)
        if len({len(w) for w in wide}) > 1 or not np.all(np.isnan(shares) | np.isclose(shares.sum(axis=1, keepdims=True), 1)):
            raise ValueError(f"{stem}: the shares of {', '.join(labels)} do not add up to 1 in every period")
        # The label whose sentences go together most decides for all.
        worth = np.stack([np.where((w["value"] > 0) & (w["value"] < 1), _worth(w), np.inf) for w in wide]).min(axis=0)
        worth = np.where(np.isinf(worth), _worth(wide[0]), worth)
        yield [f"{stem}:{label}" for label in labels], wide[0].reset_index()[_KEY], shares, worth


def _rows_of(own: pd.DataFrame, name: str, cells: pd.DataFrame) -> pd.DataFrame:
    return cells.merge(own[own["series"] == name], on=_KEY, how="left")


def _worth(rows: pd.DataFrame) -> np.ndarray:
    """Independent items behind each row; missing where the row has no interval of its own."""
    n = rows["denominator"].to_numpy(float)
    return np.minimum(n, effective_n(rows["value"], rows["high"] - rows["low"]))


# --- the estimate ---------------------------------------------------------------------------------------------------


def _solve_cells(
    cells: pd.DataFrame, shares: np.ndarray, worth: np.ndarray, weights: np.ndarray, rates: Rates, seed: list[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Value, low and high, cells x columns of ``weights``; no interval where the number of independent items is unknown."""
    value, low, high = (np.full((len(cells), weights.shape[1]), np.nan) for _ in range(3))
    for i, cell in enumerate(cells.itertuples(index=False, name=None)):
        if np.isnan(shares[i]).any() or rates.reason:
            continue
        value[i] = invert(shares[i], rates.point) @ weights
        if not np.isnan(worth[i]):
            # A cell's own stream: adding a group or a period changes no other cell's interval.
            rng = np.random.default_rng([*seed, zlib.crc32("|".join(map(str, cell)).encode())])
            drawn = invert(posterior(shares[i] * worth[i], DRAWS, rng), rates.drawn) @ weights
            low[i], high[i] = interval(drawn, value[i])
    return value, low, high


def _replace(rows: pd.DataFrame, name: str, numbers: tuple, reason: str) -> pd.DataFrame:
    """The rows with other numbers; where there was a value to correct and none came of it, the reason."""
    value, low, high = numbers
    lost = rows["value"].notna() & np.isnan(value)
    return rows.assign(series=name, value=value, low=low, high=high, note=rows["note"].where(~lost, reason))
