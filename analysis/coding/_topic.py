"""What a reaction is about: whether the two sides' dealings are meant, and which of the two is addressed."""

from __future__ import annotations

from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene

__all__ = ["counterpart_of", "is_about_both"]

_DYAD = ("RUS", "PRK")
_TOPIC_REACH = 3  # sentences back in which a reaction finds what it is about


def is_about_both(scene: Scene, trigger: Hit, sources: list[Party], memory: Memory) -> bool:
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


def counterpart_of(scene: Scene, trigger: Hit, sources: list[Party]) -> str:
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
