"""Visits: who goes to whom. Roles come from the frame of the trigger and the slots of the parties, never from their order alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.coding.lexicon import Hit, words
from analysis.coding.roles import (
    Memory,
    gap_to,
    goal_of,
    is_passive,
    is_resident,
    its_own,
    mover_of,
    nearest_of,
    objects_of,
    other_holder,
    participants_of,
    place_of,
    recalled,
    share_title,
    subject_of,
    with_head,
)
from analysis.coding.scene import LOCAL, RANKS, Party, Scene, opposite, overlaps_name, rank_of
from analysis.coding.status import is_verb, visit_status

__all__ = ["Memory", "Visit", "find_visits"]

_OCCASION_REACH = 34
_DYAD = ("RUS", "PRK")
_SAYS = 24  # characters between a speaker and the verb of saying
_BARE = {"noun": "noun", "finite": "present"}


@dataclass(frozen=True)
class Visit:
    """A visit found in a sentence, before status and date: ``direction`` may still be empty."""

    trigger: Hit
    mover: str
    rank: str
    persons: tuple[str, ...]
    direction: str
    place: str = ""
    place_country: str = ""
    parties: tuple[Party, ...] = ()
    reason: str = ""
    weight: float = 0.0
    is_placed: bool = True  # False: the direction is a guess from the ranks, open to what the article says elsewhere
    top_rank: str = ""


def find_visits(scene: Scene, memory: Memory) -> list[Visit]:
    """Return the visits between the two sides that a sentence names."""
    if not memory.sides.issuperset(_DYAD):
        return []
    low = _blocked(scene)
    triggers = [
        _as_used(scene, t) for t in words("visit_triggers", scene.language).find(low)
        if not overlaps_name(scene, t.start, t.end)
    ]
    scene.triggers = [(t.start, t.end) for t in triggers]
    found = [v for t in triggers if (v := _FRAMES[t["frame"]](scene, t, memory) or _again(scene, t, memory)) is not None]
    here = _presence(scene) if scene.field == "title" else []
    return here or found


def _again(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    """"The trip has been put off": the visit told before, where a definite noun names nobody and the status is plain."""
    if trigger["tense"] != "noun" or memory.visit is None or scene.field == "title":
        return None
    article = scene.phrase("definite").last(scene.low, max(0, trigger.start - 24), trigger.start)
    if article is None or article.end != trigger.start:
        return None
    left, right = scene.clause(trigger.start, trigger.end)
    if any(left <= p.start < right and (p.side not in ("", *_DYAD) or p.kind == "exempt") for p in scene.parties):
        return None
    if not visit_status(scene, trigger).is_sure:
        return None
    return replace(memory.visit, trigger=trigger, parties=(), persons=(), weight=0.5, reason="the visit told just before")


def _as_used(scene: Scene, trigger: Hit) -> Hit:
    """A form that is verb and noun ("visit") is a verb after an auxiliary, else a noun; "they meet" is a present."""
    if trigger["note"] not in ("noun", "finite") or is_verb(scene, trigger):
        return trigger
    return Hit(trigger.start, trigger.end, {**trigger.row, "tense": _BARE[trigger["note"]]})


def _blocked(scene: Scene) -> str:
    """Take out what looks like a trigger and is none: telephone talks, summits of other people."""
    low = scene.low
    for hit in words("visit_blocks", scene.language).find(low):
        low = low[: hit.start] + "\0" * (hit.end - hit.start) + low[hit.end :]
    return low


# --- frames ---------------------------------------------------------------------------------------------------------


def _go(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    host, place = trigger["goes_to"], None
    goal = None if host else goal_of(scene, trigger)
    if trigger["note"] == "strict" and not _is_held_there(scene, goal):
        return None
    if not host and goal is not None:
        if goal is not None:
            group = scene.group(goal) if goal.slot in LOCAL or goal.kind in ("state", "place") else [goal]
            sides = [p.side for p in group]
            mover = _with_side(mover_of(scene, trigger, goal))
            wanted = opposite(mover.side) if mover else ""
            if wanted in sides:
                host, place = wanted, group[sides.index(wanted)]
            elif any(s in _DYAD for s in sides) and not mover:
                i = next(i for i, s in enumerate(sides) if s in _DYAD)
                host, place = sides[i], group[i]
            elif mover and mover.side == goal.side and goal.side in _DYAD and trigger["frame"] == "return":
                host = opposite(goal.side)  # back to one's own country, from the other's
                if not memory.mentions_visit and host not in {p.side for p in scene.parties}:
                    return None
            elif mover and mover.side == goal.side and goal.side in _DYAD:
                host, place = goal.side, goal
            else:
                return None
    elif trigger["frame"] == "go" and trigger["tense"] != "noun" and not scene.grammar.verb_final:
        # "to visit Putin": who is visited stands where the place would
        seen = next((p for p in scene.parties if p.is_agent and not is_resident(p) and 0 <= p.start - trigger.end <= 5), None)
        mover = _with_side(mover_of(scene, trigger, seen))
        if seen is not None and mover is not None and seen.side in _DYAD and mover.side == opposite(seen.side):
            host, place = seen.side, seen
    if host:
        bare = None
        mover = mover_of(scene, trigger, place)
        if mover is not None and mover.kind == "exempt":
            return None
        if mover is not None and trigger["tense"] != "noun" and not mover.is_agent and mover.side:
            return None  # states, flights and pacts do not travel
        if mover is not None and mover.side != opposite(host):
            # "Kim said that Putin arrived": the nearest actor is the host's own; a third country's ends the search
            if mover.side != host and not (mover.side == "" and not mover.persons):
                return None
            bare = mover if mover.side == "" and mover.ranks else None
            mover = None
        if mover is None and trigger["note"] == "strict":
            return None
        if mover is None:
            mover = nearest_of(scene, trigger, opposite(host)) or its_own(scene, trigger, opposite(host)) or recalled(scene, trigger, memory, opposite(host)) or _only_title(scene, trigger, memory, opposite(host))
        own = memory.recall(host)  # where one's own leader is known, "the head of state" in one's own town is he
        ours = bare is not None and own is not None and own.rank == bare.rank
        if mover is None and bare is not None and not (ours or other_holder(scene, bare)) and not any(p.side not in ("", *_DYAD) for p in scene.parties):
            mover = replace(bare, side=opposite(host))  # "a delegation of the ministry left for Moscow"
        if mover is None or mover.kind == "exempt" or is_resident(mover):
            return None
        return _visit(scene, trigger, mover, host, place, 3.0)
    mover = mover_of(scene, trigger, None)
    if trigger["tense"] == "noun" and mover is not None and _speaks(scene, mover, trigger):
        return _of_known(scene, trigger, memory)  # "Peskov, asked about the visit": who speaks of a visit need not make it
    gone = {side for side, _ in memory.movers}
    if mover is None and trigger["frame"] == "return" and len(gone) == 1:  # "he went home": who had come
        mover = recalled(scene, trigger, memory, next(iter(gone)))
    if mover is None or mover.side not in _DYAD or mover.kind not in ("person", "title"):
        return None
    if memory.title.get("event") is not None and trigger["tense"] == "noun":
        return None  # "the visit", in an article about an event in a third country
    if (trigger["frame"] == "stay" and not _is_host_there(scene, trigger, mover)) or _elsewhere(scene, trigger):
        return None
    if trigger["frame"] == "return" and trigger["tense"] != "noun" and not memory.mentions_visit:
        return None
    if trigger["frame"] == "go" and trigger["tense"] != "noun" and not _anaphor(scene, opposite(mover.side)):
        if trigger["note"] != "bare" or not memory.is_about_the_two():
            return None
        return _visit(scene, trigger, mover, opposite(mover.side), None, 1.0)  # "the delegation had arrived on Monday"
    if trigger["tense"] == "noun" and trigger["frame"] == "go" and mover.rank == "leader" and memory.is_about_the_two():
        return _visit(scene, trigger, mover, opposite(mover.side), None, 1.0)  # "signed during the visit of Mr X"
    if set(_DYAD) - {mover.side} <= {p.side for p in scene.parties} or memory.mentions_visit or scene.phrase("here").first(scene.low):
        return _visit(scene, trigger, mover, opposite(mover.side), None, 1.5)
    return None


def _of_known(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    """"The visit" alone, in an article that has told of the visits of one side: theirs."""
    ranks = {rank for _, rank in memory.movers}
    sides = {side for side, _ in memory.movers}
    party = memory.recall(next(iter(sides))) if len(sides) == len(ranks) == 1 else None
    if party is None:
        return None
    return _visit(scene, trigger, replace(party, ranks=tuple(ranks), persons=()), opposite(party.side), None, 1.0)


def _speaks(scene: Scene, party: Party, trigger: Hit) -> bool:
    if scene.grammar.verb_final or 0 <= trigger.start - party.end <= 3 or 0 <= party.start - trigger.end <= 16:
        return False
    span = max(0, party.start - _SAYS), min(trigger.start, party.end + _SAYS)
    return words("voice", scene.language, kind="verb").first(scene.low, *span) is not None


def _only_title(scene: Scene, trigger: Hit, memory: Memory, side: str) -> Party | None:
    """"The trip of Minister X to ...", X unknown: where only the two countries are spoken of, the minister is the other's."""
    known = memory.recall(opposite(side))
    if memory.sides - {"", *_DYAD} or trigger["tense"] != "noun":
        return None
    bare = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 3), None)
    if bare is None or bare.side or not bare.is_agent or not bare.ranks or (known is not None and known.rank == bare.rank):
        return None
    return replace(bare, side=side)


def _is_host_there(scene: Scene, trigger: Hit, mover: Party) -> bool:
    """"Attended the parade of the Workers' Party": the event is the other side's own, and no place of one's own is named."""
    after = [p for p in scene.parties if 0 <= p.start - trigger.end <= 60]
    hosts = [p for p in after if (p.kind == "organisation" or p.slot == "of") and p.side == opposite(mover.side)]
    return bool(hosts) and not any((p.kind == "place" and p.side == mover.side) or "resident" in p.tags for p in after)


def _is_held_there(scene: Scene, goal: Party | None) -> bool:
    """Whether an event that somebody attends plainly takes place in one of the two countries, and in no third."""
    if goal is None or goal.slot != "in" or goal.side not in _DYAD or goal.kind not in ("state", "place"):
        return False
    return not any(p.kind in ("state", "place") and p.side not in ("", *_DYAD) for p in scene.parties)


def _elsewhere(scene: Scene, trigger: Hit) -> bool:
    """Whether the clause names a third country: a journey without a goal of its own may well go there."""
    left, right = scene.clause(trigger.start, trigger.end)
    return any(p.kind in ("state", "place") and p.side not in _DYAD and left <= p.start < right for p in scene.parties)


def _anaphor(scene: Scene, side: str) -> bool:
    """Whether "here", "the country" or the other side's name in the sentence stands for where one goes."""
    if scene.here is not None and scene.here.side == side and scene.phrase("here_word").first(scene.low):
        return True
    before = scene.previous.parties if scene.previous is not None and scene.grammar.verb_final else []
    if any(p.side == side and p.kind == "place" and p.slot in LOCAL for p in before):
        return True  # a goal left out is the place just named
    if scene.phrase("here").first(scene.low) is None:
        return False
    return scene.here is None or any(p.side == side for p in scene.parties)


def _with_side(party: Party | None) -> Party | None:
    return party if party is not None and (party.side or party.kind == "exempt") else None


def _host(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
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
    return _visit(scene, trigger, guest, subject.side, where if where and where.side == subject.side else None, 2.5)


def _object_first(scene: Scene, trigger: Hit, before: Party | None) -> bool:
    """Whether who is received stands before the verb: "whom Kim received", "the minister (accusative) received Kim"."""
    if not scene.grammar.free_order:
        return False
    pronoun = scene.phrase("object_before").last(scene.low, max(0, trigger.start - 60), trigger.start)
    if pronoun is not None and "," not in scene.low[pronoun.end : trigger.start]:
        return True
    case = scene.phrase("accusative").first(scene.low, before.start, before.end) if before is not None else None
    return case is not None and case.start == before.start


def _invite(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
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
    return _visit(scene, trigger, guest, host, goal, 2.0) if guest and not is_resident(guest) else None


def _speaker_after(scene: Scene, trigger: Hit) -> Party | None:
    """Who speaks, when the trigger stands in a quotation that the sentence goes on to attribute."""
    close = next((b for a, b in scene.quotes if a <= trigger.start and trigger.end <= b), None)
    return None if close is None else next((p for p in scene.agents() if p.start >= close and p.side in _DYAD), None)


def _meet(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
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
                return None if is_resident(traveller) else _visit(scene, trigger, traveller, where.side, where, 1.5)
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
            return _visit(scene, trigger, guest, where.side, where, 1.5) if guest else None
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
        place.place or _text(scene, place) if place else "", place.side if place else "", tuple(pair),
        "both sides meet in person", weight, is_placed, max(ranks.values(), key=lambda r: -RANKS.index(r)),
    )


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


def _attend(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
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


def _guest(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    del memory
    right = [p for p in scene.parties if 0 <= p.start - trigger.end <= 40]
    left = [p for p in scene.parties if p.end >= trigger.start - 40 and p.start <= trigger.end]
    for side in _DYAD:
        guests = [p for p in (*right, *left) if p.side == side]
        hosts = [p for p in scene.parties if p.side == opposite(side) and p not in right]
        if guests and hosts:
            return replace(_visit(scene, trigger, guests[0], opposite(side), None, 1.5), rank="delegation")
    return None


def _send(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    sender = subject_of(scene, trigger)
    if sender is None or sender.side not in _DYAD:
        return None
    goal = next((p for p in scene.places() if p.side == opposite(sender.side)), None)
    if goal is None and (opposite(sender.side) not in memory.before or _elsewhere(scene, trigger)):
        return None
    sent = next((p for p in scene.parties if p.start >= trigger.end and p.is_agent), None)
    ranks = sent.ranks if sent else ()
    mover = replace(sender, ranks=ranks or ("delegation",), kind="title")
    return _visit(scene, trigger, mover, opposite(sender.side), goal, 2.0)


_FRAMES = {
    "go": _go, "return": _go, "stay": _go, "host": _host, "invite": _invite, "meet": _meet, "attend": _attend,
    "guest": _guest, "send": _send,
}


def _presence(scene: Scene) -> list[Visit]:
    """A headline that puts a person in the other's country: "Kim Jong Un in Russia: …"."""
    for a, b in zip(scene.parties, scene.parties[1:], strict=False):
        gap = scene.low[a.end : b.start]
        if a.is_agent and a.rank and not is_resident(a) and b.kind in ("state", "place") and _is_at(scene, b, gap) and a.side == opposite(b.side):
            row = {"frame": "stay", "tense": "noun", "goes_to": "", "note": "", "form": ""}
            return [_visit(scene, Hit(a.end, b.end, row), a, b.side, b, 1.0)]
    return []


def _is_at(scene: Scene, place: Party, gap: str) -> bool:
    return len(gap) <= 5 and (place.slot == "in" or scene.phrase("at").first(gap) is not None)


def _unnamed_leader(side: str) -> Party:
    return Party(0, 0, side, "title", tags=frozenset({"leader"}), ranks=("leader",))


def _first_side(parties: list[Party]) -> str:
    return min(parties, key=lambda p: p.start).side


def _text(scene: Scene, party: Party) -> str:
    return scene.text[party.start : party.end]


def _visit(scene: Scene, trigger: Hit, mover: Party, host: str, place: Party | None, weight: float) -> Visit:
    mover = with_head(scene, mover)
    near = [p for p in scene.agents() if p.side in _DYAD and p.persons]
    persons = tuple(dict.fromkeys([*mover.persons, *(n for p in near for n in p.persons)]))
    rank = mover.rank or ("delegation" if mover.kind != "state" or trigger["frame"] != "meet" else "leader")
    return Visit(
        trigger, mover.side, rank, persons, f"{mover.side}>{host}",
        (place.place or _text(scene, place)) if place else "", place.side if place else "", (mover,),
        "from who moves and where", weight,
    )
