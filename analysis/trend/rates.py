"""Rates of error from a validation sample, and the equation that takes them out of a share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["BINARY", "DRAWS", "Rates", "correct_counts", "interval", "invert", "posterior", "read_sample", "rogan_gladen", "without_error"]

BINARY = ("False", "True")
DRAWS = 2000
_SINGULAR = 1e-12
_UNUSABLE = 0.025  # part of the draws in which the measure is no better than chance: then the interval has no end


def rogan_gladen(share: float, sensitivity: float, specificity: float) -> float:
    """Return the true share behind an apparent one (Rogan and Gladen 1978); missing when undefined.

    ``(share + specificity - 1) / (sensitivity + specificity - 1)``: undefined when the measure is no better than chance.
    The result may lie outside 0 to 1. Arrays are taken element by element.

    >>> round(float(rogan_gladen(0.31, 0.8, 0.9)), 6)
    0.3
    """
    share, sensitivity, specificity = (np.asarray(x, float) for x in (share, sensitivity, specificity))
    youden = sensitivity + specificity - 1
    return (share + specificity - 1) / np.where(youden > 0, youden, np.nan)


def correct_counts(
    counts: np.ndarray, confusion: np.ndarray, *, weights: np.ndarray | None = None, seed: int = 0, n_draws: int = DRAWS
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return corrected shares of labels and their 95 % intervals from counts alone; what ``corrected_share`` does, in arrays.

    Parameters
    ----------
    counts : array, (..., k)
        Items by predicted label.
    confusion : array, (..., k, k)
        Validation items by true label (rows) and predicted label (columns).
    weights : array, (k, m), optional
        What to make of the k shares: a column of scores gives their mean. The shares themselves when not given.

    Returns
    -------
    value, low, high : arrays, (..., k) or (..., m)
        Missing where the rates cannot be inverted (see ``corrected_share``).

    >>> value, low, high = correct_counts(np.array([690, 310]), np.array([[90, 10], [20, 80]]))
    >>> value.round(3).tolist(), bool(low[1] < 0.3 < high[1])
    ([0.7, 0.3], True)
    """
    counts, confusion = np.asarray(counts, float), np.asarray(confusion, float)
    weights = np.eye(counts.shape[-1]) if weights is None else np.asarray(weights, float)
    rng = np.random.default_rng(seed)
    shares, drawn = posterior(counts, n_draws, rng), posterior(confusion, n_draws, rng)
    with np.errstate(invalid="ignore"):
        rates = np.nan_to_num(confusion / confusion.sum(axis=-1, keepdims=True))
        value = invert(counts / counts.sum(axis=-1, keepdims=True), rates) @ weights
    bad = (_too_often_useless(drawn) | ~_is_informative(rates))[..., None] | np.isnan(value)
    low, high = interval(np.where(bad, 0.0, invert(shares, drawn) @ weights), value)
    return tuple(np.where(bad, np.nan, x) for x in (value, low, high))


@dataclass(frozen=True)
class Rates:
    """P(said | truly) by label, as measured and as drawn; or why they are of no use."""

    labels: list[str]
    point: np.ndarray | None = None
    drawn: np.ndarray | None = None
    reason: str = ""


def read_sample(confusion: pd.DataFrame, group: str, stream: list[int]) -> Rates:
    """The rates of a validation sample ``truth, predicted, n`` (of a group, where it has groups)."""
    missing = [c for c in ("truth", "predicted", "n") if c not in confusion.columns]
    if missing:
        raise ValueError(f"confusion needs the columns truth, predicted, n; missing: {', '.join(missing)}")
    named = confusion.assign(truth=confusion["truth"].astype(str), predicted=confusion["predicted"].astype(str))
    labels = {*named["truth"], *named["predicted"]}
    labels = sorted(labels | {*BINARY} if labels & {*BINARY} else labels)
    if "group" in named:
        named = named[named["group"].astype(str) == str(group)]
    table = named.pivot_table(index="truth", columns="predicted", values="n", aggfunc="sum", fill_value=0)
    counts = table.reindex(index=labels, columns=labels, fill_value=0).to_numpy(float)
    bare = [label for label, n in zip(labels, counts.sum(axis=1), strict=True) if n == 0]
    if bare:
        where = f" in group {group}" if "group" in named else ""
        return Rates(labels, reason=f"no validation item{where} is truly {', '.join(bare)}")
    point, drawn = counts / counts.sum(axis=1, keepdims=True), posterior(counts, DRAWS, np.random.default_rng(stream))
    if not _is_informative(point):
        return Rates(labels, reason="no better than chance on the validation sample: no correction is defined")
    if _too_often_useless(drawn):
        return Rates(labels, reason="the validation sample is too small to tell the measure from chance")
    return Rates(labels, point, drawn)


def without_error(labels: list[str]) -> Rates:
    """The rates of a measure that is never wrong: what a naive figure assumes."""
    unity = np.eye(len(labels))
    return Rates(labels, unity, np.broadcast_to(unity, (DRAWS, *unity.shape)))


def invert(shares: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """Solve ``shares = truth @ rates`` for the truth; missing where the rates' determinant is not above 0."""
    if shares.shape[-1] == 2:
        p = rogan_gladen(shares[..., 1], rates[..., 1, 1], rates[..., 0, 0])
        return np.stack([1 - p, p], axis=-1)
    usable = np.linalg.det(rates) > _SINGULAR
    safe = np.where(usable[..., None, None], rates, np.eye(rates.shape[-1]))
    solved = np.linalg.solve(np.swapaxes(safe, -1, -2), shares[..., None])[..., 0]
    return np.where(usable[..., None], solved, np.nan)


def posterior(counts: np.ndarray, n_draws: int, rng: np.random.Generator) -> np.ndarray:
    """Draws of the shares behind counts (Jeffreys' prior, half an item a label)."""
    drawn = rng.standard_gamma(counts + 0.5, size=(n_draws, *counts.shape))
    return drawn / drawn.sum(axis=-1, keepdims=True)


def interval(drawn: np.ndarray, point: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The middle 95 % of draws, over their first axis; it never leaves out its point."""
    quantile = np.nanquantile if np.isnan(drawn).any() else np.quantile
    low, high = quantile(drawn, [0.025, 0.975], axis=0)
    return np.minimum(low, point), np.maximum(high, point)


def _is_informative(rates: np.ndarray) -> np.ndarray:
    """Whether each label is said more often of its own kind than of any other; for two, whether Youden's J is above 0."""
    own = np.diagonal(rates, axis1=-2, axis2=-1)
    others = np.where(np.eye(rates.shape[-1], dtype=bool), -np.inf, rates).max(axis=-2)
    return (own > others).all(axis=-1) & (np.linalg.det(rates) > _SINGULAR)


def _too_often_useless(drawn: np.ndarray) -> np.ndarray:
    """Whether so many drawn rates are no better than chance that the interval would have no end."""
    return (np.linalg.det(drawn) <= _SINGULAR).mean(axis=0) > _UNUSABLE
