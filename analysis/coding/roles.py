"""Who does what in a sentence: subject, object, goal and place of a trigger, by slot and word order, and what the article recalls."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from analysis.coding._places import antecedent_of, crosses, gap_to, goal_of, place_of
from analysis.coding._verb_final import meeting
from analysis.coding.lexicon import Hit
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.scene import Scene

__all__ = ["Memory", "gap_to", "goal_of", "is_foreign_to", "is_passive", "is_resident", "its_own", "mover_of", "nearest_of", "objects_of", "other_holder", "participants_of", "place_of", "recalled", "share_title", "subject_of", "with_head"]

_DYAD = ("RUS", "PRK")
_BARE = 14  # characters from a noun to a party that no preposition ties to it
_OWNER_GAP = 8  # a possessor stands that close to what is its own, where the verb comes last
_OBJECT_REACH = 75
_FRONTED = 6  # characters of a comma and articles between "led by", who leads and the delegation


@dataclass
class Memory:
    """What the article has said so far: the last travellers of each side, and where leaders meet."""

    last: dict[str, Party]
    title: dict[str, Party]
    sides: frozenset[str]
    strangers: bool = False  # the title names people of a third country
    thirds: list[Party] = field(default_factory=list)  # of third countries, where the title names them in one breath
    before: frozenset[str] = frozenset()  # sides that the sentence before names
    mentions_visit: bool = False
    movers: set[tuple[str, str]] = field(default_factory=set)  # (side, rank) of those known to travel
    invited: set[tuple[str, str]] = field(default_factory=set)  # those of them who were only asked to
    reactors: list[Party] = field(default_factory=list)  # who reacted in the sentence before
    speakers: list[Party] = field(default_factory=list)  # who spoke there last, of whatever side, on whatever matter
    reaction: tuple[str, str, int] | None = None  # act, counterpart and sentence of the last reaction
    visit: Any = None  # the last visit told (`visits.Visit`), which "the trip" then means
    visit_at: int = -1  # the sentence that told it
    has_begun: bool = False  # whether it was told as held
    pact: Any = None  # the last agreement told (`agreements.Agreement`), which "the text" or "it" then means
    pact_at: int = -1  # the sentence that told it
    named: Any = None  # the last agreement only named, without a step
    named_at: int = -1  # the sentence that named it
    is_topical: bool = False  # whether one of the two sentences before tells of the two sides' dealings

    def is_about_the_two(self) -> bool:
        """Whether "the two leaders" can only be those of the dyad."""
        if self.before >= set(_DYAD):
            return not self.before - set(_DYAD) - {""}
        return "both" in self.title and not self.strangers

    def recall(self, side: str) -> Party | None:
        """Return the party of a side that a pronoun or a title alone can mean."""
        return self.last.get(side) or self.title.get(side)


def mover_of(scene: Scene, trigger: Hit, goal: Party | None) -> Party | None:
    """Who goes: the subject of a verb, the possessor of a noun."""
    if trigger["tense"] == "noun" and not scene.grammar.verb_final:
        whose = scene.phrase("whose").last(scene.low, max(0, trigger.start - 24), trigger.start)
        if whose is not None and trigger.start - whose.end <= 2:  # "the minister, whose arrival ..."
            return next((p for p in reversed(scene.parties) if 0 <= whose.start - p.end <= 2 and p.is_agent), None)
        owner = next((p for p in reversed(scene.parties) if 0 <= trigger.start - p.end <= 30 and p is not goal), None)
        apart = scene.phrase("aside").first(scene.low, owner.end, trigger.start) if owner else None  # "received X before the tour of Y"
        if owner and apart is None and scene.grammar.loose_joiner.fullmatch(scene.low, owner.end, trigger.start) and owner.kind != "place" and (owner.slot not in LOCAL or owner.kind == "person") and (owner.is_agent or owner.kind == "exempt"):
            return owner
        after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 16 and p is not goal), None)
        apart = after is not None and after.slot == "" and "," in scene.low[trigger.end : after.start]  # "during this stay, X ..."
        if after and not apart and (after.is_agent or after.kind == "exempt") and after.slot in ("", "of", "by"):
            return after
    subject = _traveller(scene, trigger, goal) or subject_of(scene, trigger, goal)
    if subject is None and goal is not None and trigger["tense"] == "progressive" and not scene.low[: trigger.start].strip(" \"“"):
        # "Arriving on Thursday in Pyongyang, X said": the subject follows the comma
        comma = scene.low.find(",", goal.end)
        return next((p for p in scene.parties if 0 <= comma < p.start and p.is_agent and not p.slot), None)
    if subject is None and (goal is not None or scene.grammar.free_order) and not scene.grammar.verb_final:
        # inversion: "В Россию прибыл лидер КНДР", "En Russie s'est rendu ..."
        after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 30 and p is not goal), None)
        if after and (after.is_agent or after.kind == "exempt") and after.slot not in (*LOCAL, "with"):
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
    antecedent = _who(scene, trigger) or _revealed(scene, trigger)
    if antecedent is not None:
        return antecedent
    left = [p for p in scene.parties if left_bound <= p.end <= trigger.start and p is not goal]
    if scene.grammar.verb_final:
        marked = [
            p for p in left
            if p.kind != "place" and (p.slot == "subj" or (p.slot == "topic" and p.kind in ("person", "title")))
        ]
        agents = [p for p in left if (p.is_agent or p.kind == "exempt") and p.slot in ("", "of", "subj")]
        edge = min(trigger.start, goal.start) if goal is not None and goal.end <= trigger.start else trigger.start
        owner = agents[-1] if agents and agents[-1].slot == "of" and 0 <= edge - agents[-1].end <= _OWNER_GAP else None
        if owner is None and agents and agents[-1].slot == "" and agents[-1].persons and 0 <= edge - agents[-1].end <= 1:
            owner = agents[-1]  # "선발대가 푸틴 방북을 준비": whose journey a noun tells stands right before it
        if owner is not None and any(owner.end <= p.start < edge for p in left):
            owner = None  # "as the envoy of X": the possessor is of the envoy, not of the journey
        if owner is not None and trigger["tense"] == "noun":  # "the Kremlin said that the president's visit": his, not theirs
            return owner
        return (marked or agents or [None])[-1]
    bare = None
    for p in reversed(left):
        if p.kind in ("person", "title", "exempt", "organisation", "collective") and p.slot not in ("with", "by"):
            if p.slot in LOCAL and p.kind != "person":
                continue
            if p.slot == "of" and _is_attribute(scene, p, left):
                continue
            if not p.side and p.is_agent:  # "a delegation of ... led by Minister X": whose minister, the delegation tells
                bare = bare or p
                continue
            return p if bare is None or (p.is_agent and p.start >= scene.clause(bare.start, bare.end)[0]) else bare
        if p.kind in ("state", "place", "demonym") and p.slot == "":
            if p.kind != "demonym" and p is antecedent_of(scene, trigger):
                continue  # "will go on to Minsk, where she is to meet ...": the place is no subject
            if p.kind == "demonym" and p.start < scene.clause(trigger.start, trigger.end)[0]:
                continue  # an adjective of a clause that is over
            return bare or p
    return bare


def _who(scene: Scene, trigger: Hit) -> Party | None:
    """"A letter delivered by X, who was in Pyongyang": the person that a relative clause hangs on."""
    left, _ = scene.clause(trigger.start, trigger.end)
    who = scene.phrase("who").first(scene.low, left, trigger.start) if left else None
    if who is None or who.start - left > 2 or any(p.is_agent and who.end <= p.start < trigger.start for p in scene.parties):
        return None
    return next((p for p in scene.parties if p.is_agent and p.side and 0 <= left - p.end <= 2), None)


def _revealed(scene: Scene, trigger: Hit) -> Party | None:
    """"The man who dined with X was none other than Y": Y is who did it."""
    told = scene.phrase("none_other").first(scene.low, trigger.end)
    return None if told is None else next((p for p in scene.parties if 0 <= p.start - told.end <= _BARE and p.is_agent), None)


def _is_attribute(scene: Scene, party: Party, left: list[Party]) -> bool:
    """"Choe, one of the closest aides of Kim, ...", "X, now at the head of the Council, ...": an apposition is no subject."""
    before = [p for p in left if p.end <= party.start and p.is_agent and p.slot == "" and p.side]
    return bool(before) and scene.low.startswith(",", before[-1].end) and before[-1].start >= scene.clause(party.start, party.end)[0]


def objects_of(scene: Scene, trigger: Hit) -> list[Party]:
    """Return whom it is done to: the parties after the trigger in its clause, before it where the verb stands last."""
    if scene.grammar.verb_final:
        left = [p for p in scene.parties if p.end <= trigger.start and p.slot == "obj"]
        return list(reversed(left)) or [
            p for p in reversed(scene.parties)
            if p.end <= trigger.start and p.is_agent and (p.slot == "" or (p.slot == "with" and trigger.start - p.end <= _OWNER_GAP) or (p.slot == "to" and p.persons and trigger.start - p.end <= _BARE))
        ]
    return [p for p in scene.parties if 0 <= p.start - trigger.end <= _OBJECT_REACH and not crosses(scene, trigger.end, p.start)]


def participants_of(scene: Scene, trigger: Hit) -> list[Party]:
    """Who meets: the subject with its coordinates, and what stands with, between or of the meeting."""
    if scene.grammar.verb_final:
        return meeting(scene, trigger, subject_of(scene, trigger))
    subject = subject_of(scene, trigger)
    if trigger["tense"] == "noun":
        owner = next((p for p in reversed(scene.parties) if 0 <= trigger.start - p.end <= 30), None)
        bare = owner is not None and owner.kind in ("state", "place", "demonym") and len({q.side for q in scene.group(owner)}) < 2
        if owner and owner.slot not in ("in", "to", "from") and not bare:
            subject = owner
        elif bare:  # "his Russia summit with Putin": the country is the place, the subject stands further left
            subject = _traveller(scene, trigger, owner)
    left = scene.group(subject) if subject else []
    if subject is not None and trigger["tense"] == "noun" and subject.slot == "with" and trigger.start - subject.end == 1:
        left = [*[p for p in scene.agents(opposite(subject.side)) if p.end <= subject.start and not crosses(scene, p.end, subject.start)][:1], *left]
    right = [p for p in objects_of(scene, trigger) if p.slot not in ("in", "to", "from") and p.kind != "place"]
    # "by the ministers X and Y": whom a coordination joins belongs to the first, however far
    right += [p for p in scene.parties if right and p.start >= right[-1].end and p.slot not in ("in", "to", "from") and p.kind != "place"]
    apart = bool(right) and not right[0].slot and right[0].start - trigger.end > _BARE and not scene.grammar.free_order
    right = [] if apart and trigger["tense"] == "noun" else _chain(scene, right)  # "the Kim-Putin summit shows how Ukraine ..."
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
    bare = [p for p in bare if not is_foreign_to(scene, p, side)]
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
    if bare and is_foreign_to(scene, bare[-1], side):
        return None
    if bare and not scene.grammar.verb_final and (not last.is_agent or other_holder(scene, bare[-1])):
        return None
    if bare and bare[-1].rank and last.rank and bare[-1].rank != last.rank:
        return None
    return replace(last, start=bare[-1].start, end=bare[-1].end) if bare and bare[-1].rank else last


def is_foreign_to(scene: Scene, title: Party, side: str) -> bool:
    """Whether a title is one that a side does not have: the North has no president."""
    return side == "PRK" and scene.phrase("not_of_prk").first(scene.low, title.start, title.end) is not None


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


def with_head(scene: Scene, party: Party) -> Party:
    """Return a delegation with the rank and name of who leads it."""
    head = _head_of(scene, party)
    return party if head is None else replace(
        party, side=party.side or head.side, ranks=party.ranks + head.ranks, persons=party.persons + head.persons
    )


def _head_of(scene: Scene, mover: Party) -> Party | None:
    """Who leads a delegation: "a delegation led by the minister" is of the minister's rank."""
    if "delegation" not in mover.tags:
        return None
    after = next((p for p in scene.parties if 0 <= p.start - mover.end <= 60 and p.is_agent), None)
    before = next((p for p in reversed(scene.parties) if 0 <= mover.start - p.end <= 60 and p.is_agent), None)
    for head, a, b in ((after, mover.end, after.start if after else 0), (before, before.end if before else 0, mover.start)):
        if head is not None and (not mover.side or head.side in ("", mover.side)) and scene.phrase("led_by").first(scene.low, a, b):
            return head
    # "Led by the minister, the delegation arrived": the phrase stands before the two
    fronted = scene.phrase("led_by").last(scene.low, 0, before.start) if before is not None and mover.start - before.end <= _FRONTED else None
    is_led = fronted is not None and before.start - fronted.end <= _FRONTED and "," not in scene.low[fronted.end : before.start]
    return before if is_led and before.side in ("", mover.side) else None
