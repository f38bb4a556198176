"""Stance towards a target in a sentence: a label and a score, or the reason why there is none."""

from __future__ import annotations

import math
from functools import cache
from typing import Protocol

import pandas as pd

from analysis import text as texts
from analysis.stance import core, encoder, evaluative

__all__ = ["EVALUATIVE", "Scorer", "score_targets"]

EVALUATIVE = "evaluative language"
_COLUMNS = ("text", "start", "end", "language")
_LONGEST = 1000  # words: no sentence, however it came about
_CUT = 0.25  # evaluative score from which there is a stance; chosen on the development items
_SOME = 0.3  # praise and blame each this strong that add up to less than the cut cancel out


class Scorer(Protocol):
    """What ``score_targets`` takes as a model of one's own: an encoder, say."""

    name: str
    languages: frozenset[str]

    def score(self, text: str, start: int, end: int, *, language: str) -> tuple[str, float, str]:
        """Return label, score and, when the label is ``unscored``, the reason."""


def score_targets(table: pd.DataFrame, *, model: str | Scorer | None = None) -> pd.DataFrame:
    """Return the table with the stance of each sentence towards its target.

    Parameters
    ----------
    table : DataFrame
        One row is a target in a sentence: ``text``, ``start`` and ``end`` (the target's characters in the text) and
        ``language``. Other columns stay.
    model : str or Scorer, optional
        Name of a shipped model (``core-en``, ``core-ru``, ``encoder-en`` with the extra), ``evaluative language``, or an
        object that scores. When not given, the shipped model of the row's language, and evaluative language where there is none.

    Returns
    -------
    DataFrame
        The same rows and index with ``label`` (negative, neutral, positive, unscored), ``score`` (probability of positive
        minus that of negative, or the evaluative score; from -1 to 1, missing when unscored), ``reason`` (why it is
        unscored; empty otherwise) and ``model``. Scores of different models are not on one scale.

    Raises
    ------
    ValueError
        When a column is missing or there is no model of that name. Bad rows never raise: they are unscored.

    References
    ----------
    Hamborg and Donnay (2021) for the task; the figures and data of each model stand on its card.

    >>> t = pd.DataFrame({"text": ["Moscou a condamné Séoul", "Moskau verurteilt Seoul"], "start": 18, "end": [23, 23],
    ...                   "language": ["fr", "de"]})
    >>> score_targets(t)[["label", "reason"]].values.tolist()
    [['negative', ''], ['unscored', "no stance model for language 'de'"]]
    """
    missing = [c for c in _COLUMNS if c not in table.columns]
    if missing:
        raise ValueError(f"score_targets needs the columns {', '.join(_COLUMNS)}; missing: {', '.join(missing)}")
    chosen = _scorer(model) if isinstance(model, str) else model
    known = _together(table, chosen) if isinstance(chosen, encoder.Encoder) else {}
    rows = []
    for row in zip(*(table[c] for c in _COLUMNS), strict=True):
        key = tuple(map(str, row))
        if key not in known:
            known[key] = _score(*row, chosen)
        rows.append(known[key])
    out = pd.DataFrame(rows, columns=["label", "score", "reason", "model"], index=table.index)
    kept = table.drop(columns=[c for c in out.columns if c in table.columns])
    return pd.concat([kept, out.astype({"score": "float64"})], axis=1)


def _score(content: object, start: object, end: object, language: object, chosen: Scorer | None) -> tuple:
    reason = _refusal(content, start, end)
    scorer = chosen or _default(language if isinstance(language, str) else "")
    if not reason and (scorer is None or language not in scorer.languages):
        reason = f"{scorer.name} does not read language '{language}'" if chosen else f"no stance model for language '{language}'"
    if reason:
        return "unscored", math.nan, reason, scorer.name if scorer else ""
    try:
        label, score, reason = scorer.score(content, int(start), int(end), language=language)
    except core.ModelError as error:
        return "unscored", math.nan, str(error), scorer.name
    return label, (math.nan if label == "unscored" else score), reason, scorer.name


def _together(table: pd.DataFrame, chosen: encoder.Encoder) -> dict[tuple, tuple]:
    """Answers to the rows that can be scored, by row: the encoder reads many at once twice as fast."""
    rows = {tuple(map(str, r)): r for r in zip(*(table[c] for c in _COLUMNS), strict=True)}
    good = {k: r for k, r in rows.items() if r[3] in chosen.languages and not _refusal(*r[:3])}
    try:
        answers = chosen.score_all([(r[0], int(r[1]), int(r[2])) for r in good.values()])
    except core.ModelError:
        return {}  # each row then gets the reason
    return {
        k: (label, math.nan if label == "unscored" else score, reason, chosen.name)
        for k, (label, score, reason) in zip(good, answers, strict=True)
    }


def _refusal(content: object, start: object, end: object) -> str:
    """Why a row cannot be scored by any model; empty when it can."""
    if not isinstance(content, str) or not content.strip():
        return "no text"
    n_words = len(texts.words(content))
    if n_words > _LONGEST:
        return f"{n_words} words: longer than {_LONGEST} words, not a sentence"
    if n_words < 2:
        return "fewer than two words"
    try:
        first, last = int(start), int(end)
    except (TypeError, ValueError, OverflowError):
        return "the target is not in the sentence"
    if (first, last) != (start, end) or not 0 <= first < last <= len(content) or not content[first:last].strip():
        return "the target is not in the sentence"
    if not texts.words(content[:first] + " " + content[last:]):
        return "no word beside the target"
    return ""


class _Core:
    """A shipped linear model; its file is read, and checked against its card, at the first sentence."""

    def __init__(self, name: str, language: str) -> None:
        self.name = name
        self.languages = frozenset([language])

    def score(self, text: str, start: int, end: int, *, language: str) -> tuple[str, float, str]:
        model = core.load(self.name)
        p = core.probabilities(model, text, start, end)
        second, first = sorted(p)[-2:]
        if first - second < model.abstain:
            return "unscored", math.nan, f"margin too small: {first - second:.3f} between two labels"
        return core.LABELS[int(p.argmax())], float(p[2] - p[0]), ""


class _Evaluative:
    """Evaluative language linked to the target, the model of the languages without labelled news."""

    name = EVALUATIVE

    @property
    def languages(self) -> frozenset[str]:
        return evaluative.languages()

    def score(self, text: str, start: int, end: int, *, language: str) -> tuple[str, float, str]:
        found = evaluative.find_evaluations(text, language=language)
        return label_of(text, [(start, end)], language=language, evaluations=found)


def label_of(
    text: str, spans: list[tuple[int, int]], *, language: str, evaluations: list[evaluative.Evaluation]
) -> tuple[str, float, str]:
    """Return label, score and reason from the evaluative forms of a text linked to a target."""
    score = evaluative.link(text, spans, language=language, evaluations=evaluations)
    if abs(score) >= _CUT:
        return ("positive" if score > 0 else "negative"), score, ""
    good, bad = (
        evaluative.link(text, spans, language=language, evaluations=[e for e in evaluations if (e.value > 0) == sign])
        for sign in (True, False)
    )
    if good > _SOME and bad < -_SOME:
        return "unscored", math.nan, "margin too small: praise and blame cancel out"
    return "neutral", score, ""


def _scorer(name: str) -> Scorer:
    by_name = {n: language for language, n in core.names().items()}
    if name in by_name:
        return _Core(name, by_name[name])
    if name == EVALUATIVE:
        return _Evaluative()
    if name == encoder.NAME:
        return encoder.Encoder()
    raise ValueError(f"no model '{name}'; there are {', '.join([*sorted(by_name), encoder.NAME, EVALUATIVE])}")


@cache
def _default(language: str) -> Scorer | None:
    if language in core.names():
        return _scorer(core.names()[language])
    return _Evaluative() if language in evaluative.languages() else None
