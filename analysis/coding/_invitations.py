"""Invitations: who asks whom to come, named, told by a pronoun, or in the words of a quotation."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._visit import Visit, visit_to
from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import Party, opposite
from analysis.coding.roles import Memory, goal_of, is_resident, recalled, subject_of
from analysis.coding.scene import Scene

__all__ = ["invite"]

_DYAD = ("RUS", "PRK")
_TO_VISIT = 8  # characters from a visit's noun to the invitation that follows it


def invite(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    if scene.grammar.verb_final and any(0 <= trigger.start - b <= _TO_VISIT for _, b in scene.triggers):
        return None  # "invited to visit Pyongyang": the visit is named, and what follows it says that it is planned
    goal = goal_of(scene, trigger)
    if goal is not None and goal.start >= trigger.end and scene.phrase("breaks_off").first(scene.low, trigger.end, goal.start):
        goal = None  # "the invitation comes after he visited Russia"
    goal = goal if goal and goal.side in _DYAD else None
    agents = [p for p in scene.parties if p.is_agent and p.side in _DYAD]
    accepts = scene.phrase("accepting").first(scene.low, trigger.start, trigger.end) is not None
    if goal is not None:
        addressed = scene.phrase("addressed").first(scene.low, trigger.end, max(goal.start, trigger.end))
        host = opposite(goal.side) if addressed and trigger["tense"] == "noun" else goal.side  # "the invitation sent to X"
        goal = None if addressed and trigger["tense"] == "noun" else goal
    else:
        owner = next((p for p in reversed(scene.parties) if p.end <= trigger.start and trigger.start - p.end <= (_TO_VISIT if scene.grammar.verb_final and p.persons and p.slot != "subj" else 3)), None)
        after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 12), None)
        subject = subject_of(scene, trigger)
        asked = next((p for p in reversed(agents) if p.end <= trigger.start and p.slot == "obj"), None)
        if scene.grammar.verb_final and asked is not None and {p.side for p in scene.group(asked)} >= set(_DYAD):
            return None  # "invited the leaders of both": a third country does
        if subject is not None and subject.side not in ("", *_DYAD) and scene.grammar.verb_final:
            return None  # others invite too
        if trigger["tense"] == "noun" and after and after.side in _DYAD and not scene.grammar.verb_final:
            holds = scene.phrase("holds").last(scene.low, trigger.end, after.start)  # "the invitation that X has"
            held = after.slot == "to" or (holds is not None and after.start - holds.end == 1)
            host = opposite(after.side) if held else after.side
        elif trigger["tense"] == "noun" and owner and owner.side in _DYAD:
            host = owner.side
        elif (speaker := _speaker_before(scene, trigger)) is not None:
            host = speaker.side  # Putin told Kim: "Come and visit us"
        elif subject and subject.side in _DYAD:
            host = opposite(subject.side) if accepts else subject.side
        elif (speaker := _speaker_after(scene, trigger)) is not None:
            host = speaker.side  # "I invite you", Putin told Kim
        elif (taker := _taker(scene, trigger)) is not None:
            host = opposite(taker.side)  # "the invitation stands, and X has accepted it"
        else:
            return None
    guest = next((p for p in agents if p.side == opposite(host)), None)
    # others are invited too: whom a verb does not name, it must mean by a pronoun
    meant = scene.grammar.verb_final or trigger["tense"] == "noun" or accepts or scene.grammar.free_order
    meant = meant or (goal is not None and scene.phrase("passive").first(scene.low, trigger.start, trigger.end) is not None)  # "he has been invited to Moscow"
    near = max(0, trigger.start - 4), min(len(scene.low), trigger.end + 5)
    meant = meant or scene.phrase("object_pronoun").first(scene.low, *near) is not None
    if guest is None and trigger["note"] == "address":  # "come and see us in Moscow"
        guest = memory.recall(opposite(host))
    if guest is None and meant:
        guest = recalled(scene, trigger, memory, opposite(host)) or _accepting(scene, trigger, memory, opposite(host))
    return visit_to(scene, trigger, guest, host, goal, 2.0) if guest and not is_resident(guest) else None


def _accepting(scene: Scene, trigger: Hit, memory: Memory, side: str) -> Party | None:
    """"Moscow accepts Pyongyang's invitation": a state that accepts stands for its leader."""
    subject = next((p for p in scene.parties if p.side == side and p.slot == "" and p.end <= trigger.start), None)
    accepts = scene.phrase("accepts").first(scene.low, subject.end, trigger.start) if subject is not None else None
    if accepts is None or accepts.start - subject.end > _TO_VISIT:
        return None
    leader = memory.recall(side)
    return leader if leader is not None and leader.rank == "leader" else replace(subject, kind="title", ranks=("leader",))


def _taker(scene: Scene, trigger: Hit) -> Party | None:
    """Who is told to have accepted an invitation that the sentence has named."""
    taken = scene.phrase("accepts_it").first(scene.low, trigger.end)
    before = (p for p in reversed(scene.parties) if taken is not None and trigger.end <= p.start and 0 <= taken.start - p.end <= 2)
    taker = next(before, None)
    return taker if taker is not None and taker.side in _DYAD else None


def _speaker_after(scene: Scene, trigger: Hit) -> Party | None:
    """Who speaks, when the trigger stands in a quotation that the sentence goes on to attribute."""
    close = next((b for a, b in scene.quotes if a <= trigger.start and trigger.end <= b), None)
    return None if close is None else next((p for p in scene.agents() if p.start >= close and p.side in _DYAD), None)


def _speaker_before(scene: Scene, trigger: Hit) -> Party | None:
    """Who speaks, when the trigger stands in a quotation that a verb of saying with a person told opens."""
    start = next((a for a, b in scene.quotes if a <= trigger.start and trigger.end <= b), None)
    said = words("voice", scene.language, kind="verb").last(scene.low, 0, start) if start else None
    if said is None or scene.grammar.verb_final:
        return None
    before = next((p for p in reversed(scene.agents()) if p.end <= said.start), None)
    return before if before is not None and before.side in _DYAD else None
