"""Who does what in a sentence: subject, object, goal and place of a trigger, by slot and word order, and what the article recalls."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from analysis.coding.lexicon import Hit
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.scene import Scene

__all__ = ["Memory", "gap_to", "goal_of", "is_passive", "is_resident", "its_own", "mover_of", "nearest_of", "objects_of", "other_holder", "participants_of", "place_of", "recalled", "share_title", "subject_of", "with_head"]

_DYAD = ("RUS", "PRK")
_OWNER_GAP = 8  # a possessor stands that close to what is its own, where the verb comes last
_OBJECT_REACH = 75
_PLACE_REACH = 70
_THIRD_REACH = 30  # a third country must stand beside the meeting to be its place


@dataclass
class Memory:
    """What the article has said so far: the last travellers of each side, and where leaders meet."""

    last: dict[str, Party]
    title: dict[str, Party]
    sides: frozenset[str]
    strangers: bool = False  # the title names people of a third country
    before: frozenset[str] = frozenset()  # sides that the sentence before names
    mentions_visit: bool = False
    movers: set[tuple[str, str]] = field(default_factory=set)  # (side, rank) of those known to travel
    reactors: list[Party] = field(default_factory=list)  # who reacted in the sentence before
    reaction: tuple[str, str, int] | None = None  # act, counterpart and sentence of the last reaction
    visit: Any = None  # the last visit told (`visits.Visit`), which "the trip" then means
    is_topical: bool = False  # whether one of the two sentences before tells of the two sides' dealings

    def is_about_the_two(self) -> bool:
        """Whether "the two leaders" can only be those of the dyad."""
        if self.before >= set(_DYAD):
            return not self.before - set(_DYAD) - {""}
        return "both" in self.title and not self.strangers

    def recall(self, side: str) -> Party | None:
        """Return the party of a side that a pronoun or a title alone can mean."""
        return self.last.get(side) or self.title.get(side)


def goal_of(scene: Scene, trigger: Hit) -> Party | None:
    """The place that the trigger governs: after it, or before it where the verb stands last."""
    ok = [p for p in scene.parties if p.kind in ("state", "place", "demonym", "organisation")]
    wanted = ("from", "to", "in") if trigger["frame"] == "return" else ("to", "in")
    right = [p for p in ok if 0 <= p.start - trigger.end <= _PLACE_REACH]
    left = [p for p in ok if 0 <= trigger.start - p.end <= _PLACE_REACH]
    if scene.grammar.verb_final:
        slots = ("to",) if trigger["note"] == "depart" else ("to", "in", "obj", "with")
        beside = 0 if trigger["note"] == "depart" else 2
        near = [p for p in reversed(left) if p.slot in slots or trigger.start - p.end < beside]
        return near[0] if near else None
    for p in right:
        between = scene.low[trigger.end : p.start]
        if trigger["tense"] == "noun" and "," in between:
            break
        if p.slot in wanted and p.kind != "organisation" and not _crosses(scene, trigger.end, p.start):
            return p
        bare = p.kind in ("state", "place") and p.slot == "" and len(between) <= 25 and p is right[0]
        if bare or (len(between) <= 5 and p.kind in ("state", "place")) or (len(between) <= 5 and p.kind == "demonym" and between.strip()):
            return p
        if trigger["note"] == "border" and p.kind == "demonym" and len(between) <= 2:
            return p
    for p in reversed(left):
        adjacent = trigger.start - p.end <= 1 and p.kind in ("state", "place", "demonym")
        adjacent = adjacent and (trigger["tense"] == "noun" or scene.grammar.free_order)
        own = min(scene.triggers, key=lambda t: gap_to(p, t)) == (trigger.start, trigger.end)
        if (own and p.slot in ("to", "in") and p.kind != "organisation") or adjacent or _is_object(scene, p, trigger):
            return p
    return None


def _is_object(scene: Scene, state: Party, trigger: Hit) -> bool:
    """"Россию на этой неделе посетит ...": a state that opens the clause before a verb whose subject follows."""
    if not scene.grammar.free_order or trigger["tense"] == "noun" or state.slot or state.kind not in ("state", "place"):
        return False
    after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _PLACE_REACH), None)
    alone = not any(p is not state and p.end <= trigger.start for p in scene.parties)
    return alone and after is not None and after.is_agent and "," not in scene.low[state.end : trigger.start]


def mover_of(scene: Scene, trigger: Hit, goal: Party | None) -> Party | None:
    """Who goes: the subject of a verb, the possessor of a noun."""
    if trigger["tense"] == "noun" and not scene.grammar.verb_final:
        owner = next((p for p in reversed(scene.parties) if 0 <= trigger.start - p.end <= 30 and p is not goal), None)
        if owner and scene.grammar.loose_joiner.fullmatch(scene.low, owner.end, trigger.start) and owner.kind != "place" and (owner.slot not in LOCAL or owner.kind == "person") and (owner.is_agent or owner.kind == "exempt"):
            return owner
        after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 16 and p is not goal), None)
        if after and (after.is_agent or after.kind == "exempt") and after.slot in ("", "of", "by"):
            return after
    subject = _traveller(scene, trigger, goal) or subject_of(scene, trigger, goal)
    if subject is None and (goal is not None or scene.grammar.free_order) and not scene.grammar.verb_final:
        # inversion: "В Россию прибыл лидер КНДР", "En Russie s'est rendu ..."
        after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 30 and p is not goal), None)
        if after and (after.is_agent or after.kind == "exempt") and after.slot not in LOCAL:
            return after
    return subject


def _traveller(scene: Scene, trigger: Hit, goal: Party | None) -> Party | None:
    """The subject of a verb of motion: the nearest person or delegation before it, past any state in between."""
    subject = subject_of(scene, trigger, goal)
    if scene.grammar.verb_final or subject is None or subject.kind not in ("state", "place", "demonym", "organisation"):
        return subject
    left, _ = scene.clause(trigger.start, trigger.end)
    agents = [
        p for p in scene.parties
        if p.is_agent and p.side and p.end <= subject.start and p.slot not in ("with", "by", "of") and p.start >= left
    ]
    return agents[-1] if agents else subject


def subject_of(scene: Scene, trigger: Hit, goal: Party | None = None) -> Party | None:
    """Return who does it: the nearest party before the trigger that a slot of place or company does not take away."""
    left_bound = 0
    left = [p for p in scene.parties if left_bound <= p.end <= trigger.start and p is not goal]
    if scene.grammar.verb_final:
        marked = [
            p for p in left
            if p.kind != "place" and (p.slot == "subj" or (p.slot == "topic" and p.kind in ("person", "title")))
        ]
        agents = [p for p in left if (p.is_agent or p.kind == "exempt") and p.slot in ("", "of", "subj")]
        edge = min(trigger.start, goal.start) if goal is not None and goal.end <= trigger.start else trigger.start
        owner = agents[-1] if agents and agents[-1].slot == "of" and 0 <= edge - agents[-1].end <= _OWNER_GAP else None
        if owner is not None and trigger["tense"] == "noun":  # "the Kremlin said that the president's visit": his, not theirs
            return owner
        return (marked or agents or [None])[-1]
    bare = None
    for p in reversed(left):
        if p.kind in ("person", "title", "exempt", "organisation", "collective") and p.slot not in ("with", "by"):
            if p.slot in LOCAL and p.kind != "person":
                continue
            if not p.side and p.is_agent:  # "a delegation of ... led by Minister X": whose minister, the delegation tells
                bare = bare or p
                continue
            return p if bare is None or (p.is_agent and p.start >= scene.clause(bare.start, bare.end)[0]) else bare
        if p.kind in ("state", "place", "demonym") and p.slot == "":
            return bare or p
    return bare


def objects_of(scene: Scene, trigger: Hit) -> list[Party]:
    """Return whom it is done to: the parties after the trigger in its clause, before it where the verb stands last."""
    if scene.grammar.verb_final:
        left = [p for p in scene.parties if p.end <= trigger.start and p.slot == "obj"]
        return list(reversed(left)) or [
            p for p in reversed(scene.parties) if p.end <= trigger.start and p.is_agent and p.slot in ("with", "")
        ]
    return [p for p in scene.parties if 0 <= p.start - trigger.end <= _OBJECT_REACH and not _crosses(scene, trigger.end, p.start)]


def participants_of(scene: Scene, trigger: Hit) -> list[Party]:
    """Who meets: the subject with its coordinates, and what stands with, between or of the meeting."""
    if scene.grammar.verb_final:
        left = [p for p in scene.parties if p.end <= trigger.start and p.slot not in ("in", "to", "from") and p.kind != "place"]
        out: list[Party] = []
        for p in reversed(left):
            if trigger.start - p.end > 90 or (len({q.side for q in out if q.side}) >= 2 and not _coordinated(scene, p, out[-1])):
                break
            if p.side or p.is_agent:
                out.append(p)
        return out
    subject = subject_of(scene, trigger)
    if trigger["tense"] == "noun":
        owner = next((p for p in reversed(scene.parties) if 0 <= trigger.start - p.end <= 30), None)
        bare = owner is not None and owner.kind in ("state", "place", "demonym") and len({q.side for q in scene.group(owner)}) < 2
        if owner and owner.slot not in ("in", "to", "from") and not bare:
            subject = owner
        elif bare:  # "his Russia summit with Putin": the country is the place, the subject stands further left
            subject = _traveller(scene, trigger, owner)
    left = scene.group(subject) if subject else []
    right = [p for p in objects_of(scene, trigger) if p.slot not in ("in", "to", "from") and p.kind != "place"]
    right = _chain(scene, right)
    if trigger["tense"] == "noun" and {p.side for p in right} >= set(_DYAD):
        return right
    return [*left, *[p for p in right if p not in left]]


def _chain(scene: Scene, right: list[Party]) -> list[Party]:
    """The first party after a meeting and those joined to it: "of X with Y", "between X and Y"."""
    out = right[:1]
    for p in right[1:]:
        gap = scene.low[out[-1].end : p.start]
        if len(gap) > 14 or not (p.slot in ("with", "of") or _coordinated(scene, out[-1], p)):
            break
        out.append(p)
    return out


def _coordinated(scene: Scene, a: Party, b: Party) -> bool:
    return bool(scene.grammar.coordinator.fullmatch(scene.low, a.end, b.start))


def place_of(scene: Scene, trigger: Hit) -> Party | None:
    """Where a meeting takes place: the nearest place in its clause, else in the sentence."""
    spots = [
        p for p in scene.parties
        if (not p.is_agent and p.kind in ("state", "place", "demonym") and p.slot in ("in", "to"))
        or (p.kind in ("state", "place") and _is_place_noun(scene, p, trigger))
        or (scene.grammar.verb_final and p.kind == "place" and not p.slot and trigger["tense"] == "noun" and 0 <= trigger.start - p.end <= _OWNER_GAP)
        or (p.kind == "place" and "leader" in trigger["note"] and p.slot == "of" and 0 <= p.start - trigger.end <= 4)
    ]
    if not spots:
        return None
    left, right = scene.clause(trigger.start, trigger.end)
    own = [p for p in spots if min(scene.triggers, key=lambda t: gap_to(p, t)) == (trigger.start, trigger.end)]
    near = [
        p for p in own
        if p.side in _DYAD or (gap_to(p, (trigger.start, trigger.end)) <= _THIRD_REACH and left <= p.start < right)
    ]
    inside = [p for p in near if left <= p.start < right]
    return min(inside or near, key=lambda p: gap_to(p, (trigger.start, trigger.end)), default=None)


def _is_place_noun(scene: Scene, party: Party, trigger: Hit) -> bool:
    """"his Russia summit": a country alone before the noun is where it takes place, two are who meets."""
    adjacent = trigger["tense"] == "noun" and trigger.start - party.end == 1 and not scene.grammar.verb_final
    return adjacent and len(scene.group(party)) == 1


def gap_to(party: Party, span: tuple[int, int]) -> int:
    """Return the characters between a party and a span."""
    return max(party.start - span[1], span[0] - party.end, 0)


def nearest_of(scene: Scene, trigger: Hit, side: str) -> Party | None:
    """The nearest party of a side that can travel."""
    left, right = scene.clause(trigger.start, trigger.end)
    candidates = [p for p in scene.parties if p.side == side and p.is_agent]
    inside = [p for p in candidates if left <= p.start < right]
    pool = inside or candidates
    return min(pool, key=lambda p: min(abs(p.start - trigger.end), abs(trigger.start - p.end))) if pool else None


def its_own(scene: Scene, trigger: Hit, side: str) -> Party | None:
    """"Russia says its foreign minister will visit": a bare title belongs to the state that speaks."""
    bare = [p for p in scene.parties if p.is_agent and not p.side and p.ranks and p.end <= trigger.start]
    state = [p for p in scene.parties if p.side == side and bare and (p.end <= bare[-1].start or p.kind == "place")]
    return replace(bare[-1], side=side) if state else None


def recalled(scene: Scene, trigger: Hit, memory: Memory, side: str) -> Party | None:
    """A pronoun, a bare title or no subject at all: the article's last party of that side."""
    bare = [p for p in scene.parties if p.is_agent and not p.side and p.start < trigger.start]
    plain = scene.phrase("pronoun").first(scene.low) or bare or scene.grammar.verb_final
    last = memory.recall(side)
    named = memory.title.get(side)
    if bare and last is not None and named is not None and last.rank != bare[-1].rank == named.rank:
        last = named  # the title may have named two of a side
    if last is None or not plain:
        return None
    if bare and not scene.grammar.verb_final and (not last.is_agent or other_holder(scene, bare[-1])):
        return None
    if bare and bare[-1].rank and last.rank and bare[-1].rank != last.rank:
        return None
    return last


def other_holder(scene: Scene, title: Party) -> bool:
    """Whether the sentence before has somebody of a third country whom the bare title means."""
    before = scene.previous.parties if scene.previous is not None else ()
    return any(p.is_agent and p.side and p.side not in _DYAD and p.rank == title.rank for p in before)


def is_passive(scene: Scene, trigger: Hit) -> bool:
    """Return whether the trigger is a passive, so that subject and object change places."""
    return trigger["note"] == "passive" or (trigger["tense"] in ("past", "participle") and (
        scene.phrase("passive").last(scene.low, max(0, trigger.start - 14), trigger.end) is not None
    ))


def share_title(scene: Scene, parties: list[Party]) -> bool:
    """"Russian and North Korean leaders": a title in the plural is that of both that stand before it."""
    for p in parties:
        if p.is_agent and not p.persons and any(not q.is_agent and q.side == opposite(p.side) for q in scene.group(p)):
            return True
    return False


def is_resident(party: Party) -> bool:
    """Return whether a party is posted where it is: an ambassador, an embassy."""
    return "resident" in party.tags and not {"leader", "minister"} & set(party.ranks)


def _crosses(scene: Scene, a: int, b: int) -> bool:
    return any(a < x <= b for x in scene.bounds[1:-1])


def with_head(scene: Scene, party: Party) -> Party:
    """Return a delegation with the rank and name of who leads it."""
    head = _head_of(scene, party)
    return party if head is None else replace(party, ranks=party.ranks + head.ranks, persons=party.persons + head.persons)


def _head_of(scene: Scene, mover: Party) -> Party | None:
    """Who leads a delegation: "a delegation led by the minister" is of the minister's rank."""
    if "delegation" not in mover.tags:
        return None
    after = next((p for p in scene.parties if 0 <= p.start - mover.end <= 60 and p.is_agent), None)
    before = next((p for p in reversed(scene.parties) if 0 <= mover.start - p.end <= 60 and p.is_agent), None)
    for head, a, b in ((after, mover.end, after.start if after else 0), (before, before.end if before else 0, mover.start)):
        if head is not None and head.side in ("", mover.side) and scene.phrase("led_by").first(scene.low, a, b):
            return head
    return None
