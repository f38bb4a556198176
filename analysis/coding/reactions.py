"""Reactions: what governments and organisations outside the dyad say or do about Russian–North Korean cooperation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.coding.lexicon import Hit, pairs, words
from analysis.coding.scene import LOCAL, Party, Scene, opposite, overlaps_name
from analysis.coding.visits import Memory

__all__ = ["Reaction", "find_reactions"]

_DYAD = ("RUS", "PRK")
_ACTS = ("sanction", "vote", "warn", "accuse", "request", "concern", "support", "same", "neutral")
_SUBJECT_REACH = 90
_BEHIND = 40
_OPENS = 12
_TOPIC_REACH = 3  # sentences back in which a reaction finds what it is about


@dataclass(frozen=True)
class Reaction:
    """A reaction of one actor or of actors of one bloc that speak jointly."""

    trigger: Hit
    act: str
    status: str
    actor: str
    counterpart: str
    bloc: str
    persons: tuple[str, ...]
    reason: str
    weight: float = 1.0
    at: tuple[int, int] = (0, 0)  # the verb whose time is that of the reaction
    since: int = 0  # where the source begins: an earlier time is not that of the reaction
    sources: tuple[Party, ...] = ()  # all who react with the actor, of whatever bloc


def find_reactions(scene: Scene, memory: Memory) -> list[Reaction]:
    """Return the reactions that a sentence names, one for each bloc that reacts."""
    outside = [p for p in scene.parties if _is_outside(p)]
    if not scene.parties or not (outside or memory.reactors or memory.is_topical) or not memory.sides.issuperset(_DYAD):
        return []
    best: dict[tuple, tuple[Hit, list[Party]]] = {}
    for trigger in _triggers(scene, outside):
        if overlaps_name(scene, trigger.start, trigger.end):
            continue
        sources = _sources(scene, trigger, outside) or _meant(scene, trigger, memory)
        if not sources or any(p.side in _DYAD for p in sources):
            continue
        if not _is_about_both(scene, trigger, sources, memory):
            continue
        sides = tuple(sorted({p.side or p.kind for p in sources}))
        key = sides, trigger["act"] if _is_second(scene, trigger, best.get((sides, ""))) else ""
        if key not in best or _order(trigger) < _order(best[key][0]):
            best[key] = trigger, sources
    out = []
    for trigger, sources in best.values():
        act = _act(scene, trigger)
        counterpart = _counterpart(scene, trigger, sources)
        if act == "same":  # "Japan did likewise": the reaction told just before, with another actor
            last = memory.reaction
            if last is None or scene.index - last[2] > 1:
                continue
            act, counterpart = last[:2]
        for bloc, members in _by_bloc(sources).items():
            actor = "+".join(dict.fromkeys(p.side for p in members if p.side))
            persons = tuple(dict.fromkeys(n for p in members for n in p.persons))
            reason = f"“{scene.text[trigger.start:trigger.end]}” with its source"
            out.append(Reaction(trigger, act, _status(scene, trigger), actor, counterpart, bloc, persons, reason,
                                2.0 if trigger["act"] != "neutral" else 1.0, _verb(trigger, sources), _begins(trigger, sources),
                                tuple(sources)))
            memory.reaction = (act, counterpart, scene.index)
    return out


def _begins(trigger: Hit, sources: list[Party]) -> int:
    """Where the source begins; 0 where it stands behind its verb."""
    first = min(p.start for p in sources)
    return first if first < trigger.start else 0


def _verb(trigger: Hit, sources: list[Party]) -> tuple[int, int]:
    """"Said on Monday that ..., calling it illegal": the time of a participle is that of its subject's own verb."""
    end = max(p.end for p in sources)
    return (end, end + 1) if trigger["tense"] == "participle" and end <= trigger.start else (trigger.start, trigger.end)


def _triggers(scene: Scene, outside: list[Party]) -> list[Hit]:
    """The words of the lexicon, and the colon after the source that opens a headline: "Kyiv: ...".

    What is only said in a reaction ("content") is no trigger and hides none.
    """
    first = scene.parties[0]
    found = [h for pos in ("verb", "noun", "phrase") for h in words("reaction_triggers", scene.language, pos=pos).find(scene.low)]
    found.sort(key=lambda h: h.start)
    if first in outside and first.start <= 4 and scene.low.startswith(": ", first.end) and first.kind != "demonym":
        found.insert(0, Hit(first.end, first.end + 1, {"act": "neutral", "pos": "verb", "tense": "present", "form": ":"}))
    return found


def _order(trigger: Hit) -> float:
    """Which of two words for one reaction names its act: sanctions only threatened are a warning where one is uttered."""
    return 2.5 if trigger["act"] == "sanction" and trigger["tense"] == "future" else _ACTS.index(trigger["act"])


def _is_second(scene: Scene, trigger: Hit, first: tuple[Hit, list[Party]] | None) -> bool:
    """"Condemned ... and demanded": a second verb of the same subject is an act of its own."""
    if first is None or trigger["pos"] != "verb" or "neutral" in (trigger["act"], _act(scene, first[0])):
        return False
    joined = scene.phrase("and_then").last(scene.low, first[0].end, trigger.start)
    return trigger["act"] != first[0]["act"] and joined is not None and trigger.start - joined.end <= 1


def _meant(scene: Scene, trigger: Hit, memory: Memory) -> list[Party]:
    """"They called on ...", "the minister called on ...": whoever reacted in the sentence before, or alone is named there."""
    if trigger["pos"] != "verb" or scene.grammar.verb_final:
        return []
    pronoun = scene.phrase("reactor").first(scene.low, 0, trigger.start)
    bare = [p for p in scene.parties if not p.side and p.kind in ("title", "speaker") and p.end <= trigger.start]
    if not (pronoun and pronoun.start <= 3 and trigger.start - pronoun.end <= 30):
        if not bare or bare[0].start > 4 or trigger.start - bare[-1].end > 30 or not _may_react(scene, bare[-1], trigger):
            return []
    if any(p.side for p in scene.parties if p.end <= trigger.start):
        return []
    if memory.reactors or scene.previous is None:
        return memory.reactors
    before = [p for p in scene.previous.parties if _is_outside(p) and p.slot not in LOCAL and p.kind != "demonym"]
    officials = bool(bare) and len({p.side for p in before}) == 1
    return before[:1] if officials and memory.before != frozenset() else []


def _is_outside(p: Party) -> bool:
    if p.side == "UN" and "minister" in p.ranks:
        return False  # a "Security Council" with a secretary is a national one
    return (bool(p.side) and p.side not in _DYAD) or p.kind == "collective"


def _sources(scene: Scene, trigger: Hit, outside: list[Party]) -> list[Party]:
    """Who reacts: the subject of a verb, the possessor or the "of" of a noun; with those coordinated with it."""
    source = _verb_final(scene, trigger, outside) if scene.grammar.verb_final else _svo(scene, trigger)
    if source is None or not _may_react(scene, source, trigger):
        return []
    if trigger["pos"] == "phrase" or source not in scene.parties:
        return [source]
    joint = [p for p in scene.group(source) if p is source or p.slot not in LOCAL]
    return [p for p in joint if _is_outside(p) or p.side in _DYAD]


def _svo(scene: Scene, trigger: Hit) -> Party | None:
    parties = scene.parties
    if trigger["pos"] == "noun":
        left, _ = scene.clause(trigger.start, trigger.end)
        if any(p.is_agent and p.side in _DYAD and p.slot == "" and left <= p.start < trigger.start for p in parties):
            return None  # "Peskov dismissed the concerns of ...": the dyad speaks
        owner = next((p for p in reversed(parties) if 0 <= trigger.start - p.end <= 14), None)
        apart = owner and scene.phrase("not_owner").first(scene.low, owner.end, trigger.start)
        if owner and not apart and _is_outside(owner) and owner.slot not in ("in", "to"):
            return owner
        after = next((p for p in parties if 0 <= p.start - trigger.end <= 30), None)
        return after if after and _is_outside(after) and after.slot in scene.grammar.owner_slots else None
    if trigger["pos"] == "phrase":
        named = next((p for p in parties if 0 <= p.start - trigger.end <= 14 and p.side), None)
        if named is None:  # "according to the spy agency in Seoul"
            named = next((p for p in parties if 0 <= p.start - trigger.end <= 36 and p.slot == "in"), None)
        return named if named and _is_outside(named) else None
    after = next((p for p in parties if 0 <= p.start - trigger.end <= 14), None)
    if trigger["tense"] == "affects":  # "the alliance worries the West": who is worried stands behind
        return after if after and _is_outside(after) and after.slot in ("", "of") else None
    by = next((p for p in parties if 0 <= p.start - trigger.end <= 24 and p.slot == "by"), None)
    if by is not None and _is_outside(by):
        return by
    if trigger["tense"] == "participle" and scene.low.endswith((", ", ", and "), 0, trigger.start):
        # "..., calling it illegal": its subject is that of the sentence
        head = next((p for p in parties if p.end <= trigger.start and p.slot not in LOCAL and p.kind != "demonym"), None)
        return head if head is not None and _is_outside(head) else None
    if after and after.start - trigger.end <= 5 and _is_outside(after) and _closes(scene, trigger.start):
        return after  # "..., says Seoul"
    bare, shared = False, None
    for p in reversed([p for p in parties if p.end <= trigger.start]):
        if trigger.start - p.end > _SUBJECT_REACH and shared is None:
            break
        bare = bare or (not p.side and p.kind in ("title", "speaker"))
        if bare and p.slot == "in" and p.kind in ("place", "state") and _is_outside(p):
            return p  # "in Tokyo two ministers spoke of ..."
        near = trigger.start - p.end <= 3 and "," not in scene.low[p.end : trigger.start]
        if p.slot in (*LOCAL, "with", "of") and not (near and p.kind in ("organisation", "place", "state") and p.slot in ("to", "in")):
            if p.slot == "of" and near and _is_outside(p):
                return p
            continue
        if p.kind == "demonym" or (not p.side and p.kind != "collective"):
            continue
        if _coordinates(scene, p.end, trigger.start):
            shared = p  # "... the Security Council and said": the verb shares an earlier subject
            continue
        if _is_outside(p):
            return p
        break
    if shared is not None and _is_outside(shared):
        return shared
    if scene.grammar.free_order:
        return _inverted(scene, trigger)
    said = trigger["act"] == "neutral"
    if said and after and after.start - trigger.end <= 5 and _is_outside(after) and trigger.start > len(scene.low) // 3:
        return after
    return _closing(scene, trigger) or _standing_in(scene, trigger)


def _closing(scene: Scene, trigger: Hit) -> Party | None:
    """A subject behind the verb that hands a quotation or a statement to its source: "…, said on Tuesday Mr X"."""
    if not scene.low[: trigger.start].rstrip().endswith((",", "»", "”", '"', "–", "—")):
        return None
    right = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _BEHIND and p.side), None)
    if right is None or not _is_outside(right) or right.slot not in ("", "in") or "," in scene.low[trigger.end : right.start]:
        return None
    return right


def _standing_in(scene: Scene, trigger: Hit) -> Party | None:
    """"In Tokyo, two ministers voiced …": officials without a country are of the capital that opens the sentence."""
    left = [p for p in scene.parties if p.end <= trigger.start]
    bare = [p for p in left if not p.side and p.kind in ("title", "speaker") and "exempt" not in p.tags]
    if not bare or trigger.start - bare[-1].end > _SUBJECT_REACH or left[-1] is not bare[-1]:
        return None
    first = scene.parties[0]
    if first.kind in ("place", "state") and first.slot in LOCAL and _is_outside(first) and first.start <= _OPENS + scene.dateline_end:
        return replace(bare[-1], side=first.side)
    return None


def _closes(scene: Scene, position: int) -> bool:
    """Whether what is said ends before a position: a comma, a dash or a closing quotation mark stands there."""
    return scene.low[:position].rstrip().endswith((",", "”", "»", '"', "’", "'", "–", "—")) and position > len(scene.low) // 3


def _inverted(scene: Scene, trigger: Hit) -> Party | None:
    """A subject behind its verb, past a time or a place: "..., said on Friday the minister of X", "... condemned in X"."""
    right = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _BEHIND and p.side), None)
    left, _ = scene.clause(trigger.start, trigger.end)
    opens = scene.low[: trigger.start].rstrip().endswith((",", "»", "”", "—", "–")) or not any(
        p.side in _DYAD and p.slot == "" and left <= p.start < trigger.start for p in scene.parties
    )
    if right is not None and opens and _is_outside(right) and "," not in scene.low[trigger.end : right.start]:
        local = right.slot in LOCAL and right.kind in ("place", "organisation", "state", "speaker")
        if right.slot == "" or (local and scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end)):
            return right
    first = next((p for p in scene.parties if p.side), None)
    if first is None or not _is_outside(first) or first.end > trigger.start or first.start > _OPENS + scene.dateline_end:
        return None
    if first.slot in LOCAL and not scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end):
        return None
    return first if first.slot in ("", *LOCAL) and trigger.start - first.end <= _SUBJECT_REACH else None


def _coordinates(scene: Scene, a: int, b: int) -> bool:
    return any(w in ("and", "et", "и") for w in scene.low[a:b].split())


def _verb_final(scene: Scene, trigger: Hit, outside: list[Party]) -> Party | None:
    if trigger["pos"] == "phrase":
        first = scene.parties[0]
        if trigger["tense"] == "quote" and scene.field != "title":
            return None
        if trigger["tense"] == "quote" and scene.field == "title" and first.slot == "topic" and first in outside:
            return first  # a headline's "X, ... “...”"
        reach = 6 if trigger["tense"] != "quote" else 0
        return next((p for p in outside if 0 <= trigger.start - p.end <= (2 if p.slot == "subj" else reach)), None)
    ending = words("voice", scene.language, kind="ending").last(scene.low, 0, trigger.start)
    if ending is not None:
        after = [p for p in outside if ending.end <= p.start and p.end <= trigger.start]
        if after:
            return after[0]
    marked = [
        p for p in outside
        if p.end <= trigger.start and (p.slot == "subj" or (p.slot == "topic" and scene.field == "title"))
    ]
    joined = scene.phrase("finite_join").last(scene.low, 0, trigger.start)
    # after a verb of its own, each "and" has a subject of its own if it names one
    marked = [p for p in marked if joined is not None and p.start >= joined.end] or marked
    if marked:
        return marked[-1] if trigger.start - marked[-1].end <= 3 else marked[0]
    near = [p for p in outside if 0 <= trigger.start - p.end <= 8]
    return near[-1] if near else None


def _may_react(scene: Scene, source: Party, trigger: Hit) -> bool:
    """Officials and states react; analysts, the press, retired people and bare adjectives do not."""
    if scene.phrase("denies_that").first(scene.low, source.end, trigger.start) is not None:
        return source.kind != "demonym"  # "Japan denied a report that it had threatened": the report does not speak
    around = scene.low[max(0, source.start - 28) : source.end + 16]
    if words("coding_speakers", scene.language, **{"class": "unofficial"}).first(around):
        return False
    if scene.grammar.verb_final:  # all that is said stands between: only another subject speaks in the source's stead
        if any("unofficial" in p.tags and p.slot == "subj" and source.end <= p.start < trigger.start for p in scene.parties):
            return False
    elif words("coding_speakers", scene.language, **{"class": "unofficial"}).first(scene.low[source.end : trigger.start]):
        return False
    return source.kind != "demonym" and not {"exempt", "unofficial"} & source.tags


def _is_about_both(scene: Scene, trigger: Hit, sources: list[Party], memory: Memory) -> bool:
    a, b = scene.segment(trigger.start)
    content = [p for p in scene.parties if p.side in _DYAD and p not in sources and a <= p.start < b]
    sides = {p.side for p in content}
    low = scene.low[a : trigger.start] + " " + scene.low[trigger.end : b]
    if scene.grammar.verb_final and scene.field != "title" and trigger["pos"] == "verb":
        rest = scene.phrase("finite_join").first(scene.low, trigger.start, b)
        if rest is not None:  # what follows the verb and its "and" is told by another subject
            content = [p for p in content if p.start < rest.end]
            sides, low = {p.side for p in content}, scene.low[a : trigger.start]
    if sides == set(_DYAD) and trigger["act"] == "sanction":
        return True
    kinds = {h["kind"] for h in words("cooperation", scene.language).find(_without_other(scene, low))}
    if sides == set(_DYAD):
        joint = scene.phrase("joint").first(low) is not None
        other = scene.phrase("other_topic").first(low) is not None
        return bool(kinds) or joint or (trigger["act"] != "neutral" and (memory.is_topical or not other))
    if scene.phrase("other_topic").first(low) is not None and "supply" not in kinds:
        return False
    plain = trigger["act"] == "neutral"
    joint = scene.phrase("both").first(scene.low) is not None
    known = memory.title.get("both") or memory.before >= set(_DYAD)
    if kinds - {"contact"} and known and (sides or joint):
        return not plain or joint or "supply" in kinds
    # what the two do together is named by what it is: "the treaty", "the deployment", "a matter for the two states"
    if scene.phrase("joint").first(low) is not None and (known or memory.is_topical or _stands(scene)):
        return True
    stop = scene.low.find(",", trigger.end, b)  # what the comma cuts off may be another's reaction
    start = min(p.start for p in sources) if min(p.start for p in sources) < trigger.start else a
    strangers = any(
        p.side not in _DYAD and p not in sources and start <= p.start < (stop if stop >= 0 else b) for p in scene.parties if p.side
    )
    judged = plain and not strangers and words("reaction_triggers", scene.language, pos="content").first(low) is not None
    if judged and (known or memory.is_topical):
        return True  # "said it would review its policy"
    if plain:
        return bool({"supply", "troops"} & kinds) and "PRK" in sides and not strangers
    # "Tokyo voiced concern": a judgement that names no other matter is on what the article is about
    named = {p.side for p in sources} | {*_DYAD, "UN"}
    about_others = any(p.side not in named and start <= p.start < (stop if stop >= 0 else b) for p in scene.parties if p.side)
    threat = words("reaction_triggers", scene.language, pos="content", act="warn").first(low) is not None
    if about_others and not threat and not (sides and kinds):
        return False
    if b - a < len(scene.low) - 1:
        return "supply" in kinds  # one item of a digest stands alone
    if {p.side for p in sources} == {"UN"} and sides == {"PRK"} and not known:
        return False  # United Nations sanctions on the North alone
    return bool(known or memory.is_topical or _stands(scene)) or "supply" in kinds


def _without_other(scene: Scene, low: str) -> str:
    """The text without the words of another topic: the missile of a test is none that is delivered."""
    for hit in scene.phrase("other_topic").find(low):
        low = low[: hit.start] + "\0" * (hit.end - hit.start) + low[hit.end :]
    return low


def _stands(scene: Scene) -> bool:
    """Whether one of the sentences just before says that the two sides do something together."""
    earlier, steps = scene.previous, 0
    while earlier is not None and steps < _TOPIC_REACH:
        if {p.side for p in earlier.parties} >= set(_DYAD) and words("cooperation", scene.language).first(earlier.low):
            return True
        earlier, steps = earlier.previous, steps + 1
    return False


def _act(scene: Scene, trigger: Hit) -> str:
    act = trigger["act"]
    if act not in ("neutral", "concern"):
        return act
    # a concern is named outright: only its own clause can make more of it
    span = (0, len(scene.low)) if act == "neutral" or scene.grammar.verb_final else scene.clause(trigger.start, trigger.end)
    content = words("reaction_triggers", scene.language, pos="content").first(scene.low, *span)
    if content is not None:
        return content["act"]
    if act == "neutral" and trigger["tense"] != "estimate" and words("cooperation", scene.language, kind="supply").first(scene.low):
        # arms disclosed are an act as a wrong, troops counted are not
        return act if words("coding_titles", scene.language, rank="exempt").first(scene.low) else "accuse"
    return act


def _status(scene: Scene, trigger: Hit) -> str:
    before = scene.low[max(0, trigger.start - 24) : trigger.start]
    if trigger["tense"] == "future":
        return "planned"
    for status in ("denied", "planned"):  # what follows the stem, where the verb stands last
        ending = scene.phrase(f"reaction_{status}").first(scene.low, trigger.end, trigger.end + 14)
        if ending is not None and ending.start == trigger.end:
            return status
    for hit in words("status_cues", scene.language, status="planned", kind="verb", where="before").find(before):
        if hit.end == len(before) and trigger["tense"] in ("base", "present"):
            return "planned"
    for hit in words("status_cues", scene.language, status="denied", kind="verb", where="before").find(before):
        if hit.end == len(before):
            return "denied"
    denial = scene.phrase("denies_that").last(scene.low, max(0, trigger.start - 70), trigger.start)
    if denial is not None and trigger.start - denial.end <= 1:
        return "denied"
    return "made"


def _counterpart(scene: Scene, trigger: Hit, sources: list[Party]) -> str:
    """At whom: the object of the verb, or the subject of what is said; both where cooperation itself is meant."""
    content = [p for p in scene.parties if p.side in _DYAD and p not in sources]
    if not content:
        return "RUS+PRK"
    sides = {p.side for p in content}
    if scene.grammar.verb_final:
        return _accused(scene, trigger, content)
    after = [p for p in content if p.start >= trigger.end]
    first = (after or content)[0]
    coordinated = {p.side for p in scene.group(first)} & set(_DYAD)
    if len(coordinated) == 2:
        return "RUS+PRK"
    if after and first.slot == "to" and sides == set(_DYAD) and trigger["act"] in ("accuse", "neutral"):
        return "PRK" if first.side == "RUS" else "RUS"  # "claims of arms sales to Russia" blame the seller
    object_ = words("cooperation", scene.language).first(scene.low, trigger.end, first.start) if after else None
    if trigger["act"] in ("accuse", "concern") and object_ is not None and sides == set(_DYAD):
        return "RUS+PRK"  # "condemned the deliveries from the one to the other"
    if trigger["act"] in ("accuse", "warn", "request", "sanction") and after and first.start - trigger.end <= 30:
        return first.side
    rest = [p for p in after if p.side != first.side]
    if trigger["act"] in ("accuse", "warn", "request") and rest and all(p.slot == "to" for p in rest):
        return first.side  # "called for ... North Korea's transfers to Russia" addresses the giver
    topic = words("cooperation", scene.language).first(scene.low, first.end)
    if topic is not None and topic["kind"] == "supply" and topic.start - first.end <= 40 and after:
        if trigger["act"] in ("neutral", "accuse", "warn"):
            return first.side
    return "RUS+PRK" if {p.side for p in content} == set(_DYAD) or len(coordinated) != 1 else first.side


def _accused(scene: Scene, trigger: Hit, content: list[Party]) -> str:
    """At whom, where the verb stands last: who is the subject of what is said, or whom a sanction's clause ends with."""
    before = [p for p in content if p.start < trigger.start]
    if trigger["act"] == "sanction":  # "officials involved in the dispatch to Russia": what they did is no target
        did = scene.phrase("attributive").last(scene.low, 0, trigger.start)
        before = [p for p in before if did is not None and p.start >= did.end] or before
    sides = {p.side for p in before or content}
    if scene.phrase("both").first(scene.low, 0, trigger.start) is not None and trigger["act"] != "sanction":
        return "RUS+PRK"
    if len(sides) == 1:
        return next(iter(sides))
    subjects = [p for p in before if p.slot == "subj" and len({q.side for q in scene.group(p)}) == 1]
    ends = {p.side for p in before if p.slot in LOCAL}
    if len(subjects) == 1 and ends == {opposite(subjects[0].side)}:
        return subjects[0].side
    return "RUS+PRK"


def _by_bloc(sources: list[Party]) -> dict[str, list[Party]]:
    blocs = pairs("reaction_blocs", "country", "bloc")
    out: dict[str, list[Party]] = {}
    for p in sources:
        if _is_outside(p):
            out.setdefault(blocs.get(p.side, "other") if p.side else "western", []).append(p)
    return out
