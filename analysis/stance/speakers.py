"""Who says what about whom: reported acts of evaluation and quoted words, by speaker and target."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from analysis.stance import evaluative
from analysis.stance.targets import label_of
from analysis.stance.voices import (
    QUOTED,
    SentenceParts,
    cooperation_words,
    is_source,
    names_of,
    parts_of,
    targets_of,
)

__all__ = ["article_stance", "speaker_targets"]

_COLUMNS = ["article_id", "sentence", "speaker", "target", "kind", "label", "score", "reason"]
_TITLE = 1.5  # a title states what its article takes for the point
_LEAST_SUBJECT = 0.3  # weight from which a name is taken for the subject: on the right side, not too far
_UNNAMED = 0.5  # a sentence that names neither side speaks of them, if at all, by the way
_CRITICAL, _APPROVING = -0.3, 0.4  # sums from which a reader takes sides; chosen on the development items


def speaker_targets(
    sentences: pd.DataFrame, *, articles: pd.DataFrame, actor_mentions: pd.DataFrame, quotes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return who is reported to evaluate whom, one row for each speaker, target and kind in a sentence.

    Parameters
    ----------
    sentences, articles, actor_mentions, quotes : DataFrame
        As for ``score_stance``.

    Returns
    -------
    DataFrame
        ``article_id, sentence, speaker, target, kind, label, score, reason``. ``kind`` is ``act`` ("Seoul condemned
        Pyongyang": the speaker is the name that stands where the subject of the act stands) or ``quote`` (words inside
        quotation marks; the speaker is the name beside the verb of saying, empty when none is named). Speakers are
        countries or actors, targets those of lexicons/targets.csv; nobody is his own target. A sentence where neither is
        found has no row.

    >>> s = pd.DataFrame({"article_id": "a", "sentence": [0], "text": ["Seoul condemned Pyongyang"], "is_quote": [False]})
    >>> a = pd.DataFrame({"article_id": ["a"], "language": ["en"]})
    >>> m = pd.DataFrame({"article_id": "a", "sentence": 0, "start": [0, 16], "end": [5, 25], "actor_id": ["s", "p"],
    ...                   "country": ["KOR", "PRK"]})
    >>> speaker_targets(s, articles=a, actor_mentions=m)[["speaker", "target", "label"]].values.tolist()
    [['KOR', 'PRK', 'negative']]
    """
    rows = []
    for parts in parts_of(sentences, articles=articles, actor_mentions=actor_mentions, quotes=quotes):
        if parts.language in evaluative.languages():
            rows += [*_acts(parts), *_quotes(parts)]
    out = pd.DataFrame(rows, columns=_COLUMNS).astype({"score": "float64"})
    return out.sort_values(_COLUMNS[:5], kind="stable").reset_index(drop=True)


def article_stance(sentences: pd.DataFrame, *, articles: pd.DataFrame, actor_mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the stance to Russian-North Korean cooperation that the words of each article as a whole convey.

    All voices and reported acts together, as a reader takes them and as the gold items are coded: evaluative language
    near either side or a word of cooperation, the title one and a half times, sentences that name neither side by half.

    Returns
    -------
    DataFrame
        One row an article: ``article_id, label, score, reason``; label is critical, neutral, approving or unscored, the
        score a sum over sentences without bounds. An article that names neither side is unscored.

    >>> s = pd.DataFrame({"article_id": "a", "sentence": [0], "text": ["Seoul condemned Pyongyang"], "is_quote": [False]})
    >>> a = pd.DataFrame({"article_id": ["a"], "language": ["en"]})
    >>> m = pd.DataFrame({"article_id": "a", "sentence": 0, "start": [16], "end": [25], "actor_id": "p", "country": "PRK"})
    >>> article_stance(s, articles=a, actor_mentions=m)["label"].tolist()
    ['critical']
    """
    language = articles.drop_duplicates("article_id").set_index("article_id")["language"].to_dict()
    both = names_of("RUS+PRK")
    spans: dict[tuple, list] = {}
    columns = ("article_id", "sentence", "start", "end", "country")
    for article, sentence, start, end, country in zip(*(actor_mentions[c] for c in columns), strict=True):
        if country in both:
            spans.setdefault((article, sentence), []).append((int(start), int(end)))
    relevant = {article for article, _ in spans}
    sums: dict[str, float] = {}
    for article, sentence, content in zip(*(sentences[c] for c in columns[:2]), sentences["text"], strict=True):
        lang = language.get(article, "")
        if isinstance(content, str) and lang in evaluative.languages():
            weight = _TITLE if sentence == 0 else 1.0
            sums[article] = sums.get(article, 0.0) + weight * _towards(content, spans.get((article, sentence), []), lang)
    rows = [_article(a, language[a], relevant, sums) for a in language]
    return pd.DataFrame(rows, columns=["article_id", "label", "score", "reason"]).astype({"score": "float64"})


def _towards(content: str, names: list[tuple[int, int]], language: str) -> float:
    found = evaluative.find_evaluations(content, language=language)
    spans = names + [m.span() for m in cooperation_words(language).finditer(content)]
    if spans:
        return evaluative.link(content, spans, language=language, evaluations=found)
    return _UNNAMED * evaluative.link(content, [(0, 0)], language=language, evaluations=found)


def _article(article: str, language: str, relevant: set[str], sums: dict[str, float]) -> tuple:
    if language not in evaluative.languages():
        return article, "unscored", math.nan, f"no evaluative lexicon for language '{language}'"
    if article not in relevant or article not in sums:
        return article, "unscored", math.nan, "names neither side"
    score = sums[article]
    label = "critical" if score < _CRITICAL else "approving" if score > _APPROVING else "neutral"
    return article, label, score, ""


def _acts(parts: SentenceParts) -> Iterator[tuple]:
    """Reported acts, each with the name that does it and the names it is done to."""
    found = evaluative.find_evaluations(parts.text, language=parts.language, owners=("actor",))
    by_pair: dict[tuple[str, str], list] = {}
    for e in found:
        speaker = _subject(parts, e)
        if speaker is None:
            continue
        for target, spans in targets_of(parts).items():
            others = [s for s in spans if s != speaker[:2]]
            if others and not speaker[2] & names_of(target):
                by_pair.setdefault((_name(speaker), target), []).append((e, others))
    for (speaker_name, target), pairs in by_pair.items():
        spans = sorted({s for _, others in pairs for s in others})
        label, score, reason = label_of(parts.text, spans, language=parts.language, evaluations=[e for e, _ in pairs])
        if label != "neutral":
            yield parts.article_id, parts.sentence, speaker_name, target, "act", label, score, reason


def _quotes(parts: SentenceParts) -> Iterator[tuple]:
    """Quoted words, with the name beside the verb of saying."""
    if not any(s.voice == QUOTED for s in parts.segments):
        return
    source = next((n for n in parts.names if is_source(parts, n[0], n[1])), None)
    words = [
        e for e in evaluative.find_evaluations(parts.text, language=parts.language) if parts.voice_at(e.start) == QUOTED
    ]
    for target, spans in targets_of(parts).items():
        here = [s for s in spans if parts.voice_at(s[0]) == QUOTED] or (spans if words else [])
        if here and not (source and source[2] & names_of(target)):
            label, score, reason = label_of(parts.text, here, language=parts.language, evaluations=words)
            name = _name(source) if source else ""
            yield parts.article_id, parts.sentence, name, target, "quote", label, score, reason


def _subject(parts: SentenceParts, e: evaluative.Evaluation) -> tuple[int, int, frozenset[str]] | None:
    """The name that stands where the subject of an act stands, in the act's own voice."""
    same_voice = [n for n in parts.names if parts.voice_at(n[0]) == parts.voice_at(e.start)]
    weighed = [
        (evaluative.weight(parts.text, (a, b), language=parts.language, evaluation=replace(e, role="subject")), (a, b, whom))
        for a, b, whom in same_voice
    ]
    best = max(weighed, key=lambda w: (w[0], -w[1][0]), default=(0.0, None))
    return best[1] if best[0] >= _LEAST_SUBJECT else None


def _name(mention: tuple[int, int, frozenset[str]]) -> str:
    """The country, written in capitals, before the actor."""
    return min(mention[2], key=lambda x: (not x.isupper(), x), default="")
