"""Lexicon tone of a sentence: VADER over words, with names and titles masked. Not validated on this subject."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version

import numpy as np
import pandas as pd

from analysis import schema
from analysis.lexicons import read_lexicon

__all__ = ["score_tone"]

_CUT = 0.05  # the package's own bound between neutral and the rest (Hutto and Gilbert 2014)
_LIMIT = 2000  # characters: a paragraph without a stop is no sentence
_MASK = "Name"


def score_tone(sentences: pd.DataFrame, *, articles: pd.DataFrame) -> pd.DataFrame:
    """Score the lexicon tone of every sentence in the language that has a tone lexicon.

    VADER (Hutto and Gilbert 2014) hears praise in "Supreme Leader", "Workers' Party" and "United Nations Security
    Council", and nothing in "missile": names and titles that hold a word it scores (lexicons/tone_mask.csv) are masked
    first. The result is how the words sound, not a stance towards anyone, and has not been validated on news of this
    subject.

    Parameters
    ----------
    sentences : DataFrame
        Table ``sentences``.
    articles : DataFrame
        Table ``articles``; gives the language.

    Returns
    -------
    DataFrame
        Table ``stance``, one row a sentence, target ``sentence``, voice by ``is_quote``. A sentence in another language,
        without text or too long is ``unscored`` with the reason and has no score: never 0.

    >>> s = pd.DataFrame({"article_id": "a", "sentence": [0, 1], "text": ["Supreme Leader visits", "A terrible attack"],
    ...                   "is_quote": [False, True]})
    >>> a = pd.DataFrame({"article_id": ["a"], "language": ["en"]})
    >>> score_tone(s, articles=a)[["voice", "label"]].values.tolist()
    [['narrator', 'neutral'], ['quoted', 'negative']]
    """
    languages = sentences["article_id"].map(articles.drop_duplicates("article_id").set_index("article_id")["language"])
    reasons = [_reason(t, lang) for t, lang in zip(sentences["text"], languages, strict=True)]
    scores = np.array(
        [np.nan if why else _compound(t) for t, why in zip(sentences["text"], reasons, strict=True)], dtype=float
    )
    label = np.select([np.isnan(scores), scores >= _CUT, scores <= -_CUT], ["unscored", "positive", "negative"], "neutral")
    out = pd.DataFrame({
        "article_id": sentences["article_id"], "sentence": sentences["sentence"], "target": "sentence",
        "voice": np.where(sentences["is_quote"].astype(bool), "quoted", "narrator"),
        "label": label, "score": scores, "model": np.where(np.isnan(scores), None, _model()), "reason": reasons,
    })
    return schema.check(out, "stance")


def _reason(content: object, language: object) -> str:
    """Why a sentence is not scored; empty when it is."""
    if not isinstance(content, str) or not content.strip():
        return "no text"
    if language not in _languages():
        return f"no tone lexicon for language '{language}'"
    if len(content) > _LIMIT:
        return f"longer than {_LIMIT} characters: not a sentence"
    return "" if any(c.isalpha() for c in content) else "no word"


def _compound(content: str) -> float:
    return float(_analyser().polarity_scores(_mask().sub(_MASK, content))["compound"])


@cache
def _languages() -> frozenset[str]:
    # The mask is written for the language of the tone lexicon, so it says which that is.
    return frozenset(read_lexicon("tone_mask")["language"])


@cache
def _analyser():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@cache
def _model() -> str:
    return f"lexicon tone: vaderSentiment {version('vaderSentiment')}, names masked"


@cache
def _mask() -> re.Pattern[str]:
    """Names and titles to mask, longest first."""
    longest = sorted(set(read_lexicon("tone_mask")["form"]), key=lambda form: (-len(form), form))
    forms = "|".join(re.escape(form).replace(r"\ ", r"[\s-]+").replace("'", "['’]") for form in longest)
    return re.compile(rf"\b(?:{forms})(?!\w)", re.IGNORECASE)
