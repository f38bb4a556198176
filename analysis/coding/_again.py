"""A visit told again where the sentence names nobody: "the trip is off", "he will go there in May", "it took place on Monday"."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._visit import Visit, place_name
from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, opposite
from analysis.coding.roles import Memory, is_foreign_to, is_resident, place_of
from analysis.coding.scene import Scene
from analysis.coding.status import visit_status

__all__ = ["again", "in_return"]

_DYAD = ("RUS", "PRK")
_BESIDE = 24  # characters from a subject to its verb, for auxiliaries and adverbs
_MOVING = ("go", "stay")
_OPENS = 16  # characters of an adverb or an adjective before the noun that opens a sentence
_JUST = 2  # sentences back in which an event was just told


def again(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    """Return the visit told before, where a definite noun or a pronoun takes it up and the status is plain."""
    if memory.visit is None or scene.field == "title" or not _takes_up(scene, trigger, memory):
        return None
    left, right = scene.clause(trigger.start, trigger.end)
    judged = _is_judged(scene, trigger)
    if not judged and any(left <= p.start < right and (p.side not in ("", *_DYAD) or p.kind == "exempt") for p in scene.parties):
        return None
    status = visit_status(scene, trigger)
    goes_on = trigger["frame"] == "stay" or (trigger["frame"] == "go" and trigger["tense"] == "noun")
    if not status.is_sure or (status.status == "planned" and memory.has_begun and goes_on):
        return None  # "the visit will last two days", "he will attend", said of one under way, is no other visit
    visit = replace(memory.visit, trigger=trigger, parties=(), persons=(), weight=1.5, reason="the visit told just before")
    where = place_of(scene, trigger) if trigger["frame"] == "occur" and not visit.is_placed else None
    if where is None or where.side not in _DYAD:
        return visit
    guest = opposite(where.side)  # the meeting had no place so far
    return replace(visit, mover=guest, direction=f"{guest}>{where.side}", place_country=where.side, place=place_name(scene, where), is_placed=True)


def in_return(scene: Scene, trigger: Hit, memory: Memory, told: list[Visit]) -> Visit | None:
    """"The host agreed to a visit in return": those who were visited go to those who came."""
    last = next((v for v in reversed(told) if v.direction), memory.visit)
    if last is None or last.mover not in _DYAD or trigger["frame"] != "go":
        return None
    word = scene.phrase("reciprocal").last(scene.low, max(0, trigger.start - _OPENS), trigger.end)
    if word is None or not (word.end >= trigger.start - 1):
        return None
    host = memory.recall(opposite(last.mover)) or next(iter(scene.agents(opposite(last.mover))), None)
    left, right = scene.clause(trigger.start, trigger.end)
    owner = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 1), None)
    if host is None or (owner is not None and is_foreign_to(scene, owner, host.side)) or any(left <= p.start < right and p.side not in ("", *_DYAD) for p in scene.parties):
        return None
    return replace(last, trigger=trigger, mover=host.side, direction=f"{host.side}>{last.mover}", rank=host.rank or last.rank, parties=(host,),
                   persons=host.persons, place="", place_country=last.mover, weight=1.5, is_placed=True, reason="a visit in return for the one just told")


def _takes_up(scene: Scene, trigger: Hit, memory: Memory) -> bool:
    if trigger["tense"] == "noun":
        if not scene.phrase("definite").rows:
            return memory.visit_at >= scene.index - _JUST and (_opens_bare(scene, trigger) or _is_judged(scene, trigger))
        article = scene.phrase("definite").last(scene.low, max(0, trigger.start - 24), trigger.start)
        return article is not None and article.end == trigger.start
    if trigger["frame"] == "occur":  # "it took place on Monday": the visit, where that is what was just told
        return memory.visit_at >= scene.index - _JUST
    if trigger["frame"] in _MOVING:
        return _is_traveller(scene, memory) and (_has_pronoun(scene, trigger) or _has_title(scene, trigger, memory.visit.rank))
    if trigger["frame"] == "meet":  # "the latter will meet his counterpart"
        named = any(p.side for p in scene.parties)
        other = any("peer" in p.tags and p.start >= trigger.end for p in scene.parties)
        return not named and other and (_has_pronoun(scene, trigger) or _has_title(scene, trigger, memory.visit.rank))
    return False


def _is_judged(scene: Scene, noun: Hit) -> bool:
    """"Seoul sees in the visit, planned for Monday, a threat": the object of a reaction is the visit that the text is about."""
    if noun["tense"] != "noun" or not scene.grammar.free_order or scene.low[noun.end : noun.end + 1] not in (",", "."):
        return False
    verb = words("reaction_triggers", scene.language, pos="verb").last(scene.low, max(0, noun.start - _BESIDE), noun.start)
    return verb is not None and not any(verb.end <= p.start < noun.start for p in scene.parties)


def _opens_bare(scene: Scene, trigger: Hit) -> bool:
    """"Переговоры прошли в четверг": without articles, a noun that opens its sentence and has no owner is the one told."""
    if trigger.start - scene.dateline_end > _OPENS or scene.text[trigger.end + 1 : trigger.end + 2].isupper():
        return False
    return not any(p.start < trigger.end + _OPENS and (p.is_agent or p.slot not in LOCAL) for p in scene.parties)


def _has_pronoun(scene: Scene, trigger: Hit) -> bool:
    """Whether the trigger's subject is a pronoun, with nothing but auxiliaries between."""
    left, _ = scene.clause(trigger.start, trigger.end)
    pronoun = scene.phrase("subject").last(scene.low, max(left, trigger.start - _BESIDE), trigger.start)
    return pronoun is not None and not any(pronoun.end <= p.start < trigger.start for p in scene.parties)


def _has_title(scene: Scene, trigger: Hit, rank: str) -> bool:
    """Whether the trigger's subject is a bare title of the traveller's rank: "the minister arrived there on Tuesday"."""
    before = [p for p in scene.parties if p.end <= trigger.start]
    bare = before[-1] if before else None
    return bare is not None and bare.is_agent and not bare.side and bare.rank == rank and trigger.start - bare.end <= _BESIDE


def _is_traveller(scene: Scene, memory: Memory) -> bool:
    """Whether the one who travelled can be meant: no person of the other side alone was named just before."""
    near = [p for s in (scene.previous, scene) if s is not None for p in s.agents() if not is_resident(p)]
    return not near or any(p.side == memory.visit.mover for p in near)
