"""Who does what to whom, from endings: verbs that judge their subject or object, and the case of the target."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from analysis.lexicons import read_lexicon
from analysis.stance.evaluative import cue_pattern

__all__ = ["frame_tokens"]

_NEAR = 4  # words between verb and target
_SHORTEST = 3  # letters of a stem


def frame_tokens(left: list[str], right: list[str], target: str, *, clause: tuple[int, int], language: str) -> list[str]:
    """Return cues of case and of the verbs around a target; none in a language without ``word_endings``.

    Parameters
    ----------
    left, right : list of str
        Lower-case words before and after the target, as ``features`` splits them.
    target : str
        The target as written: its ending and capital count, its name does not.
    clause : tuple of int
        Index into ``left`` where the target's clause begins, and into ``right`` where it ends.

    >>> found = frame_tokens(["суд", "оправдал"], [], "Иванова", clause=(0, 0), language="ru")
    >>> "ca:a-" in found, "f:0+1L" in found
    (True, True)
    """
    if not _endings(language, "case"):
        return []
    case, before = _label(language, "case", target.lower().split()[-1]) if target.split() else "", _prepositions(language)
    adjacent = left[-1] if left and left[-1] in before else ""
    governed = "p" if any(w in before for w in left[-3:]) else "-"
    out = [f"ca:{case}{governed}", f"ca:{case}{governed}{'l' if target.islower() else 'C'}"]
    out += [f"pp:{adjacent}", f"pp:{adjacent}{case}"] if adjacent else []
    reach = {"L": len(left) - clause[0], "R": clause[1]}
    for side, words in (("L", left[::-1]), ("R", right)):
        found = [(d, w, sides) for d, w in enumerate(words) if (sides := _frame(language)(w))]
        for k, (d, w, sides) in enumerate(found):
            around = words[d + 1 : d + 3] if side == "L" else words[max(0, d - 2) : d]
            denied = "!" if any(cue_pattern(language, "negation").fullmatch(v) for v in around) else ""
            inside, voice = "c" if d < reach[side] else "o", _label(language, "voice", w)
            out += [f"f:{sides}{side}", f"f:{sides}{side}{inside}{denied}", f"f:{sides}{side}{voice}{inside}",
                    f"f:{sides}{side}{case}{inside}", f"f:{sides}{denied}"]
            if k == 0:
                near = "n" if d < _NEAR else "f"
                out += [f"f1:{sides}{side}{voice}{case}{governed}{denied}", f"f1:{sides}{side}{near}{inside}{denied}",
                        f"f1:{sides}{side}{case}{governed}"]
    return out


@cache
def _frame(language: str) -> Callable[[str], str]:
    """What the longest stem of a word says of subject and object; empty when there is none, or it says nothing."""
    table = read_lexicon("verb_frames")
    stems = {r.stem: f"{r.subject}{r.object}" for r in table[table["language"] == language].itertuples()}
    longest = max(map(len, stems), default=0)
    return cache(lambda word: next((stems[word[:n]] for n in range(min(longest, len(word)), _SHORTEST - 1, -1)
                                    if word[:n] in stems), ""))


def _label(language: str, kind: str, word: str) -> str:
    """Value of the longest ending that a word has."""
    endings = _endings(language, kind)
    return next((endings[word[-n:]] for n in range(5, 0, -1) if len(word) > n and word[-n:] in endings), "")


@cache
def _endings(language: str, kind: str) -> dict[str, str]:
    table = read_lexicon("word_endings")
    rows = table[(table["language"] == language) & (table["kind"] == kind)]
    return dict(zip(rows["form"], rows["value"], strict=True))


@cache
def _prepositions(language: str) -> frozenset[str]:
    return frozenset(_endings(language, "preposition"))
