"""Who reacts: the source of a verb, noun or phrase of reaction, by slot and word order."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, Party
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene

__all__ = ["is_outside", "meant", "sources_of"]

_DYAD = ("RUS", "PRK")
_SUBJECT_REACH = 90
_BEHIND = 40
_OPENS = 12


def sources_of(scene: Scene, trigger: Hit, outside: list[Party]) -> list[Party]:
    """Who reacts: the subject of a verb, the possessor or the "of" of a noun; with those coordinated with it."""
    source = _verb_final(scene, trigger, outside) if scene.grammar.verb_final else _svo(scene, trigger)
    if source is None or not _may_react(scene, source, trigger):
        return []
    if trigger["pos"] == "phrase" or source not in scene.parties:
        return [source]
    joint = [p for p in scene.group(source) if p is source or p.slot not in LOCAL]
    return [p for p in joint if is_outside(p) or p.side in _DYAD]


def meant(scene: Scene, trigger: Hit, memory: Memory) -> list[Party]:
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
    before = [p for p in scene.previous.parties if is_outside(p) and p.slot not in LOCAL and p.kind != "demonym"]
    officials = bool(bare) and len({p.side for p in before}) == 1
    return before[:1] if officials and memory.before != frozenset() else []


def is_outside(p: Party) -> bool:
    if p.side == "UN" and "minister" in p.ranks:
        return False  # a "Security Council" with a secretary is a national one
    return (bool(p.side) and p.side not in _DYAD) or p.kind == "collective"


def _svo(scene: Scene, trigger: Hit) -> Party | None:
    parties = scene.parties
    if trigger["pos"] == "noun":
        left, _ = scene.clause(trigger.start, trigger.end)
        if any(p.is_agent and p.side in _DYAD and p.slot == "" and left <= p.start < trigger.start for p in parties):
            return None  # "Peskov dismissed the concerns of ...": the dyad speaks
        owner = next((p for p in reversed(parties) if 0 <= trigger.start - p.end <= 14), None)
        apart = owner and scene.phrase("not_owner").first(scene.low, owner.end, trigger.start)
        if owner and not apart and is_outside(owner) and owner.slot not in ("in", "to"):
            return owner
        after = next((p for p in parties if 0 <= p.start - trigger.end <= 30), None)
        return after if after and is_outside(after) and after.slot in scene.grammar.owner_slots else None
    if trigger["pos"] == "phrase":
        named = next((p for p in parties if 0 <= p.start - trigger.end <= 14 and p.side), None)
        if named is None:  # "according to the spy agency in Seoul"
            named = next((p for p in parties if 0 <= p.start - trigger.end <= 36 and p.slot == "in"), None)
        return named if named and is_outside(named) else None
    after = next((p for p in parties if 0 <= p.start - trigger.end <= 14), None)
    if trigger["tense"] == "affects":  # "the alliance worries the West": who is worried stands behind
        return after if after and is_outside(after) and after.slot in ("", "of") else None
    by = next((p for p in parties if 0 <= p.start - trigger.end <= 24 and p.slot == "by"), None)
    if by is not None and is_outside(by):
        return by
    if trigger["tense"] == "participle" and scene.low.endswith((", ", ", and "), 0, trigger.start):
        # "..., calling it illegal": its subject is that of the sentence
        head = next((p for p in parties if p.end <= trigger.start and p.slot not in LOCAL and p.kind != "demonym"), None)
        return head if head is not None and is_outside(head) else None
    if after and after.start - trigger.end <= 5 and is_outside(after) and _closes(scene, trigger.start):
        return after  # "..., says Seoul"
    bare, shared = False, None
    for p in reversed([p for p in parties if p.end <= trigger.start]):
        if trigger.start - p.end > _SUBJECT_REACH and shared is None:
            break
        bare = bare or (not p.side and p.kind in ("title", "speaker"))
        if bare and p.slot == "in" and p.kind in ("place", "state") and is_outside(p):
            return p  # "in Tokyo two ministers spoke of ..."
        near = trigger.start - p.end <= 3 and "," not in scene.low[p.end : trigger.start]
        if p.slot in (*LOCAL, "with", "of") and not (near and p.kind in ("organisation", "place", "state") and p.slot in ("to", "in")):
            if p.slot == "of" and near and is_outside(p):
                return p
            continue
        if p.kind == "demonym" or (not p.side and p.kind != "collective"):
            continue
        if _coordinates(scene, p.end, trigger.start):
            shared = p  # "... the Security Council and said": the verb shares an earlier subject
            continue
        if is_outside(p):
            return p
        break
    if shared is not None and is_outside(shared):
        return shared
    if scene.grammar.free_order:
        return _inverted(scene, trigger)
    said = trigger["act"] == "neutral"
    if said and after and after.start - trigger.end <= 5 and is_outside(after) and trigger.start > len(scene.low) // 3:
        return after
    return _closing(scene, trigger) or _standing_in(scene, trigger)


def _closing(scene: Scene, trigger: Hit) -> Party | None:
    """A subject behind the verb that hands a quotation or a statement to its source: "…, said on Tuesday Mr X"."""
    if not scene.low[: trigger.start].rstrip().endswith((",", "»", "”", '"', "–", "—")):
        return None
    right = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _BEHIND and p.side), None)
    if right is None or not is_outside(right) or right.slot not in ("", "in") or "," in scene.low[trigger.end : right.start]:
        return None
    return right


def _standing_in(scene: Scene, trigger: Hit) -> Party | None:
    """"In Tokyo, two ministers voiced …": officials without a country are of the capital that opens the sentence."""
    left = [p for p in scene.parties if p.end <= trigger.start]
    bare = [p for p in left if not p.side and p.kind in ("title", "speaker") and "exempt" not in p.tags]
    if not bare or trigger.start - bare[-1].end > _SUBJECT_REACH or left[-1] is not bare[-1]:
        return None
    first = scene.parties[0]
    if first.kind in ("place", "state") and first.slot in LOCAL and is_outside(first) and first.start <= _OPENS + scene.dateline_end:
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
    if right is not None and opens and is_outside(right) and "," not in scene.low[trigger.end : right.start]:
        local = right.slot in LOCAL and right.kind in ("place", "organisation", "state", "speaker")
        if right.slot == "" or (local and scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end)):
            return right
    first = next((p for p in scene.parties if p.side), None)
    if first is None or not is_outside(first) or first.end > trigger.start or first.start > _OPENS + scene.dateline_end:
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
