"""Narrator and quoted apart: the stance of each voice in a sentence towards each side."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

import pandas as pd

from analysis import schema
from analysis import text as texts
from analysis.lexicons import read_lexicon
from analysis.stance import evaluative
from analysis.stance.targets import EVALUATIVE, Scorer, label_of, score_targets

__all__ = [
    "NARRATOR", "QUOTED", "Segment", "SentenceParts", "cooperation_words", "is_source", "mask_events", "names_of",
    "parts_of", "score_stance", "target_names", "targets_of",
]

NARRATOR, QUOTED = "narrator", "quoted"
_BESIDE = 24  # characters between a verb of saying and its source
_MASK = "_"  # no word character of any tokeniser here


@dataclass(frozen=True)
class Segment:
    """A stretch of a sentence in one voice: the characters ``start`` to ``end``, quotation marks not included."""

    start: int
    end: int
    voice: str


@dataclass(frozen=True)
class SentenceParts:
    """A sentence with its names (start, end, country or actor) and its segments by voice."""

    article_id: str
    sentence: int
    text: str
    language: str
    names: list[tuple[int, int, frozenset[str]]] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def voice_at(self, position: int) -> str:
        """Whose words a character stands in."""
        return next((s.voice for s in self.segments if s.start <= position < s.end), NARRATOR)


def score_stance(
    sentences: pd.DataFrame, *, articles: pd.DataFrame, actor_mentions: pd.DataFrame,
    quotes: pd.DataFrame | None = None, model: str | Scorer | None = EVALUATIVE,
) -> pd.DataFrame:
    """Score the stance of narrator and quoted sources towards each side, sentence by sentence.

    What is reported to have happened is kept out: acts of evaluation ("condemned", "welcomed") belong to the actor who
    performs them (see ``speaker_targets``), and event words (missile, sanctions) to the event (see ``event_valence``);
    both are masked. What is left is how the voice itself words it. A sentence wrapped in quotation marks changes its
    voice and no score. The source beside a verb of saying is no target of what it says.

    Parameters
    ----------
    sentences, articles, actor_mentions : DataFrame
        Tables of those names. A target is named where one of its actors (lexicons/targets.csv) is mentioned; for
        ``RUS+PRK``, their cooperation, both must be.
    quotes : DataFrame, optional
        Further quoted spans, as of reported speech: ``article_id, sentence, start, end``. Those inside quotation marks
        are found in the text; a sentence that ``is_quote`` and shows no marks is quoted as a whole.
    model : str or Scorer, optional
        As for ``score_targets``. By default the evaluative measure in every language: it alone keeps words and
        events apart, and is one scale for all languages. For ``RUS+PRK`` always the evaluative measure.

    Returns
    -------
    DataFrame
        Table ``stance``, one row for each sentence, target and voice in which the target is named. Unscored rows say
        why and have no score; a sentence that names no target has no row.

    >>> s = pd.DataFrame({"article_id": "a", "sentence": [0], "text": ["Reckless Pyongyang fired again"], "is_quote": [False]})
    >>> a = pd.DataFrame({"article_id": ["a"], "language": ["en"]})
    >>> m = pd.DataFrame({"article_id": ["a"], "sentence": [0], "start": [9], "end": [18], "actor_id": ["pyongyang"],
    ...                   "country": ["PRK"]})
    >>> score_stance(s, articles=a, actor_mentions=m)[["target", "voice", "label"]].values.tolist()
    [['PRK', 'narrator', 'negative']]
    """
    rows = []
    for parts in parts_of(sentences, articles=articles, actor_mentions=actor_mentions, quotes=quotes):
        for target, spans in targets_of(parts).items():
            for voice in (NARRATOR, QUOTED):
                row = _row(parts, target, spans, voice, model)
                if row is not None:
                    rows.append(row)
    if not rows:
        return schema.empty("stance")
    return schema.check(pd.DataFrame(rows, columns=schema.TABLES["stance"].names), "stance")


def parts_of(
    sentences: pd.DataFrame, *, articles: pd.DataFrame, actor_mentions: pd.DataFrame, quotes: pd.DataFrame | None = None
) -> Iterator[SentenceParts]:
    """Yield the sentences that name somebody, with names and voices; arguments as for ``score_stance``."""
    language = articles.drop_duplicates("article_id").set_index("article_id")["language"].to_dict()
    names: dict[tuple, list] = {}
    columns = ("article_id", "sentence", "start", "end", "actor_id", "country")
    for article, sentence, start, end, actor, country in zip(*(actor_mentions[c] for c in columns), strict=True):
        whom = frozenset(x for x in (actor, country) if isinstance(x, str) and x)
        names.setdefault((article, sentence), []).append((int(start), int(end), whom))
    given: dict[tuple, list] = {}
    if quotes is not None:
        for article, sentence, start, end in zip(*(quotes[c] for c in columns[:4]), strict=True):
            given.setdefault((article, sentence), []).append((int(start), int(end)))
    columns = ("article_id", "sentence", "text", "is_quote")
    for article, sentence, content, is_quote in zip(*(sentences[c] for c in columns), strict=True):
        key = (article, sentence)
        if key in names and isinstance(content, str):
            found = [n for n in sorted(names[key], key=lambda n: n[:2]) if n[1] <= len(content)]
            segments = _segments(content, given.get(key, []), bool(is_quote))
            yield SentenceParts(article, sentence, content, str(language.get(article, "")), found, segments)


def target_names() -> list[str]:
    """Return the targets, in the order of the lexicon.

    >>> target_names()
    ['RUS', 'PRK', 'RUS+PRK', 'USA', 'KOR', 'UKR', 'WEST']
    """
    return [*_target_actors()]


def names_of(target: str) -> frozenset[str]:
    """Return the countries and actors that stand for a target.

    >>> sorted(names_of("RUS+PRK"))
    ['PRK', 'RUS']
    """
    return _target_actors()[target][0]


@lru_cache(maxsize=256)
def mask_events(text: str, *, language: str) -> str:
    """Return ``text`` with event words and acts of evaluation masked, character for character.

    >>> mask_events("Seoul condemned the reckless missile test", language="en")
    'Seoul _________ the reckless _______ test'
    """
    spans = [(e.start, e.end) for e in evaluative.find_evaluations(text, language=language, owners=("actor",))]
    spans += [m.span() for m in _event_words(language).finditer(text)]
    out = list(text)
    for a, b in spans:
        out[a:b] = _MASK * (b - a)
    return "".join(out)


def _segments(content: str, given: list[tuple[int, int]], is_quote: bool) -> list[Segment]:
    marks = [(a + 1, b - 1) for a, b in texts.quote_spans(content)]
    if not marks and not given and is_quote:
        marks = [(0, len(content))]
    quoted: list[tuple[int, int]] = []
    for a, b in sorted([*marks, *given]):
        a = max([a, *(end for _, end in quoted)])
        if a < b:
            quoted.append((a, b))
    out, last = [], 0
    for a, b in quoted:
        out += [Segment(last, a, NARRATOR), Segment(a, b, QUOTED)]
        last = b
    out.append(Segment(last, len(content), NARRATOR))
    return [s for s in out if s.start < s.end]


def targets_of(parts: SentenceParts) -> dict[str, list[tuple[int, int]]]:
    """Spans of each target that the sentence names, sources of quoted words left out."""
    named = [n for n in parts.names if not is_source(parts, n[0], n[1])]
    out = {}
    for target, (actors, needs_all) in _target_actors().items():
        spans = [(a, b) for a, b, whom in named if whom & actors]
        met = set().union(*(whom & actors for _, _, whom in named)) if named else set()
        if spans and (not needs_all or actors <= met):
            out[target] = spans
    return out


def is_source(parts: SentenceParts, start: int, end: int) -> bool:
    """Whether a name outside the quoted words stands beside a verb of saying, so is the source of them."""
    if parts.voice_at(start) != NARRATOR or not any(s.voice == QUOTED for s in parts.segments):
        return False
    says = evaluative.cue_pattern(parts.language, "speech")
    near = parts.text[max(0, start - _BESIDE) : start] + " " + parts.text[end : end + _BESIDE]
    return bool(says.search(near.lower()))


def _row(
    parts: SentenceParts, target: str, spans: list[tuple[int, int]], voice: str, model: str | Scorer | None
) -> tuple | None:
    if model == EVALUATIVE or _target_actors()[target][1]:
        scored = _by_wording(parts, target, spans, voice)
    else:
        scored = _by_model(parts, spans, voice, model)
    if scored is None:
        return None
    label, score, reason, name = scored
    return parts.article_id, parts.sentence, target, voice, label, score, name or None, reason


def _by_wording(parts: SentenceParts, target: str, spans: list, voice: str) -> tuple | None:
    """The evaluative words of one voice linked to the target; the sentence as a whole gives the distances."""
    here = [s for s in spans if parts.voice_at(s[0]) == voice]
    if parts.language not in evaluative.languages():
        return ("unscored", math.nan, f"no stance model for language '{parts.language}'", "") if here else None
    words = [e for e in _wording(parts.text, parts.language) if parts.voice_at(e.start) == voice]
    if not here:
        # «rocket man», said of somebody whom the narrator names: quoted words, the narrator's name
        words = [e for e in words if not _names_in_segment(parts, e.start)] if voice == QUOTED else []
        if not words:
            return None
        here = spans
    if len(texts.words(parts.text)) < 2:
        return "unscored", math.nan, "fewer than two words", EVALUATIVE
    if _target_actors()[target][1]:
        here = here + _cooperation(parts, voice)
    return *label_of(parts.text, here, language=parts.language, evaluations=words), EVALUATIVE


def _by_model(parts: SentenceParts, spans: list, voice: str, model: str | Scorer | None) -> tuple | None:
    """Mean score over the names of the target in this voice, of the masked text of the voice alone."""
    table = []
    for a, b in spans:
        segment = next((s for s in parts.segments if s.start <= a and b <= s.end), None)
        if segment is not None and segment.voice == voice:
            masked = mask_events(parts.text, language=parts.language)
            masked = masked[:a] + parts.text[a:b] + masked[b:]
            table.append((masked[segment.start : segment.end], a - segment.start, b - segment.start, parts.language))
    if not table:
        return None
    scored = score_targets(pd.DataFrame(table, columns=["text", "start", "end", "language"]), model=model)
    known = scored[scored["label"] != "unscored"]
    if known.empty:
        return "unscored", math.nan, scored["reason"].iloc[0], scored["model"].iloc[0]
    label = known["label"].iloc[int(known["score"].abs().to_numpy().argmax())]
    return label, float(known["score"].mean()), "", known["model"].iloc[0]


def _names_in_segment(parts: SentenceParts, position: int) -> bool:
    segment = next(s for s in parts.segments if s.start <= position < s.end)
    return any(segment.start <= a < segment.end for a, _, _ in parts.names)


@lru_cache(maxsize=256)
def _wording(text: str, language: str) -> tuple[evaluative.Evaluation, ...]:
    """Evaluative words that are the voice's own: no reported act, no event word."""
    events = [m.span() for m in _event_words(language).finditer(text)]
    found = evaluative.find_evaluations(text, language=language, owners=("writer",))
    return tuple(e for e in found if not any(a < e.end and e.start < b for a, b in events))


def _cooperation(parts: SentenceParts, voice: str) -> list[tuple[int, int]]:
    pattern = cooperation_words(parts.language)
    return [m.span() for m in pattern.finditer(parts.text) if parts.voice_at(m.start()) == voice]


@cache
def _target_actors() -> dict[str, tuple[frozenset[str], bool]]:
    """Countries or actors of each target, and whether all must be named."""
    table = read_lexicon("targets")
    return {t: (frozenset(g["actor"]), "all" in set(g["needs"])) for t, g in table.groupby("target", sort=False)}


@cache
def _event_words(language: str) -> re.Pattern[str]:
    return evaluative.forms_pattern("event_words", language)


@cache
def cooperation_words(language: str) -> re.Pattern[str]:
    """Return the pattern of the words for cooperation in a language (lexicons/cooperation.csv)."""
    table = read_lexicon("cooperation")
    forms = table.loc[table["language"] == language, "form"]
    return re.compile("|".join(rf"(?<!\w)(?:{f})" for f in forms) or "(?!)", re.IGNORECASE)
