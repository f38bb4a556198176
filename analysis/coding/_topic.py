"""What a reaction is about: whether the two sides' dealings are meant, and which of the two is addressed."""

from __future__ import annotations

import re
from itertools import pairwise

from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene

__all__ = ["counterpart_of", "is_about_both"]

_DYAD = ("RUS", "PRK")
_MEMBERS = re.compile(r"\s*,\s*(?:[^\W\d_a-z][\w\u2019'-]*(?:\s*,\s*|\s+)){1,3}(?:\w{1,3}\s+)?")  # ", Iran and "
_ADDRESSED = 8  # characters between a request and whom it is addressed to
_BLAMED = 4  # characters of the preposition between "reproached" and whom
_TARGETS = 24  # characters between two kinds of targets of one list
_LONG = 40  # characters of a form that holds what it judges
_TOPIC_REACH = 3  # sentences back in which a reaction finds what it is about


def is_about_both(scene: Scene, trigger: Hit, sources: list[Party], memory: Memory) -> bool:
    a, b = scene.segment(trigger.start)
    if trigger["tense"] == "quote" and _is_quoted_of_one(scene, trigger):
        return False
    content = [p for p in scene.parties if p.side in _DYAD and p not in sources and a <= p.start < b]
    sides = {p.side for p in content}
    low = scene.low[a : trigger.start] + " " + scene.low[trigger.end : b]
    if scene.grammar.verb_final and scene.field != "title" and trigger["pos"] == "verb":
        rest = scene.phrase("finite_join").first(scene.low, trigger.start, b)
        if rest is not None:  # what follows the verb and its "and" is told by another subject
            content = [p for p in content if p.start < rest.end]
            sides, low = {p.side for p in content}, scene.low[a : trigger.start]
    if trigger["act"] == "neutral" and content and _is_said_of(scene, sources, content):
        return False
    kinds = {h["kind"] for h in words("cooperation", scene.language).find(_without_other(scene, low + " " + _within(scene, trigger)))}
    other = scene.phrase("other_topic").first(low) is not None
    if _is_at_others(scene, trigger, sources):
        return False
    if sides == set(_DYAD) and trigger["act"] == "sanction" and (kinds or not other):
        return True
    own = kinds if scene.grammar.verb_final else kinds - {"contact"}  # "북중러 정상회담": three in one word meet
    if sides == set(_DYAD) and not own and _is_list(scene, content):
        return False
    if sides == set(_DYAD):
        joint = scene.phrase("joint").first(_without_other(scene, low)) is not None
        if trigger["act"] == "vote":
            return bool(kinds - {"contact"}) or joint
        judged = any(words("reaction_triggers", scene.language, pos="content", act=a).first(low) is not None for a in ("accuse", "warn", "request"))
        # "both have broken the resolutions, says the report" judges as a verb of its own would
        judged = trigger["act"] != "neutral" or (judged and any(p.kind == "state" for p in content))
        return bool(kinds) or joint or (judged and (memory.is_topical or not other)) or _is_stated(scene, trigger, memory, sources)
    if trigger["act"] == "request" and not sides and any(
        p.side not in ("", "UN") and p not in sources and 0 <= p.start - trigger.end <= _ADDRESSED for p in scene.parties
    ):
        return False  # "they called on Beijing to ...": a request to others
    reacts = memory.is_topical and scene.phrase("reacts_to").first(low) is not None  # "may it serve denuclearisation": said of the visit
    if scene.phrase("other_topic").first(low) is not None and "supply" not in kinds and not reacts:
        return False
    if reacts and not {p.side for p in sources} & set(_DYAD):
        return True
    plain = trigger["act"] == "neutral" and trigger["tense"] != "reply"
    own_sides = {p.side for p in sources}
    joint = scene.phrase("both").first(scene.low) is not None
    known = memory.title.get("both") or memory.before >= set(_DYAD)
    # what the two do together is named by what it is: "the treaty", "the deployment", "a matter for the two states"
    if scene.phrase("joint").first(low) is not None and (known or memory.is_topical or _stands(scene)):
        third = any(p.side not in ("", *_DYAD, "UN") and p.side not in own_sides for p in scene.parties)
        return not plain or bool(sides) or not third
    if kinds - {"contact"} and known and (sides or joint):
        judged = words("reaction_triggers", scene.language, pos="content").first(low) is not None
        return not plain or joint or judged or bool({"supply", "troops"} & kinds)
    stop = scene.low.find(",", trigger.end, b)  # what the comma cuts off may be another's reaction
    start = min(p.start for p in sources) if min(p.start for p in sources) < trigger.start else a
    # "before a meeting at NATO", "from Rome"
    venue = [p for p in scene.parties if p.slot in LOCAL and (p.kind == "organisation" or p.slot == "from")]
    strangers = any(
        p.side not in (*_DYAD, *own_sides) and p not in venue and start <= p.start < (stop if stop >= 0 else b) for p in scene.parties if p.side
    )
    said = words("reaction_triggers", scene.language, pos="content").first(low) if plain else None
    judged = said is not None and (not strangers or said["act"] == "warn")  # arms for another are what is threatened
    if judged and (known or memory.is_topical):
        return True  # "said it would review its policy"
    if plain and _is_stated(scene, trigger, memory, sources):
        return True
    if plain:
        if kinds - {"contact"} and not strangers and _are_told(scene, sides, memory):
            return True  # "this time it had help from Russia, according to Seoul"
        goes_on = not scene.grammar.verb_final and memory.is_topical  # "by their count, millions of shells were sent"
        return bool({"supply", "troops"} & kinds) and ("PRK" in sides or goes_on) and not strangers
    # "Tokyo voiced concern": a judgement that names no other matter is on what the article is about
    named = own_sides | {*_DYAD, "UN"}
    rest = [p for p in scene.parties if p.side and not trigger.start <= p.start < trigger.end]  # "has, together with X, said"
    if trigger["act"] == "sanction":  # whose national a firm's owner is says nothing of why it is listed
        rest = [p for p in rest if p.kind != "demonym"]
    if trigger["act"] == "warn":  # whom one threatens to arm
        named |= {"UKR"}
    # "Putin's threats require NATO to ..., the general urged": what is said stands before who says it
    said_first = trigger["act"] == "request" and scene.low[:start].rstrip(" aehint").endswith((",", "”", '"'))
    first, last = (a, start) if said_first else (start, stop if stop >= 0 else b)
    about_others = any(p.side not in named and first <= p.start < last for p in rest)
    threat = words("reaction_triggers", scene.language, pos="content", act="warn").first(low) is not None
    if about_others and not threat and not (sides and (kinds or trigger["act"] == "sanction")):
        return False
    if trigger["act"] in ("warn", "accuse", "concern") and len(sides) == 1 and not kinds - {"contact"} and _is_clause_of(scene, trigger, content):
        return False  # "warns that the regime is a threat": of one alone
    first = not any(p.side not in ("", *_DYAD) and p.start < a for p in scene.parties)
    if a > 0 and first and scene.index <= 1 and len(sides) == 1 and not kinds:
        return False  # "...; Moldova expels Russian diplomats": an item of a digest about one of the two
    if b - a < len(scene.low) - 1 and (scene.field == "title" or scene.low.count("; ") > 1):
        return "supply" in kinds  # one item of a digest stands alone
    if {p.side for p in sources} == {"UN"} and sides == {"PRK"} and not known:
        return False  # United Nations sanctions on the North alone
    if not sides and not kinds and scene.phrase("takes_topic").first(scene.low, trigger.end, trigger.end + 8) is not None:
        return False  # "Beijing warns over telephones": it names a matter of its own
    if trigger["tense"] == "reply" and not sides and not (memory.is_topical or memory.title.get("both")):
        return False  # no comment on what, only the sentence before can tell
    if trigger["act"] == "support" and not joint and not (sides and kinds) and not (known and memory.is_topical and not strangers):
        return False  # "Seoul and Tokyo welcomed ...": praise names what it praises
    begun = "dyad" in memory.title and bool(sides and kinds)  # the first sentences name both
    return bool(known or memory.is_topical or begun or _stands(scene)) or "supply" in kinds


def _are_told(scene: Scene, sides: set[str], memory: Memory) -> bool:
    """Whether the one of the two that a statement leaves out, or both, are whom the sentence just before tells of."""
    if scene.grammar.verb_final or scene.grammar.free_order or scene.previous is None:
        return False
    before = {p.side for p in scene.previous.parties}
    if not before and scene.previous.previous is not None:  # "the country had failed twice"
        before = {p.side for p in scene.previous.previous.parties}
    asked = words("cooperation", scene.language, kind="supply").first(scene.previous.low) is not None  # "Will X arm Y? Seoul says it will"
    return (bool(sides) or memory.is_topical or asked) and (sides | before) >= set(_DYAD) and not before - {"", "UKR", *_DYAD}


def _is_at_others(scene: Scene, trigger: Hit, sources: list[Party]) -> bool:
    """"Voiced alarm at China's part in it": what is judged is somebody else's doing."""
    if trigger["pos"] != "verb" or trigger["act"] not in ("concern", "accuse", "support") or scene.grammar.verb_final:
        return False
    own = {p.side for p in sources} | {*_DYAD, "UN", "UKR", ""}
    object_ = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _ADDRESSED), None)
    if object_ is None or object_.side in own or object_.slot not in ("", "of", "in") or object_.start <= trigger.start:
        return False
    about = scene.phrase("noun_object").first(scene.low, trigger.end, object_.start)
    stop = scene.low.find(",", trigger.end)
    stop = stop if stop >= 0 else len(scene.low)
    return about is not None and not any(p.side in _DYAD and p.slot != "to" and trigger.end <= p.start < stop for p in scene.parties)


def _is_said_of(scene: Scene, sources: list[Party], content: list[Party]) -> bool:
    """"북한·러시아와 연합한 중국은 무기를 공개했다": what is only said of the source is not what it says."""
    first = min(p.start for p in sources)
    if not scene.grammar.verb_final or any(p.end > first for p in content):
        return False
    of = scene.phrase("attributive_end").last(scene.low, content[-1].end, first)
    return of is not None and first - of.end <= 1


def _within(scene: Scene, trigger: Hit) -> str:
    """What a long form holds between its verb and its last word: "called the deployment of troops ... dangerous"."""
    inside = scene.low[trigger.start : trigger.end]
    return inside.partition(" ")[2].rpartition(" ")[0] if len(inside) > _LONG else ""


def _is_quoted_of_one(scene: Scene, trigger: Hit) -> bool:
    """A headline's “...” that names one side alone and nothing that the two do: what stands behind it is the paper's."""
    quote = next(((a, b) for a, b in scene.quotes if a >= trigger.start), None)
    if quote is None or len({p.side for p in scene.parties if p.start < quote[1]} & set(_DYAD)) > 1:
        return False
    if words("reaction_triggers", scene.language, pos="content").first(scene.low, *quote) is not None:
        return False
    return not any(h["kind"] != "contact" for h in words("cooperation", scene.language).find(scene.low, *quote))


def _is_clause_of(scene: Scene, trigger: Hit, content: list[Party]) -> bool:
    """Whether what is said is a clause, and its subject the one of the two that it names."""
    that = scene.phrase("that").first(scene.low, trigger.end, trigger.end + _ADDRESSED)
    return that is not None and that.start - trigger.end <= 1 and any(0 <= p.start - that.end <= 1 for p in content)


def _is_stated(scene: Scene, trigger: Hit, memory: Memory, sources: list[Party]) -> bool:
    """"According to Seoul, he may visit ...", "..., they say in Seoul": the event itself is what is stated."""
    phrase = trigger["pos"] == "phrase"
    behind = scene.grammar.free_order or scene.low[: trigger.start].rstrip().endswith(",")
    # "..., a South Korean official told reporters"
    behind = behind or (sources[0].start < trigger.start and scene.low[: sources[0].start].rstrip(" aehnt").endswith((",", "”", '"')))
    if scene.grammar.verb_final and not phrase:  # "the service reported that he would likely attend"
        told = memory.visit_at == scene.index and memory.visit.trigger.end <= trigger.start
        return told and trigger["act"] == "neutral" and scene.field != "title"
    if not phrase and (trigger["act"] != "neutral" or not behind):
        return False
    before = scene.index - 1 if phrase and scene.index > 0 and not scene.grammar.verb_final else scene.index
    return bool({before, scene.index} & {memory.visit_at, memory.pact_at})


def counterpart_of(scene: Scene, trigger: Hit, sources: list[Party]) -> str:
    """At whom: the object of the verb, or the subject of what is said; both where cooperation itself is meant."""
    content = [p for p in scene.parties if p.side in _DYAD and p not in sources and not _is_any_body(scene, p)]
    if not content:
        return "RUS+PRK"
    sides = {p.side for p in content}
    if scene.grammar.verb_final:
        return _accused(scene, trigger, content)
    after = [p for p in content if p.start >= trigger.end]
    first = (after or content)[0]
    if trigger["act"] in ("support", "concern") and after and _is_deed(scene, trigger, first):
        return "RUS+PRK"
    coordinated = {p.side for p in scene.group(first)} & set(_DYAD)
    if len(coordinated) == 2:
        return "RUS+PRK"
    if after and first.slot == "to" and first.start - trigger.end > _BLAMED and sides == set(_DYAD) and trigger["act"] in ("accuse", "neutral") and (
        first.kind != "place" or not scene.grammar.free_order or _is_supplied(scene, trigger, first)  # "the treaty concluded in Pyongyang" blames nobody more
    ):
        return "PRK" if first.side == "RUS" else "RUS"  # "claims of arms sales to Russia" blame the seller
    object_ = words("cooperation", scene.language).first(scene.low, trigger.end, first.start) if after else None
    if trigger["act"] in ("accuse", "concern") and object_ is not None and sides == set(_DYAD):
        return "RUS+PRK"  # "condemned the deliveries from the one to the other"
    if len(sides) == 1 and after and first.slot == "to" and _is_supplied(scene, trigger, first):
        return "RUS+PRK"  # "the dispatch of troops to Russia": who sends them is meant too
    second = next((p for p in after if p.start > first.start and p.side != first.side and p.kind == first.kind), None)
    if trigger["act"] == "sanction" and second is not None and second.start - first.end <= _TARGETS:
        if scene.grammar.coordinator.search(scene.low, first.end, second.start) and not second.slot:
            return "RUS+PRK"  # "11 North Koreans and 15 Russian firms"
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


def _is_deed(scene: Scene, trigger: Hit, first: Party) -> bool:
    """"Welcomed the signing, saying it could help the North": what is judged is what both did, whoever is named after the comma."""
    deed = scene.phrase("joint").first(scene.low, trigger.end, first.start)
    return deed is not None and deed.start - trigger.end <= _ADDRESSED and "," in scene.low[deed.end : first.start]


def _is_any_body(scene: Scene, party: Party) -> bool:
    """"Summoned to the foreign ministry": a ministry of no country, which the lexicon takes for one at home."""
    body = scene.phrase("generic_body").first(scene.low, party.start, party.end) if party.kind == "organisation" else None
    return body is not None and (body.start, body.end) == (party.start, party.end)


def _is_list(scene: Scene, content: list[Party]) -> bool:
    """"Russia, Iran and North Korea": the two as members of a list with others, of which each is blamed for its own."""
    if any(p.is_agent for p in content):
        return False  # leaders named together are seen together
    for p in content:
        sides = {q.side for q in scene.group(p)}
        if sides >= set(_DYAD) and sides - {"", *_DYAD}:
            return True
    pairs = [(a, b) for a, b in pairwise(content) if a.side != b.side]
    return bool(pairs) and all(_MEMBERS.fullmatch(scene.text, a.end, b.start) for a, b in pairs)


def _is_supplied(scene: Scene, trigger: Hit, to: Party) -> bool:
    return words("cooperation", scene.language, kind="supply").first(scene.low, trigger.end, to.start) is not None


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
    together = scene.phrase("together").first(scene.low, (before or content)[-1].end, trigger.start)
    if together is not None and trigger["act"] not in ("neutral", "sanction"):
        return "RUS+PRK"  # "the withdrawal of the North's troops and an end to the cooperation"
    if scene.phrase("both").first(scene.low, 0, trigger.start) is not None and trigger["act"] != "sanction":
        return "RUS+PRK"
    if len(sides) == 1:
        return next(iter(sides))
    subjects = [p for p in before if p.slot == "subj" and len({q.side for q in scene.group(p)}) == 1]
    ends = {p.side for p in before if p.slot in LOCAL}
    if len(subjects) == 1 and ends == {opposite(subjects[0].side)}:
        return subjects[0].side
    return "RUS+PRK"
