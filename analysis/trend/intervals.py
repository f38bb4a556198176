"""Intervals of counts and shares, element by element."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import gammaincinv

__all__ = ["Z", "effective_n", "poisson_interval", "wilson_interval"]

Z = 1.959963984540054


def wilson_interval(k: Sequence[float], n: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the Wilson (1927) 95 % score interval of ``k`` out of ``n``; missing where n is 0.

    >>> low, high = wilson_interval([5], [10])
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.2366, 0.7634)
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    n = np.where(n > 0, n, np.nan)
    p, z2 = k / n, Z**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * np.sqrt(p * (1 - p) / n + z2 / (4 * n**2))
    return np.where(k == 0, 0.0 * n, middle - half), np.where(k == n, 1.0, middle + half)


def poisson_interval(k: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact 95 % interval of a Poisson count (Garwood 1936).

    >>> low, high = poisson_interval([0, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 4.795], [3.689, 18.39])
    """
    k = np.asarray(k, float)
    return np.where(k > 0, gammaincinv(np.maximum(k, 1), 0.025), 0.0), gammaincinv(k + 1, 0.975)


def effective_n(value: Sequence[float], width: Sequence[float]) -> np.ndarray:
    """Return the number of independent items at which the Wilson interval of ``value`` is ``width`` wide.

    The inverse of ``wilson_interval``: with n items it gives n back, with a share whose interval was widened because its
    items go together (Kish 1965) the smaller number that such items are worth. Missing where value or width is.

    >>> low, high = wilson_interval([5], [10])
    >>> round(float(effective_n([0.5], high - low)[0]), 6)
    10.0
    """
    p, w, z2 = np.asarray(value, float), np.asarray(width, float), Z**2
    # (w/2)² (1 + z²x)² = z² (p(1-p) x + z²x²/4) with x = 1/n: the one positive root.
    a, b, c = z2**2 / 4 * (w**2 - 1), z2 * (w**2 / 2 - p * (1 - p)), w**2 / 4
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * a / (-b - np.sqrt(b**2 - 4 * a * c))
