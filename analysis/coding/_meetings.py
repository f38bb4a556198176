"""Visits told by an encounter: who receives, invites or meets whom, and who attends what together."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._visit import Visit, place_name, visit_to
from analysis.coding.lexicon import Hit
from analysis.coding.parties import LOCAL, RANKS, Party, opposite, rank_of
from analysis.coding.roles import (
    Memory,
    gap_to,
    goal_of,
    is_passive,
    is_resident,
    objects_of,
    participants_of,
    place_of,
    recalled,
    share_title,
    subject_of,
    with_head,
)
from analysis.coding.scene import Scene

__all__ = ["attend", "host", "invite", "meet"]

_DYAD = ("RUS", "PRK")
_OCCASION_REACH = 34


def host(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    subject = subject_of(scene, trigger)
    objects = objects_of(scene, trigger)
    passive = is_passive(scene, trigger)
    if passive:
        host = next((p for p in objects if p.slot == "by" and p.side), None)
        if host is None and subject is not None:
            seats = [place_of(scene, trigger), *[p for p in objects if p.kind == "organisation" and p.slot in LOCAL]]
            host = next((p for p in seats if p is not None and p.side == opposite(subject.side)), None)
        host = host or next((p for p in objects if p.is_agent and p.side), None)
        subject, guest = host, subject
    else:
        guest = next((p for p in objects if p.is_agent and (p.slot in ("", "with", "obj") or p.start - trigger.end <= 5)), None)
        if guest is not None and guest.start > trigger.end and scene.phrase("no_object").first(scene.low, trigger.end, guest.start):
            return None  # "received a message of greeting from ..."
        if guest is not None and _object_first(scene, trigger, subject):
            host = guest
            guest = subject if subject is not None and subject.side == opposite(host.side) else None
            guest = guest or recalled(scene, trigger, memory, opposite(host.side)) or memory.recall(opposite(host.side))
            subject = host
    near = scene.phrase("object_pronoun").first(scene.low, max(0, trigger.start - 4), min(len(scene.low), trigger.end + 5))
    if guest is None and subject is not None and near is not None:
        guest = recalled(scene, trigger, memory, opposite(subject.side))
    if subject is None and guest is not None:
        subject = recalled(scene, trigger, memory, opposite(guest.side))
    if guest is None or subject is None or "exempt" in guest.tags or not guest.is_agent:
        return None
    if subject.side not in _DYAD or guest.side != opposite(subject.side):
        return None
    if is_resident(guest) or is_resident(subject):
        return None
    where = place_of(scene, trigger)
    if where and where.side not in _DYAD:
        return None
    if guest.rank == "leader" and subject.rank not in ("", "leader") and where is None:
        subject, guest = guest, subject  # nobody below a leader receives one at home
    return visit_to(scene, trigger, guest, subject.side, where if where and where.side == subject.side else None, 2.5)


def invite(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    goal = goal_of(scene, trigger)
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
        if trigger["tense"] == "noun" and after and after.side in _DYAD:
            host = opposite(after.side) if after.slot == "to" else after.side
        elif trigger["tense"] == "noun" and owner and owner.side in _DYAD:
            host = owner.side
        elif subject and subject.side in _DYAD:
            host = opposite(subject.side) if accepts else subject.side
        elif (speaker := _speaker_after(scene, trigger)) is not None:
            host = speaker.side  # "I invite you", Putin told Kim
        else:
            return None
    guest = next((p for p in agents if p.side == opposite(host)), None) or recalled(scene, trigger, memory, opposite(host))
    return visit_to(scene, trigger, guest, host, goal, 2.0) if guest and not is_resident(guest) else None


def meet(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    near = participants_of(scene, trigger)
    sides = {p.side for p in near if p.side}
    by_side = {s: [p for p in near if p.side == s] for s in _DYAD}
    others = sides - set(_DYAD)
    if not (by_side["RUS"] and by_side["PRK"]):
        if scene.phrase("both_leaders").first(scene.low) and not others and memory.is_about_the_two():
            by_side = {s: [replace(p)] if (p := memory.recall(s)) else [_unnamed_leader(s)] for s in _DYAD}
        elif len(sides & set(_DYAD)) == 1 and not others:
            side = next(iter(sides & set(_DYAD)))
            where = place_of(scene, trigger)
            if where is not None and where.side == opposite(side) and any(p.is_agent for p in by_side[side]):
                traveller = min((p for p in by_side[side] if p.is_agent), key=lambda p: gap_to(p, (trigger.start, trigger.end)))
                return None if is_resident(traveller) else visit_to(scene, trigger, traveller, where.side, where, 1.5)
            other = recalled(scene, trigger, memory, opposite(side))
            if other is None and trigger["tense"] == "noun" and opposite(side) in memory.before and any(p.slot == "with" for p in by_side[side]):
                other = memory.last.get(opposite(side))
            if other is None or not any(p.is_agent for p in by_side[side]):
                return None
            by_side[opposite(side)] = [other]
        elif not sides and (where := place_of(scene, trigger)) is not None and where.side in _DYAD:
            guest = recalled(scene, trigger, memory, opposite(where.side))
            if guest is None and trigger["tense"] == "noun" and memory.mentions_visit:
                guest = memory.last.get(opposite(where.side))  # "in Pyongyang he also held talks"
            if guest is None and "leader" in trigger["note"] and memory.is_about_the_two():  # "the Vladivostok summit"
                guest = _unnamed_leader(opposite(where.side))
            return visit_to(scene, trigger, guest, where.side, where, 1.5) if guest else None
        else:
            return None
    by_side = {s: [with_head(scene, p) for p in by_side[s]] for s in _DYAD}
    pair = [*by_side["RUS"], *by_side["PRK"]]
    bodily = [p for p in pair if p.is_agent]
    beside = all(any(gap_to(p, (trigger.start, trigger.end)) <= 4 for p in by_side[s]) for s in _DYAD)
    led = all((p := memory.recall(s)) is not None and p.rank == "leader" for s in _DYAD)
    summit = not bodily and ("leader" in trigger["note"] or (beside and led and trigger["tense"] == "noun"))
    if not summit and ({p.side for p in bodily} != set(_DYAD)) and not share_title(scene, pair):
        return None
    if all(is_resident(p) for p in by_side["RUS"]) or all(is_resident(p) for p in by_side["PRK"]):
        return None
    if any("exempt" in p.tags and not p.persons for p in pair):
        return None
    where = place_of(scene, trigger) or _on_occasion(scene, trigger)
    direction, place = "", where
    if where is not None:
        direction = f"{opposite(where.side)}>{where.side}" if where.side in _DYAD else "third"
    ranks = {s: _rank_of_side(by_side[s], by_side[opposite(s)], trigger) for s in _DYAD}
    if summit:
        ranks = dict.fromkeys(_DYAD, "leader")
    if not direction:
        direction = next((f"{s}>{opposite(s)}" for s in _DYAD if (s, ranks[s]) in memory.movers), "")
    if not direction and (setting := memory.title.get("setting")) is not None:  # the title says where
        direction = f"{opposite(setting.side)}>{setting.side}" if setting.side in _DYAD else "third"
    is_placed = bool(direction)
    if not direction and set(ranks.values()) == {"leader"} and (third := memory.title.get("event")) is not None:
        direction, place = "third", third  # the article is about an event in a third country
    if not direction and ranks["RUS"] != ranks["PRK"]:
        low_side = max(_DYAD, key=lambda s: RANKS.index(ranks[s]))
        direction = f"{low_side}>{opposite(low_side)}"
    mover = direction[:3] if direction in ("RUS>PRK", "PRK>RUS") else ""
    rank = ranks[mover] if mover else max(ranks.values(), key=RANKS.index)
    persons = tuple(dict.fromkeys(n for p in pair for n in p.persons))
    # a leader who meets a governor is on a visit that another sentence tells better
    lesser = bool(mover) and RANKS.index(ranks[mover]) < RANKS.index(ranks[opposite(mover)])
    weight = 2.0 + (0.5 if where else 0) - (1.0 if lesser else 0)
    return Visit(
        trigger, mover or _first_side(pair), rank, persons, direction,
        place_name(scene, place), place.side if place else "", tuple(pair),
        "both sides meet in person", weight, is_placed, max(ranks.values(), key=lambda r: -RANKS.index(r)),
    )


def attend(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    by_side = {s: [p for p in scene.agents(s)] for s in _DYAD}
    if not all(by_side.values()):
        return None
    third = next((p for p in scene.parties if p.kind in ("state", "place") and p.side not in ("", *_DYAD)), None)
    if third is None and memory.title.get("place") is None:
        return None
    third = third or memory.title["place"]
    pair = [*by_side["RUS"], *by_side["PRK"]]
    rank = max((rank_of([r for p in by_side[s] for r in p.ranks]) or "delegation" for s in _DYAD), key=RANKS.index)
    persons = tuple(dict.fromkeys(n for p in pair for n in p.persons))
    return Visit(trigger, "RUS", rank, persons, "third", third.place or "", third.side, tuple(pair),
                 "both attend in a third country", 2.0)


def _object_first(scene: Scene, trigger: Hit, before: Party | None) -> bool:
    """Whether who is received stands before the verb: "whom Kim received", "the minister (accusative) received Kim"."""
    if not scene.grammar.free_order:
        return False
    pronoun = scene.phrase("object_before").last(scene.low, max(0, trigger.start - 60), trigger.start)
    if pronoun is not None and "," not in scene.low[pronoun.end : trigger.start]:
        return True
    case = scene.phrase("accusative").first(scene.low, before.start, before.end) if before is not None else None
    return case is not None and case.start == before.start


def _speaker_after(scene: Scene, trigger: Hit) -> Party | None:
    """Who speaks, when the trigger stands in a quotation that the sentence goes on to attribute."""
    close = next((b for a, b in scene.quotes if a <= trigger.start and trigger.end <= b), None)
    return None if close is None else next((p for p in scene.agents() if p.start >= close and p.side in _DYAD), None)


def _on_occasion(scene: Scene, trigger: Hit) -> Party | None:
    """The third country whose event gave the occasion: "at the talks on the sidelines of China's parade"."""
    occasion = scene.phrase("occasion").last(scene.low, 0, trigger.start)
    if occasion is None:
        return None
    before = [p for p in scene.parties if p.kind in ("state", "place") and p.side not in ("", *_DYAD) and p.end <= occasion.start]
    return before[-1] if before and occasion.start - before[-1].end <= _OCCASION_REACH else None


def _rank_of_side(own: list[Party], other: list[Party], trigger: Hit) -> str:
    rank = rank_of([r for p in own for r in p.ranks])
    if not rank and not any(p.persons for p in own):  # "Russian and North Korean leaders": one title for both
        rank = rank_of([r for p in other if not p.persons for r in p.ranks])
    return rank or ("leader" if "leader" in trigger["note"] else "delegation")


def _unnamed_leader(side: str) -> Party:
    return Party(0, 0, side, "title", tags=frozenset({"leader"}), ranks=("leader",))


def _first_side(parties: list[Party]) -> str:
    return min(parties, key=lambda p: p.start).side
