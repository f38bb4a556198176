"""Evaluative language: who praises, condemns, warns or mocks whom, by lexicon, the same in every language of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from analysis.lexicons import read_lexicon

__all__ = ["Evaluation", "cue_pattern", "find_evaluations", "forms_pattern", "languages", "link", "weight"]

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_STRONG = re.compile(r"[;:…]|\s[—–-]\s")
_WEAK = re.compile(r"[,()«»“”„\"]")
_NEVER = re.compile(r"(?!)")
_NEGATED = -0.5  # "not brilliant" is less bad than "brilliant" is good
_STRONG_BREAK, _WEAK_BREAK = 0.45, 0.85
_REACH = 6.0  # words at which the weight of a form has halved
_OTHER_ROLE = 0.25  # the target stands where the form's target does not stand
_BY_SUBJECT = 0.25  # what follows "Seoul condemned" is said of others than Seoul
_UNMARKED = 0.7  # a language that marks roles by particles, and none is there
_HALF = 0.6  # sum at which the score is 0.5


@dataclass(frozen=True)
class Evaluation:
    """One evaluative form in a text: ``value`` is polarity by intensity, after negation and boosters, -1.4 to 1.4."""

    start: int
    end: int
    sense: str
    value: float
    role: str
    owner: str


@dataclass(frozen=True)
class _Cues:
    """Negation, boosters, breaks and role markers of one language."""

    order: str
    scope: int
    patterns: dict[str, re.Pattern[str]]
    booster: float
    softener: float


@cache
def languages() -> frozenset[str]:
    """Return the languages that the lexicon covers.

    >>> sorted(languages())
    ['en', 'fr', 'ko', 'ru']
    """
    return frozenset(read_lexicon("evaluative")["language"])


def find_evaluations(text: str, *, language: str, owners: tuple[str, ...] = ("actor", "writer")) -> list[Evaluation]:
    """Return the evaluative forms of a sentence in order, never overlapping, the longest first.

    Parameters
    ----------
    text : str
        A sentence.
    language : str
        One of ``languages()``; any other gives no form.
    owners : tuple of str
        ``actor``: acts of evaluation that somebody is reported to perform (condemned, welcomed);
        ``writer``: words that evaluate by themselves (reckless, heroic).

    >>> [(e.sense, round(e.value, 2)) for e in find_evaluations("Seoul strongly condemned a launch as reckless", language="en")]
    [('condemn', -1.26), ('danger', -0.7)]
    >>> [round(e.value, 2) for e in find_evaluations("It was not a reckless launch", language="en")]
    [0.35]
    """
    if language not in languages():
        return []
    folded = _fold(text)
    cues = _cues(language)
    found = []
    last = 0
    for start in _starts(folded, cues.order):
        hit = _match(folded, start, language) if start >= last else None
        if hit is None:
            continue
        last, rows = hit
        factor = _strength(folded, start, last, cues)
        found += [Evaluation(start, last, sense, value * factor, role, owner) for sense, value, role, owner in rows if owner in owners]
    return found


def link(text: str, spans: list[tuple[int, int]], *, language: str, evaluations: list[Evaluation]) -> float:
    """Return how much the evaluations say about the target that stands at ``spans`` of the text, from -1 to 1.

    A form counts in full when the target stands where its target stands (after "condemned" or before "was condemned",
    before "violates", anywhere near "reckless"; by particle where the language has them), a quarter otherwise; less
    with each word and each break of the clause between. The target's nearest span counts. The sum x becomes
    x / (abs(x) + 0.6). A form inside the target says nothing about it.

    >>> t = "Seoul condemned Pyongyang"
    >>> e = find_evaluations(t, language="en")
    >>> [round(link(t, [span], language="en", evaluations=e), 2) for span in ((0, 5), (16, 25))]
    [-0.27, -0.6]
    """
    total = sum(
        e.value * max((weight(text, s, language=language, evaluation=e) for s in spans), default=0.0) for e in evaluations
    )
    return total / (abs(total) + _HALF)


def weight(text: str, span: tuple[int, int], *, language: str, evaluation: Evaluation) -> float:
    """Return how far an evaluation bears on what stands at ``span``, from 0 (the same characters) to 1 (right beside it).

    >>> t = "Seoul condemned Pyongyang"
    >>> weight(t, (16, 25), language="en", evaluation=find_evaluations(t, language="en")[0])
    1.0
    """
    start, end = span
    if evaluation.start < end and start < evaluation.end:
        return 0.0
    folded = _fold(text)
    cues = _cues(language)
    between = folded[evaluation.end : start] if evaluation.end <= start else folded[end : evaluation.start]
    near = 1 / (1 + len(_WORD.findall(between)) / _REACH)
    near *= _BY_SUBJECT if _is_said_by(text, span, evaluation, language) else 1.0
    return near * _breaks(between, cues) * _role(folded, start, end, evaluation, cues)


def cue_pattern(language: str, kind: str) -> re.Pattern[str]:
    """Return the pattern of one kind of cue (lexicons/evaluative_cues.csv); one that never matches where there is none.

    >>> bool(cue_pattern("en", "negation").fullmatch("never")), bool(cue_pattern("en", "object").search("never"))
    (True, False)
    """
    return _cues(language).patterns.get(kind, _NEVER)


@cache
def forms_pattern(lexicon: str, language: str) -> re.Pattern[str]:
    """Return one pattern for the forms that a lexicon (columns language, form) has in a language, read as here.

    >>> forms_pattern("event_words", "en").search("Two Missiles fell").group()
    'Missiles'
    """
    table = read_lexicon(lexicon)
    forms = sorted(table.loc[table["language"] == language, "form"], key=lambda f: (-len(f), f))
    if not forms:
        return _NEVER
    bounded = _cues(language).order != "sov"
    # Both spellings of the Cyrillic letter that _fold makes one: this pattern reads texts as they are.
    body = "|".join((_pattern(f) + _edge(f, bounded)).replace("е", "[её]") for f in forms)
    return re.compile((r"(?<!\w)" if bounded else "") + f"(?:{body})", re.IGNORECASE)


def _is_said_by(text: str, span: tuple[int, int], e: Evaluation, language: str) -> bool:
    """Whether the target is the subject of an act of evaluation in whose object the form stands."""
    end = span[1]
    if end > e.start or e.owner == "actor":
        return False
    acts = [a for a in _acts(text, language) if a.role == "object"]
    cues = _cues(language)
    if cues.order == "sov":
        is_subject = bool(cues.patterns["subject"].match(_fold(text), end))
        return is_subject and any(a.start >= e.end for a in acts)
    return any(end <= a.start and a.end <= e.start for a in acts)


@lru_cache(maxsize=256)
def _acts(text: str, language: str) -> tuple[Evaluation, ...]:
    return tuple(find_evaluations(text, language=language, owners=("actor",)))


@lru_cache(maxsize=256)
def _fold(text: str) -> str:
    """Lower case, one apostrophe, one of the two spellings of a Cyrillic letter; the length stays."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).replace("’", "'").replace("ё", "е")


def _starts(folded: str, order: str) -> list[int]:
    # Particles and endings are glued to words where the verb stands last, and compounds are written together.
    if order == "sov":
        return [i for i, c in enumerate(folded) if c.isalpha()]
    starts = [m.start() for m in _WORD.finditer(folded)]
    return sorted({*starts, *(m.end() for m in re.finditer(r"\b(?:l|d|qu|s|n|j|c)'", folded))})


def _match(folded: str, start: int, language: str) -> tuple[int, list[tuple[str, float, str, str]]] | None:
    entry = _index(language).get(folded[start : start + 2])
    m = entry.match(folded, start) if entry else None
    return (m.end(), _rows(language)[m.lastgroup]) if m else None


@cache
def _index(language: str) -> dict[str, re.Pattern[str]]:
    """Patterns by the first two characters of their forms, longest form first."""
    bounded = _cues(language).order != "sov"
    groups: dict[str, list[str]] = {}
    for name, form in sorted(_names(language).items(), key=lambda item: -len(item[1])):
        groups.setdefault(form[:2], []).append(f"(?P<{name}>{_pattern(form)}{_edge(form, bounded)})")
    return {key: re.compile("|".join(patterns)) for key, patterns in groups.items()}


@cache
def _rows(language: str) -> dict[str, list[tuple[str, float, str, str]]]:
    table = read_lexicon("evaluative")
    table = table[table["language"] == language]
    names = {form: name for name, form in _names(language).items()}
    rows: dict[str, list[tuple[str, float, str, str]]] = {}
    for r in table.itertuples():
        rows.setdefault(names[r.form], []).append((r.sense, float(r.polarity) * float(r.intensity), r.role, r.owner))
    return rows


@cache
def _names(language: str) -> dict[str, str]:
    table = read_lexicon("evaluative")
    forms = dict.fromkeys(table.loc[table["language"] == language, "form"])
    return {f"f{i}": form for i, form in enumerate(forms)}


def _pattern(form: str) -> str:
    return re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


def _edge(form: str, bounded: bool) -> str:
    return r"(?!\w)" if bounded and not form.endswith("*") else ""


@cache
def _cues(language: str) -> _Cues:
    table = read_lexicon("evaluative_cues")
    table = table[table["language"] == language].set_index("kind")
    bounded = table.loc["order", "value"] != "sov"
    patterns = {}
    for kind, forms in table["form"].items():
        if kind != "order":
            ordered = sorted(forms.split("|"), key=len, reverse=True)
            alternatives = "|".join(_pattern(f) + ("" if f.endswith("'") else _edge(f, bounded)) for f in ordered)
            patterns[kind] = re.compile((r"(?<!\w)" if bounded else "") + f"(?:{alternatives})")
    return _Cues(table.loc["order", "value"], int(table.loc["negation", "value"]), patterns,
                 float(table.loc["booster", "value"]), float(table.loc["softener", "value"]))


def _strength(folded: str, start: int, end: int, cues: _Cues) -> float:
    """Negation and boosters within reach of a form: before it, or after its verb where the verb stands last."""
    words = [m.start() for m in _WORD.finditer(folded, max(0, start - 60), start)]
    window = folded[words[-cues.scope] if len(words) >= cues.scope else max(0, start - 60) : start]
    window = re.split(r"[,;:.]", window)[-1]
    denied = folded[end : end + 8] if cues.order == "sov" else window
    factor = _NEGATED if cues.patterns["negation"].search(denied) else 1.0
    near = " ".join(window.split()[-2:])
    if cues.patterns["booster"].search(near):
        factor *= cues.booster
    elif cues.patterns["softener"].search(near):
        factor *= cues.softener
    return factor


def _breaks(between: str, cues: _Cues) -> float:
    strong = len(_STRONG.findall(between)) + len(cues.patterns["break"].findall(between))
    return _STRONG_BREAK ** min(strong, 3) * _WEAK_BREAK ** min(len(_WEAK.findall(between)), 4)


def _role(folded: str, start: int, end: int, e: Evaluation, cues: _Cues) -> float:
    """Whether the target stands where the form's target stands."""
    if e.role == "any":
        return 1.0
    if cues.order == "sov":
        if cues.patterns["object"].match(folded, end):
            return 1.0 if e.role == "object" else _OTHER_ROLE
        if cues.patterns["subject"].match(folded, end):
            return 1.0 if e.role == "subject" else _OTHER_ROLE
        return _UNMARKED
    is_passive = bool(cues.patterns["passive"].search(folded[max(0, e.start - 14) : e.start]))
    is_after = start >= e.end
    if is_after and cues.patterns["agent"].search(folded[max(e.end, start - 12) : start]):
        return 1.0 if e.role == "subject" else _OTHER_ROLE
    if "before_object" in cues.patterns and e.role == "object":
        last = folded[max(0, start - 14) : start].rstrip().rsplit(" ", 1)[-1]
        if cues.patterns["before_object"].fullmatch(last):
            return 1.0
    is_right_side = (is_after != is_passive) if e.role == "object" else not (is_after or is_passive)
    return 1.0 if is_right_side else _OTHER_ROLE
