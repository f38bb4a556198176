"""Means and shares of scored sentences per period, with intervals that know that sentences of a story go together."""

from __future__ import annotations

import zlib

import numpy as np
import pandas as pd

from analysis import schema
from analysis.trend.grid import CELL, THIN, once, periods, place
from analysis.trend.intervals import wilson_interval
from analysis.trend.rows import as_series, count_cells

__all__ = ["by_outlet", "mean_stance", "mean_tone", "stance_share"]

_DRAWS = 1000
_FEW = 10  # clusters under which a bootstrap over them is known to be too narrow
_VOICES = ("narrator", "quoted")
_SCORES = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


def mean_tone(
    stance: pd.DataFrame,
    articles: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Mean lexicon tone of sentences per period, one series a voice, with a bootstrap interval over stories.

    Sentences of a story are not independent, so stories are drawn with replacement (Cameron, Gelbach and Miller 2008),
    1,000 times, percentile interval. Fewer than two stories give a mean without an interval; under ten, note warns that
    it is too narrow. Copies are left out. To draw outlets instead of stories: ``mean_tone(stance, by_outlet(articles), …)``.

    Returns
    -------
    DataFrame
        Table ``series`` (``tone:narrator``, ``tone:quoted``): numerator the sum of scores, denominator the sentences
        scored, n_unscored those that were not. A period without a scored sentence has no value.

    >>> from analysis import schema
    >>> mean_tone(schema.empty("stance"), schema.empty("articles"), schema.empty("totals"))["value"].tolist()
    []
    """
    grid = periods(articles, totals, freq=freq, by=by, thin=THIN)
    tone = _in_cells(stance[stance["target"] == "sentence"], articles, freq, by)
    parts = [_means(tone[tone["voice"] == v], grid, f"tone:{v}", seed) for v in _VOICES]
    return as_series(pd.concat(parts, ignore_index=True), freq, "mean score, -1 to 1")


def mean_stance(
    stance: pd.DataFrame,
    articles: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Mean stance label (negative -1, neutral 0, positive 1) per period, one series a target and voice.

    Labels, not scores: scores of different models are not on one scale. Interval and copies as in ``mean_tone``; for the
    mean corrected for the measure's error see ``stance_share`` and ``corrected_mean``.

    Returns
    -------
    DataFrame
        Table ``series`` (``stance:PRK:narrator`` and so on): numerator the sum of labels, denominator the sentences scored.

    >>> from analysis import schema
    >>> mean_stance(schema.empty("stance"), schema.empty("articles"), schema.empty("totals")).empty
    True
    """
    grid = periods(articles, totals, freq=freq, by=by, thin=THIN)
    labels = _in_cells(stance[stance["target"] != "sentence"], articles, freq, by)
    labels = labels.assign(score=labels["label"].map(_SCORES))
    parts = [_means(own, grid, f"stance:{target}:{voice}", seed) for (target, voice), own in labels.groupby(["target", "voice"])]
    return as_series(pd.concat(parts, ignore_index=True), freq, "mean label, -1 to 1") if parts else schema.empty("series")


def stance_share(
    stance: pd.DataFrame, articles: pd.DataFrame, totals: pd.DataFrame, *, freq: str = "MS", by: str | None = None
) -> pd.DataFrame:
    """Shares of negative, neutral and positive among scored sentences per period, one series a target, voice and label.

    Returns
    -------
    DataFrame
        Table ``series`` (``stance:PRK:narrator:negative`` and so on): Wilson interval at the number of independent
        sentences that the sentences are worth, given how far they go together within stories (Kish 1965; Korn and
        Graubard 1998; variance of a ratio over stories). Fewer than two stories: no interval. Copies are left out; for
        outlets instead of stories see ``by_outlet``.

    >>> from analysis import schema
    >>> stance_share(schema.empty("stance"), schema.empty("articles"), schema.empty("totals")).empty
    True
    """
    grid = periods(articles, totals, freq=freq, by=by, thin=THIN)
    labels = _in_cells(stance[stance["target"] != "sentence"], articles, freq, by)
    parts = []
    for (target, voice), own in labels.groupby(["target", "voice"]):
        scored = own[own["label"].isin([*_SCORES])]
        counts = pd.crosstab([scored[c] for c in (*CELL, "story_id")], scored["label"]).reindex(columns=[*_SCORES], fill_value=0)
        found = {cell: c.to_numpy(float) for cell, c in counts.groupby(level=CELL)} if len(scored) else {}
        n_unscored = (count_cells(own, grid) - count_cells(scored, grid)).astype(int)
        for j, label in enumerate(_SCORES):
            rows = [_share(found.get(cell), j) for cell in grid[CELL].itertuples(index=False, name=None)]
            parts.append(_with(grid.assign(series=f"stance:{target}:{voice}:{label}", n_unscored=n_unscored), rows))
    return as_series(pd.concat(parts, ignore_index=True), freq, "share of sentences scored") if parts else schema.empty("series")


def by_outlet(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with their outlet as the cluster that intervals are drawn over, instead of their story.

    For ``mean_tone``, ``mean_stance`` and ``stance_share`` only: one outlet's habits then count as one observation.

    >>> by_outlet(pd.DataFrame({"story_id": ["a", "b"], "outlet_id": "o"}))["story_id"].tolist()
    ['o', 'o']
    """
    return articles.assign(story_id=articles["outlet_id"])


def _in_cells(stance: pd.DataFrame, articles: pd.DataFrame, freq: str, by: str | None) -> pd.DataFrame:
    placed = place(once(articles, False), freq, by)
    columns = ["article_id", "target", "voice", "label", "score"]
    return stance[columns].merge(placed[["article_id", "story_id", *CELL]], on="article_id")


def _means(scores: pd.DataFrame, grid: pd.DataFrame, name: str, seed: int) -> pd.DataFrame:
    out = grid.assign(series=name, n_unscored=count_cells(scores[scores["score"].isna()], grid).astype(int))
    cells = scores.dropna(subset="score").groupby([*CELL, "story_id"])["score"].agg(["sum", "size"])
    found = {cell: own.to_numpy(float) for cell, own in cells.groupby(level=CELL)}
    rows = [_bootstrap(found.get((g, s)), f"{name}|{g}|{s.date()}", seed) for g, s in out[CELL].itertuples(index=False)]
    return _with(out, rows)


def _with(cells: pd.DataFrame, rows: list[tuple]) -> pd.DataFrame:
    names = ["numerator", "n_items", "value", "low", "high", "note"]
    return cells.drop(columns="n_items").join(pd.DataFrame(rows, columns=names, index=cells.index))


def _bootstrap(stories: np.ndarray | None, cell: str, seed: int) -> tuple:
    """Sum and number of scores, their mean and its interval; ``stories`` holds sum and number of each story."""
    if stories is None:
        return 0.0, 0.0, np.nan, np.nan, np.nan, ""
    total, n = stories.sum(axis=0)
    if len(stories) < 2:
        return total, n, total / n, np.nan, np.nan, _note(len(stories))
    # A cell's own stream: adding a group or a period changes no other cell's interval.
    rng = np.random.default_rng([seed, zlib.crc32(cell.encode())])
    drawn = stories[rng.integers(len(stories), size=(_DRAWS, len(stories)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])
    return total, n, total / n, low, high, _note(len(stories))


def _share(stories: np.ndarray | None, j: int) -> tuple:
    """Share of label ``j`` and its interval; ``stories`` holds each story's sentences by label."""
    if stories is None:
        return 0.0, 0.0, np.nan, np.nan, np.nan, ""
    n, k = stories.sum(), stories[:, j].sum()
    p, c = k / n, len(stories)
    if c < 2:
        return k, n, p, np.nan, np.nan, _note(c)
    variance = c / (c - 1) * ((stories[:, j] - p * stories.sum(axis=1)) ** 2).sum() / n**2
    if k in (0, n):
        worth = float(c)  # all alike: nothing shows how far sentences go together, so each story counts as one
    else:
        worth = min(n, p * (1 - p) / variance) if variance > 0 else n
    low, high = wilson_interval([p * worth], [worth])
    return k, n, p, float(low[0]), float(high[0]), _note(c)


def _note(n_clusters: int) -> str:
    if n_clusters < 2:
        return "one story: no interval"
    return f"interval over {n_clusters} stories only, too narrow" if n_clusters < _FEW else ""
