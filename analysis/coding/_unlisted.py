"""What a sentence tells by no word of the lexicons: proposed by likeness (`likely`), with roles from the parties alone."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.coding._acts import is_in_question, is_speculation
from analysis.coding._final_sources import is_outside
from analysis.coding._meetings import meet
from analysis.coding._sources import may_react
from analysis.coding._topic import counterpart_of
from analysis.coding._visit import Visit, visit_to
from analysis.coding.lexicon import Hit, words
from analysis.coding.likely import likelihood
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.reactions import Reaction, by_bloc
from analysis.coding.roles import Memory, is_resident
from analysis.coding.scene import Scene

__all__ = ["unlisted_reactions", "unlisted_visits"]

_DYAD = ("RUS", "PRK")
_AUXILIARY = 24  # characters of "is expected to", after who is to do it
# probabilities from which a sentence is taken for one; chosen on the development halves of fresh lists (docs/METHODS.md)
_REACTION, _VISIT = 0.8, 0.8
_ACTS = ("sanction", "vote", "warn", "accuse", "request", "concern", "support")  # which of two words names the act
_WORD = re.compile(r"\w+")
_SHORTEST = 3  # spaces: a dateline is no sentence
_HEARD = ("unofficial", "media", "exempt")
_WEIGHT = 0.5  # a sentence whose words the lexicons know says more of an event


def unlisted_reactions(scene: Scene, memory: Memory) -> list[Reaction]:
    """Return the reaction of those of third countries whom a sentence of the text names, or who spoke before."""
    if scene.field == "title" or scene.low.count(" ") < _SHORTEST:
        return []  # what a title tells, the text tells with its source
    named = {p.side for p in scene.parties}
    if _is_passed_over(scene) or not (named >= set(_DYAD) or memory.is_topical or memory.before >= set(_DYAD) or memory.title.get("both")):
        return []
    sources = _sources(scene, memory)
    if not sources:
        return []
    here = [p for p in sources if p in scene.parties]
    trigger = _told_by(scene, here[0].end if here else 0)
    if here and not may_react(scene, here[0], trigger):
        return []
    if not named >= set(_DYAD) and any(is_outside(p) and p.side not in {s.side for s in sources} for p in scene.parties):
        return []  # "he urged the Europeans to buy no Russian oil": on the dealings of others
    probability = likelihood(scene, "reaction")
    if probability < _REACTION:
        return []
    counterpart = counterpart_of(scene, trigger, sources)
    out = []
    for bloc, members in by_bloc(sources).items():
        actor = "+".join(dict.fromkeys(p.side for p in members if p.side))
        persons = tuple(dict.fromkeys(n for p in members for n in p.persons))
        out.append(Reaction(trigger, trigger["act"], _status(scene, trigger), actor, counterpart, bloc, persons, _reason(probability), probability,
                            (trigger.start, trigger.end), here[0].start if here else 0, is_listed=False, sources=tuple(sources)))
    return out


def _status(scene: Scene, trigger: Hit) -> str:
    """"Kyiv will raise it at the UN": what the first word after the source puts ahead is planned."""
    if scene.grammar.verb_final:
        return "made"
    ahead = scene.phrase("ahead").first(scene.low, trigger.start, trigger.end + _AUXILIARY)
    return "planned" if ahead is not None and ahead.start == trigger.start else "made"


def _is_passed_over(scene: Scene) -> bool:
    """Whether the rules know the sentence for none: on another matter, a guess, a question, or said by the two sides themselves."""
    if scene.phrase("other_topic").first(scene.low) is not None:
        return True
    known = [h for h in words("reaction_triggers", scene.language).find(scene.low) if h["pos"] != "content"]
    if any(is_speculation(scene, h) or is_in_question(scene, h) or scene.low[: h.start].endswith("-") for h in known):
        return True
    first = next((p for p in scene.parties if p.kind != "demonym" and p.kind != "exempt"), None)
    return first is not None and first.side in _DYAD and first.slot in ("", "subj", "topic")


def unlisted_visits(scene: Scene, memory: Memory) -> list[Visit]:
    """Return the visit of a person of the one side whom a sentence puts beside a place, or a person, of the other.

    It is none without a time expression: likeness without a day is no evidence.
    """
    movers = [p for p in scene.agents() if p.side in _DYAD and not is_resident(p)]
    if not movers or not scene.times or words("visit_blocks", scene.language).first(scene.low) is not None:
        return []
    if any(scene.phrase(f"question_{where}").first(scene.low) is not None for where in ("before", "after")):
        return []  # "did not say whether to expect him in May"
    visit = _to_place(scene, movers) or _with_other(scene, movers, memory)
    if visit is None:
        return []
    probability = likelihood(scene, "visit")
    return [replace(visit, reason=_reason(probability), is_listed=False)] if probability >= _VISIT else []


def _to_place(scene: Scene, movers: list[Party]) -> Visit | None:
    places = [p for p in scene.parties if p.kind in ("place", "state") and p.side in _DYAD and p.slot not in ("from", "with")]
    pairs = [(m, q) for m in movers for q in places if q.side == opposite(m.side)]
    if not pairs:
        return None
    mover, place = min(pairs, key=lambda x: (x[1].slot not in LOCAL, abs(x[0].start - x[1].start)))
    a, b = sorted((mover, place), key=lambda p: p.start)
    if any(p.is_agent and p.side == place.side and a.end <= p.start < b.start for p in scene.parties):
        return None  # "... Putin. Kim sets out from Pyongyang": at home
    return visit_to(scene, _between(a, b, "stay"), mover, place.side, place, _WEIGHT)


def _with_other(scene: Scene, movers: list[Party], memory: Memory) -> Visit | None:
    two = [next((p for p in movers if p.side == s), None) for s in _DYAD]
    if not all(two):
        return None
    a, b = sorted(two, key=lambda p: p.start)
    trigger = _between(a, b, "meet")
    scene.triggers = [(trigger.start, trigger.end)]
    return meet(scene, trigger, memory)


def _told_by(scene: Scene, end: int) -> Hit:
    """The word after the source, or the last one where the verb stands last, as if the lexicon had it."""
    found = [m.span() for m in _WORD.finditer(scene.low, end)] or [(end, end)]
    start, end = found[-1 if scene.grammar.verb_final else 0]
    return Hit(start, end, {"act": _act(scene), "pos": "verb", "tense": "past", "form": ""})


def _between(a: Party, b: Party, frame: str) -> Hit:
    """What stands between two parties, as if it were a word of a visit."""
    return Hit(a.end, b.start, {"frame": frame, "tense": "noun", "goes_to": "", "note": "", "form": ""})


def _sources(scene: Scene, memory: Memory) -> list[Party]:
    """Whose words or deeds a sentence tells: its subject, or who is named by its place, else who spoke last."""
    named = [p for p in scene.parties if is_outside(p) and p.kind not in ("demonym", "exempt") and not p.tags & set(_HEARD)]
    subject = [p for p in named if p.slot in ("", "subj", "by", "topic")] or [p for p in named if p.slot in ("in", "of")]
    speaks = [p for p in scene.parties if p.side in _DYAD and (p.is_agent or p.kind == "speaker") and p.slot in ("", "subj")]
    if subject and subject[0].slot in ("in", "of") and speaks:
        return []  # "the minister called the words of American officials an invention"
    if subject:
        return [p for p in scene.group(subject[0]) if p in named]
    if named or any(p.side in _DYAD and p.is_agent and p.slot in ("", "subj") for p in scene.parties):
        return []
    before = [p for p in memory.reactors or memory.speakers if is_outside(p)]
    third = memory.title.get("third")
    return before or ([third] if third is not None else [])


def _act(scene: Scene) -> str:
    acts = {h["act"] for h in words("reaction_triggers", scene.language).find(scene.low)}
    return next((a for a in _ACTS if a in acts), "neutral")


def _reason(probability: float) -> str:
    return f"no word of the lexicon; {probability:.0%} like the sentences coders marked"
