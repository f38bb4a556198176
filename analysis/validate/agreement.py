"""Agreement between coders beyond chance, and the interval of a share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.trend import wilson_interval

__all__ = ["alpha", "wilson"]


def wilson(k: float, n: float) -> tuple[float, float]:
    """Return the Wilson 95 % score interval of a share ``k/n`` (Wilson 1927); missing when ``n`` is 0.

    >>> tuple(round(x, 4) for x in wilson(10, 20))
    (0.2993, 0.7007)
    """
    low, high = wilson_interval([k], [n])
    return float(low[0]), float(high[0])


def alpha(codings: pd.DataFrame, *, n_boot: int = 1000, seed: int = 0) -> tuple[float, float, float]:
    """Return Krippendorff's alpha for nominal values, with a 95 % bootstrap interval over units.

    Parameters
    ----------
    codings : DataFrame
        One row a judgement: unit, coder, value. Units with fewer than two judgements say nothing and are left out.

    Returns
    -------
    alpha, low, high : float
        Missing when no unit was coded twice or when all values are one and the same (no variation, nothing to agree on).

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability.

    >>> c = pd.DataFrame({"unit": [1, 1, 2, 2, 3, 3], "coder": [1, 2] * 3, "value": ["a", "a", "b", "b", "a", "b"]})
    >>> round(alpha(c, n_boot=0)[0], 3)
    0.444
    """
    table = codings.pivot_table(index="unit", columns="value", aggfunc="size", fill_value=0).to_numpy(dtype=float)
    table = table[table.sum(axis=1) >= 2]
    point = _alpha(table)
    if n_boot == 0 or len(table) == 0:
        return point, float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    draws = [_alpha(table[rng.integers(0, len(table), len(table))]) for _ in range(n_boot)]
    low, high = np.nanquantile(draws, [0.025, 0.975]) if not np.all(np.isnan(draws)) else (float("nan"),) * 2
    return point, float(low), float(high)


def _alpha(counts: np.ndarray) -> float:
    """Alpha from units x values counts: 1 - observed / expected disagreement."""
    per_unit = counts.sum(axis=1)
    n = per_unit.sum()
    if n < 2:
        return float("nan")
    observed = ((per_unit**2 - (counts**2).sum(axis=1)) / (per_unit - 1)).sum() / n
    totals = counts.sum(axis=0)
    expected = (n**2 - (totals**2).sum()) / (n * (n - 1))
    return float("nan") if expected == 0 else float(1 - observed / expected)
