"""The words around a target as vectors, weighed in pairs with cues: for a stance model that is not a sum over features."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from analysis.stance.features import Settings, context_words, signs

__all__ = ["Context", "Space", "context_score", "describe"]

_SHARES = {"scale": 0.32, "frame": 0.19, "shape": 0.32}  # of the signs beside the vectors' 1, squared
_DECAY = 4.0  # words at which the weight of a word has halved


@dataclass(frozen=True)
class Space:
    """What a description is made of: the vectors of stems and the rarity of signs.

    ``stems`` gives the row in ``vectors`` (stems by dimensions, rare stems longer); ``tokens`` the place of a sign in ``idf``.
    """

    stems: dict[str, int]
    vectors: np.ndarray
    tokens: dict[str, int]
    idf: np.ndarray


@dataclass(frozen=True)
class Context:
    """A quadratic form of each class over what surrounds a target: ``forms`` (description by rank), ``signs`` (rank by classes)."""

    space: Space
    forms: np.ndarray
    signs: np.ndarray


def describe(text: str, start: int, end: int, *, settings: Settings, space: Space) -> np.ndarray:
    """Return what surrounds the target at ``text[start:end]`` as one vector of length one.

    Sums of word vectors over the sentence, the left and the right side (nearer words weigh more), the target's clause
    and the sentence by distance, each of length one; then the signs of ``features.signs``, each group of length one.

    >>> s = Settings("ru", "russian")
    >>> space = Space({"суд": 0}, np.ones((1, 2)), {"ca:a-": 0}, np.ones(1))
    >>> d = describe("Суд оправдал Ивана", 13, 18, settings=s, space=space)
    >>> d.shape, bool(np.isclose(d @ d, 1.0))
    ((11,), True)
    """
    words, n_left, low, high = context_words(text, start, end, settings=settings)
    places = np.array([space.stems.get(w, -1) for w in words], dtype=int)
    known = np.flatnonzero(places >= 0)
    nearness = 1 / (1 + np.where(known < n_left, n_left - 1 - known, known - n_left) / _DECAY)
    is_left, in_clause = known < n_left, (known >= low) & (known < n_left + high)
    weights = np.stack([np.ones(len(known)), nearness * is_left, nearness * ~is_left, in_clause, nearness])
    sums = weights @ space.vectors[places[known]]
    parts = [_unit(s) / math.sqrt(len(sums)) for s in sums]
    for group, found in signs(text, start, end, settings=settings).items():
        part = np.zeros(len(space.idf))
        for i, n in Counter(i for i in map(space.tokens.get, found) if i is not None).items():
            part[i] = (1 + math.log(n)) * space.idf[i]
        parts.append(_unit(part) * math.sqrt(_SHARES[group]))
    # The groups of signs have no token in common, so their vectors can be added.
    return _unit(np.concatenate([*parts[: len(sums)], sum(parts[len(sums) :])]))


def context_score(context: Context, text: str, start: int, end: int, *, settings: Settings) -> np.ndarray:
    """Return what the quadratic form adds to the logit of each class."""
    described = describe(text, start, end, settings=settings, space=context.space)
    return (described @ context.forms) ** 2 @ context.signs


def _unit(values: np.ndarray) -> np.ndarray:
    length = float(np.sqrt(values @ values))
    return values / length if length else values
