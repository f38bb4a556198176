"""What the stance models see of a sentence: words, stems and cues left and right of a masked target."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from analysis.lexicons import read_lexicon
from analysis.stance.evaluative import cue_pattern, find_evaluations, link
from analysis.stance.frames import frame_tokens

__all__ = ["N_NUMBERS", "Settings", "context_words", "numbers", "signs", "tokens"]

N_NUMBERS = 28
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\w\s]")
_STOPS = frozenset(",;:–—()")
_TARGET = "<t>"
_LEFT, _RIGHT = 6, 8  # words of the near windows, the best of 4 to 10 in cross-validation on the training splits
_SCOPE = 4  # words after a negation that it turns
_VADER_NORM = 15.0  # the constant of Hutto and Gilbert (2014) that bounds a sum of valences


@dataclass(frozen=True)
class Settings:
    """What differs between languages: ``stemmer`` names a Snowball stemmer, ``valence`` is ``vader`` where that package reads the
    language; otherwise lexicons/word_valence.csv is asked.
    """

    language: str
    stemmer: str
    valence: str = ""


@dataclass(frozen=True)
class _Parts:
    """A sentence cut at its target: lower-case tokens left and right, and the target as written."""

    left: list[str]
    right: list[str]
    target: str

    @property
    def both(self) -> list[str]:
        return [*self.left, _TARGET, *self.right]


def tokens(text: str, start: int, end: int, *, settings: Settings) -> dict[str, list[str]]:
    """Return the features of the target at ``text[start:end]`` by group, as words that a vocabulary can hold.

    The target's name is masked; only a common noun ("protesters") leaves its stem, since it can carry a judgement.

    >>> s = Settings("en", "english")
    >>> f = tokens("Critics slammed Kim again", 16, 19, settings=s)
    >>> "l1:slammed" in f["word"], any("kim" in w for words in f.values() for w in words)
    (True, False)
    """
    parts = _Parts(_split(text[:start]), _split(text[end:]), text[start:end])
    stem = _stemmer(settings.stemmer)
    return {
        "word": _words(parts), "stem": _stems(parts, stem), "cue": _cue_words(parts, stem, settings.language),
        "scale": _scale(text, start, end, parts, settings), "char": _chars(parts),
    }


def signs(text: str, start: int, end: int, *, settings: Settings) -> dict[str, list[str]]:
    """Return the few cues whose pairs count, by group: valence near the target, verbs and case, and the target's looks.

    >>> sorted(signs("Суд оправдал Ивана", 13, 18, settings=Settings("ru", "russian"))["frame"])[0]
    'ca:a-'
    """
    parts = _Parts(_split(text[:start]), _split(text[end:]), text[start:end])
    clause = _clause(parts.left, parts.right, settings.language)
    return {
        "scale": _scale(text, start, end, parts, settings),
        "frame": frame_tokens(parts.left, parts.right, parts.target, clause=clause, language=settings.language),
        "shape": [*_speech(parts, settings.language), *_looks(parts, _stemmer(settings.stemmer))],
    }


def context_words(text: str, start: int, end: int, *, settings: Settings) -> tuple[list[str], int, int, int]:
    """Return the stems around the target, how many stand left of it, and where its clause begins left and ends right.

    >>> context_words("Суд оправдал Ивана", 13, 18, settings=Settings("ru", "russian"))
    (['суд', 'оправда'], 2, 0, 0)
    """
    left, right = _split(text[:start]), _split(text[end:])
    low, high = _clause(left, right, settings.language)
    return list(map(_stemmer(settings.stemmer), left + right)), len(left), low, high


def numbers(text: str, start: int, end: int, *, settings: Settings) -> np.ndarray:
    """Return ``N_NUMBERS`` sums of word valence and evaluative language by side, distance and clause."""
    parts = _Parts(_split(text[:start]), _split(text[end:]), text[start:end])
    evaluations = find_evaluations(text, language=settings.language)
    out = np.zeros(N_NUMBERS)
    out[:20] = _valence_sums(parts, settings)
    groups = (
        evaluations,
        [e for e in evaluations if e.owner == "actor"],
        [e for e in evaluations if e.owner == "writer"],
        [e for e in evaluations if e.end <= start],
        [e for e in evaluations if e.start >= end],
        [e for e in evaluations if e.value > 0],
        [e for e in evaluations if e.value < 0],
    )
    out[20:27] = [link(text, [(start, end)], language=settings.language, evaluations=g) for g in groups]
    out[27] = abs(out[20])
    return out


def _split(text: str) -> list[str]:
    return [w.replace("’", "'").replace("ё", "е") for w in _TOKEN.findall(text.lower())]


@cache
def _stemmer(name: str) -> Callable[[str], str]:
    from nltk.stem.snowball import SnowballStemmer  # a fifth of a second; only when a model is used

    return cache(SnowballStemmer(name).stem)


def _pairs(words: list[str], prefix: str) -> list[str]:
    return [f"{prefix}:{a} {b}" for a, b in pairwise(words)]


def _words(parts: _Parts) -> list[str]:
    both, left, right = parts.both, parts.left[-_LEFT:], parts.right[:_RIGHT]
    out = [f"w:{w}" for w in both] + _pairs(both, "b")
    out += [f"t:{' '.join(q)}" for q in zip(both, both[1:], both[2:], strict=False)]
    out += [f"l:{w}" for w in left] + [f"r:{w}" for w in right] + _pairs(left, "lb") + _pairs(right, "rb")
    out += [f"l1:{w}" for w in left[-1:]] + [f"r1:{w}" for w in right[:1]]
    return out + [f"r2:{' '.join(right[:2])}"] * bool(right) + [f"l2:{' '.join(left[-2:])}"] * (len(left) > 1)


def _stems(parts: _Parts, stem: Callable[[str], str]) -> list[str]:
    left, right = [stem(w) for w in parts.left], [stem(w) for w in parts.right]
    near = [*left[-8:], _TARGET, *right[:10]]
    out = [f"s:{w}" for w in left + right]
    out += [f"sl:{w}" for w in left[-_LEFT:]] + [f"sr:{w}" for w in right[:_RIGHT]]
    out += [f"S<:{w}" for w in left] + [f"S>:{w}" for w in right] + _pairs(near, "sb")
    return out + [f"sk:{a} _ {b}" for a, b in zip(near, near[2:], strict=False)]


def _cue_words(parts: _Parts, stem: Callable[[str], str], language: str) -> list[str]:
    """Clause, negation, passive, agent, speech and case: who does what to whom, without a parser."""
    left, right = parts.left, parts.right
    is_cue = _is_cue(language)
    low, high = _clause(left, right, language)
    out = [f"cl:{stem(w)}" for w in left[low:]] + [f"cr:{stem(w)}" for w in right[:high]]
    turned = 0
    for w in parts.both:
        if is_cue("negation", w):
            turned = _SCOPE
        elif turned and w != _TARGET:
            out.append(f"n:{stem(w)}")
            turned -= 1
    for k, w in enumerate(right[:6]):
        if is_cue("passive", w):
            out += [f"p:{stem(v)}" for v in right[k + 1 : k + 3] if len(v) > 3]
            break
    if left and is_cue("agent", left[-1]):
        out += [f"by:{stem(w)}" for w in left[-4:-1]]
    ends = [f"le:{w[-3:]}" for w in left[-1:] if len(w) > 4] + [f"re:{w[-3:]}" for w in right[:1] if len(w) > 4]
    return [*out, *_speech(parts, language), *_looks(parts, stem), *ends]


def _speech(parts: _Parts, language: str) -> list[str]:
    """Verbs of speech beside the target, and whether it stands in a quotation."""
    is_cue = _is_cue(language)
    sides = [f"sp:{s}" for s, near in (("r", parts.right[:3]), ("l", parts.left[-3:])) if any(is_cue("speech", w) for w in near)]
    return [*sides, f"q:{sum(w in '“”«»' or w == chr(34) for w in parts.left) % 2}"]


def _looks(parts: _Parts, stem: Callable[[str], str]) -> list[str]:
    """What can be seen of the target without its name."""
    words = parts.target.split()
    kind = _kind(parts.target)
    out = [f"ty:{kind}", f"ps:{min(len(parts.left), 3)}{kind}", f"ln:{min(6, len(parts.both) // 8)}", f"tl:{min(4, len(words))}"]
    if words:
        last = words[-1].lower()
        out += [f"te:{last[-2:]}"] * (len(last) > 4)
        out += [f"e:{stem(w)}" for w in words if w.islower()]
    return out


def _kind(target: str) -> str:
    return "low" if target.islower() else "acr" if target.isupper() and len(target) > 1 else "cap"


def _clause(left: list[str], right: list[str], language: str) -> tuple[int, int]:
    """Index into ``left`` where the target's clause begins, and into ``right`` where it ends."""
    is_cue = _is_cue(language)
    low, high = len(left), 0
    while low > 0 and left[low - 1] not in _STOPS and not is_cue("break", left[low - 1]):
        low -= 1
    while high < len(right) and right[high] not in _STOPS and not is_cue("break", right[high]):
        high += 1
    return low, high


@cache
def _is_cue(language: str) -> Callable[[str, str], bool]:
    return cache(lambda kind, word: bool(cue_pattern(language, kind).fullmatch(word)))


def _scale(text: str, start: int, end: int, parts: _Parts, settings: Settings) -> list[str]:
    """Signs of valence words and senses of evaluative forms by side and distance."""
    out = []
    low, high = _clause(parts.left, parts.right, settings.language)
    n_left = len(parts.left)
    nearest = {"L": "0", "R": "0"}
    for i, value in _valences(parts, settings):
        sign, side, d = "+" if value > 0 else "-", "L" if i < n_left else "R", abs(i - n_left)
        bucket = 0 if d <= 2 else 1 if d <= 5 else 2 if d <= 10 else 3
        inside = "c" if low <= i <= n_left + high else "o"
        out += [f"x:{sign}{side}{bucket}", f"x:{sign}{'2' if abs(value) > 1.8 else '1'}{side}{inside}", f"x:{sign}{side}"]
        nearest[side] = sign if side == "L" or nearest[side] == "0" else nearest[side]
    for e in find_evaluations(text, language=settings.language):
        side = "L" if e.end <= start else "R" if e.start >= end else "T"
        near = "n" if min(abs(start - e.end), abs(e.start - end)) < 30 else "f"
        sign = "+" if e.value > 0 else "-"
        out += [f"v:{e.sense}{sign}{side}{near}", f"v:{e.sense}{sign}", f"v:{e.role}{sign}{side}{near}"]
    speech = "s" if any(_is_cue(settings.language)("speech", w) for w in [*parts.left[-3:], *parts.right[:3]]) else "-"
    return [*out, f"x:{nearest['L']}{nearest['R']}", f"x:{nearest['L']}{nearest['R']}{speech}{_kind(parts.target)}"]


def _chars(parts: _Parts) -> list[str]:
    """Runs of three to five characters within the words of the window, as scikit-learn's ``char_wb`` makes them."""
    out = []
    for word in [*parts.left[-12:], *parts.right[:14]]:
        padded = f" {word} "
        out += [f"k:{padded[i : i + n]}" for n in (3, 4, 5) for i in range(max(len(padded) - n + 1, 1))]
    return out


def _valences(parts: _Parts, settings: Settings) -> list[tuple[int, float]]:
    """Place and valence of the words in the valence lexicon, turned when negated."""
    valence = _valence(settings.valence, settings.language)
    is_cue = _is_cue(settings.language)
    out = []
    turned = 0
    for i, w in enumerate(parts.both):
        if is_cue("negation", w):
            turned = _SCOPE
            continue
        value = valence(w) if w != _TARGET else 0.0
        if value:
            out.append((i, -0.7 * value if turned > 0 else value))
        turned -= w != _TARGET
    return out


@cache
def _valence(name: str, language: str) -> Callable[[str], float]:
    """Valence of a word: from the package that has a lexicon for words, or by the longest stem of our own."""
    if name == "vader":
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        whole = SentimentIntensityAnalyzer().lexicon
        return lambda word: whole.get(word, 0.0)
    table = read_lexicon("word_valence")
    stems = {r.stem: float(r.valence) for r in table[table["language"] == language].itertuples()}
    longest = max(map(len, stems), default=0)
    return cache(lambda word: next((stems[word[:n]] for n in range(min(longest, len(word)), 1, -1) if word[:n] in stems), 0.0))


def _valence_sums(parts: _Parts, settings: Settings) -> np.ndarray:
    v = np.zeros(20)
    low, high = _clause(parts.left, parts.right, settings.language)
    n_left = len(parts.left)
    for i, value in _valences(parts, settings):
        bad, right, size, d = int(value < 0), int(i > n_left), abs(value), abs(i - n_left)
        v[bad] += size
        v[2 + 2 * right + bad] += size
        v[6 + 2 * right + bad] += size / (1 + d / 4)
        v[10 + 2 * right + bad] += size * (low <= i <= n_left + high)
        v[14 + 2 * right + bad] += size * (d <= 4)
    whole, clause = v[0] - v[1], v[10] + v[12] - v[11] - v[13]
    v[18], v[19] = whole / np.hypot(whole, _VADER_NORM**0.5), clause / np.hypot(clause, _VADER_NORM**0.5)
    v[:18] = np.sqrt(v[:18]) / 2
    return v
