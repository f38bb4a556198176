"""Invitations: who asks whom to come, named, told by a pronoun, or in the words of a quotation."""

from __future__ import annotations

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
    low = scene.low[trigger.start : trigger.end]
    if goal is not None:
        addressed = scene.phrase("addressed").first(scene.low, trigger.end, max(goal.start, trigger.end))
        host = opposite(goal.side) if addressed and trigger["tense"] == "noun" else goal.side  # "the invitation sent to X"
        goal = None if addressed and trigger["tense"] == "noun" else goal
    else:
        owner = next((p for p in reversed(scene.parties) if p.end <= trigger.start and trigger.start - p.end <= 3), None)
        after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 12), None)
        subject = subject_of(scene, trigger)
        if subject is not None and subject.side not in ("", *_DYAD) and scene.grammar.verb_final:
            return None  # others invite too
        accepts = any(w in low for w in ("accept", "приня", "수락", "receiv"))
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
        else:
            return None
    guest = next((p for p in agents if p.side == opposite(host)), None)
    # others are invited too: whom a verb does not name, it must mean by a pronoun
    meant = scene.grammar.verb_final or trigger["tense"] == "noun" or "accept" in low or scene.grammar.free_order
    meant = meant or (goal is not None and scene.phrase("passive").first(scene.low, trigger.start, trigger.end) is not None)  # "he has been invited to Moscow"
    near = max(0, trigger.start - 4), min(len(scene.low), trigger.end + 5)
    meant = meant or scene.phrase("object_pronoun").first(scene.low, *near) is not None
    if guest is None and meant:
        guest = recalled(scene, trigger, memory, opposite(host))
    return visit_to(scene, trigger, guest, host, goal, 2.0) if guest and not is_resident(guest) else None


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
