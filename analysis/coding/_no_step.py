"""What looks like a step of an agreement and is none: a worry, a guess, what is only carried out, traffic with everybody."""

from __future__ import annotations

from analysis.coding.lexicon import Hit, words
from analysis.coding.scene import Scene

__all__ = ["ASIDE", "aside_of", "guessed", "is_carried_out", "is_done_by_others", "is_feared", "is_named", "is_with_all"]

_DYAD = ("RUS", "PRK")
_WORRY = 24  # characters around what is agreed, in which a worry names it
_COMPOUND = 12  # characters in which a compound noun goes on to its head
_WORKER = 2  # characters from workers to a contract of theirs, where what is agreed on them stands between
ASIDE = 100  # characters added to what an aside tells, so that the main clause comes first
_TOLD_BY = 24  # characters from who does something to its verb


def is_feared(scene: Scene, trigger: Hit) -> bool:
    """"fears over an arms deal": the deal is somebody's worry, not a step; and a worker's contract is none of theirs."""
    if trigger["kind"] != "service" and any(p.kind == "exempt" and 0 <= trigger.start - p.end <= (_WORKER if scene.grammar.verb_final else _COMPOUND + 3) for p in scene.parties):
        return True
    around = max(0, trigger.start - _WORRY), min(len(scene.low), trigger.end + _WORRY)
    if trigger["kind"] == "deal" and any(h.start <= trigger.start and trigger.end < h.end and h["act"] not in ("neutral", "vote") for h in words("reaction_triggers", scene.language, pos="verb").find(scene.low, *around)):
        return True  # "raises labour export concerns"
    worry = scene.phrase("feared").last(scene.low, max(0, trigger.start - 45), trigger.start)
    return worry is not None and trigger.start - worry.end <= 24


def is_with_all(scene: Scene, trigger: Hit) -> bool:
    """"Stopped international rail traffic": what runs to every country is no service of the two, unless both are named."""
    if trigger["kind"] != "service" or {p.side for p in scene.parties} >= set(_DYAD):
        return False
    return scene.phrase("with_all").last(scene.low, max(0, trigger.start - _COMPOUND * 2), trigger.end) is not None


def guessed(scene: Scene, cue: Hit) -> Hit:
    """"Possibly sealing a deal": a step that is only held possible is not taken."""
    maybe = scene.phrase("maybe").last(scene.low, max(0, cue.start - _COMPOUND), cue.start)
    return cue if maybe is None or cue.start - maybe.end > 1 else Hit(cue.start, cue.end, {**cue.row, "stage": "mooted", "guess": "maybe"})


def is_carried_out(scene: Scene, cue: Hit, trigger: Hit) -> bool:
    """"To discuss how the accords are carried out": what is discussed is no new agreement."""
    if scene.grammar.verb_final or cue.end > trigger.start:
        return False
    cause = scene.phrase("cause").last(scene.low, cue.end, trigger.start)
    if cause is not None and trigger.start - cause.end <= _WORRY and not any(p.is_agent and p.start > cause.end and p.end <= trigger.start for p in scene.parties):
        return True  # "plans to expel the envoy over the treaty": the treaty is why, not what is planned
    done = scene.phrase("carrying_out").last(scene.low, cue.end, trigger.start)
    return done is not None and not any(p.start < done.end and cue.end <= p.start for p in scene.parties)


def aside_of(scene: Scene, trigger: Hit) -> tuple[int, int]:
    """The clause between two commas in "the ferry, which plied between A and B, was withdrawn": the main verb tells the stage."""
    which = scene.phrase("relative").first(scene.low, trigger.end, trigger.end + ASIDE)
    if which is None or scene.grammar.verb_final or "," in scene.low[trigger.end : which.start]:
        return 0, 0
    closing = scene.low.find(",", which.end)
    return (which.start, closing) if closing >= 0 else (0, 0)


def is_named(cue: Hit, trigger: Hit, triggers: list[Hit]) -> bool:
    """"An agreement on A and a plan for B were signed": the plan is another thing agreed, and shows no stage."""
    return any(o.start <= cue.start < cue.end <= o.end for o in triggers if (o.start, o.end) != (trigger.start, trigger.end))


def is_done_by_others(scene: Scene, cue: Hit, trigger: Hit) -> bool:
    """"Japan's parliament adopted a resolution against the pact": what a third party does is no step of theirs."""
    if scene.grammar.verb_final or cue.start > trigger.start:
        return False
    doing = next((p for p in reversed(scene.parties) if p.end <= cue.start), None)
    if doing is None or doing.side in ("", "UN", *_DYAD) or doing.slot or cue.start - doing.end > _TOLD_BY:
        return False
    if doing.kind == "demonym" or "," in scene.low[doing.end : cue.start]:
        return False
    return words("reaction_triggers", scene.language, pos="verb").first(scene.low, doing.end, cue.start) is None  # not "hailed the signing"
