"""Who reacts where the verb does not follow its subject: behind the verb, or in the capital that opens the sentence."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._final_sources import is_outside
from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, Party
from analysis.coding.scene import Scene

__all__ = ["closes", "closing", "inverted", "is_bare", "is_inserted", "standing_in"]

_DYAD = ("RUS", "PRK")
_SUBJECT_REACH = 90
_JOINT = 16
_BEHIND = 40
_OPENS = 12


def closing(scene: Scene, trigger: Hit) -> Party | None:
    """A subject behind the verb that hands a quotation or a statement to its source: "…, said on Tuesday Mr X"."""
    before = scene.low[: trigger.start].rstrip()
    if before and not before.endswith((",", "»", "”", '"', "–", "—")):  # "This is what was said by ..." opens a sentence
        return None
    quoted = next((a for a, _ in scene.quotes if a >= trigger.end), len(scene.low))  # nobody speaks from within what he says
    told = scene.phrase("in_statement").first(scene.low, trigger.end, trigger.end + _OPENS)
    reach = _BEHIND if told is None or told.start - trigger.end > 1 else 2 * _BEHIND  # "…, denounce in a joint statement the ministers"
    behind = [p for p in scene.parties if 0 <= p.start - trigger.end <= reach and p.start < quoted and (p.side or is_bare(p))]
    # "…, said from Rome the secretary": where it was said comes before who said it
    right = next((p for p in behind if p.slot not in LOCAL or p.kind not in ("place", "state")), next(iter(behind), None))
    # "…, said the head of the Pentagon": whose head it is stands in the slot of a possessor
    if right is not None and right.slot in LOCAL and right.kind in ("place", "state") and scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end):
        return right if is_outside(right) else None  # "..., they fear in Seoul"
    if right is None or right.slot not in ("", "in", "of") or scene.low.count(",", trigger.end, right.start) % 2:
        return None
    object_ = scene.phrase("no_object").first(scene.low, trigger.end, right.start + 1) if right.slot == "of" else None
    if object_ is not None and object_.start - trigger.end <= 1:
        return None  # "…, worry about the activity of X": an object of the verb
    if not right.side:  # "Seoul will review its policy, the adviser warned": the one who will act speaks
        seat = next((p for p in scene.parties if 0 <= p.start - right.end <= 5), None)
        if seat is not None and seat.slot in LOCAL and seat.kind == "place" and is_outside(seat):
            return replace(right, side=seat.side)  # "…, said an official in Seoul"
        acting = [p for p in scene.parties if p.end <= trigger.start and is_outside(p) and p.slot == "" and p.kind != "demonym"]
        acting = acting or [p for p in scene.parties if p.end <= trigger.start and is_outside(p) and p.kind == "organisation" and p.slot == "to"]  # "proof, for the Pentagon, that ..., said its spokesman"
        return replace(right, side=acting[0].side) if len({p.side for p in acting}) == 1 else None
    return right if is_outside(right) else None


def inverted(scene: Scene, trigger: Hit) -> Party | None:
    """A subject behind its verb, past a time or a place: "..., said on Friday the minister of X", "... condemned in X"."""
    right = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _BEHIND and p.side), None)
    left, _ = scene.clause(trigger.start, trigger.end)
    object_ = words("reaction_triggers", scene.language, pos="noun").first(scene.low, left, trigger.start)
    opens = scene.low[: trigger.start].rstrip().endswith((",", "»", "”", "—", "–")) or not any(
        p.side in _DYAD and p.slot == "" and left <= p.start < trigger.start for p in scene.parties
    )
    # "Concern over what the two do was voiced by ...": the names before the verb belong to its object, which opens the clause
    opens = opens or (object_ is not None and object_.start - left <= _OPENS)
    # "The dispatch of the North's troops (accusative) condemned ...": what is judged opens the clause
    fronted = scene.phrase("fronted").first(scene.low, left, trigger.start)
    opens = opens or (fronted is not None and fronted.start - left <= _OPENS)
    # "The Russian ambassador (accusative) they summoned to the ministry of X": the envoy is the object of a plural without a subject
    summoned = [p for p in scene.parties if left <= p.start < trigger.start and p.side in _DYAD]
    opens = opens or (right is not None and right.slot in LOCAL and bool(summoned) and all("resident" in p.tags for p in summoned))
    said = right is not None and ":" in scene.low[trigger.end : right.start]  # "they state: the Council ..."
    if right is not None and opens and not said and is_outside(right) and "," not in scene.low[trigger.end : right.start]:
        local = right.slot in LOCAL and right.kind in ("place", "organisation", "state", "speaker")
        if right.slot == "" or (local and scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end)):
            return right
    first = next((p for p in scene.parties if p.side), None)
    if first is None or not is_outside(first) or first.end > trigger.start or first.start > _OPENS + scene.dateline_end:
        return None
    if first.slot in LOCAL and not scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end):
        return None
    return first if first.slot in ("", *LOCAL) and trigger.start - first.end <= _SUBJECT_REACH else None


def is_bare(p: Party) -> bool:
    """"The adviser", "the ministry": an official whose country the sentence does not say."""
    return not p.side and p.kind in ("title", "speaker") and not {"exempt", "unofficial"} & p.tags


def closes(scene: Scene, position: int) -> bool:
    """Whether what is said ends before a position: a comma, a dash or a closing quotation mark stands there."""
    before = scene.low[:position].rstrip()
    if len(before) == position and before.endswith(("’", "'")):
        return False  # "avant d'exhorter": an elision
    return before.endswith((",", "”", "»", '"', "’", "'", "–", "—")) and position > len(scene.low) // 3


def is_inserted(scene: Scene, trigger: Hit, after: Party) -> bool:
    """"South Korea, warned the minister, must not ...": verb and speaker stand between two commas in what is said."""
    return scene.low[: trigger.start].rstrip().endswith(",") and "," in scene.low[after.end : after.end + _JOINT]


def standing_in(scene: Scene, trigger: Hit) -> Party | None:
    """"In Tokyo, two ministers voiced …": officials without a country are of the capital that opens the sentence."""
    left = [p for p in scene.parties if p.end <= trigger.start]
    if not left:
        return None
    first = left[0]
    if first.kind not in ("place", "state", "organisation", "speaker") or first.slot not in LOCAL or not is_outside(first) or first.start > _OPENS + scene.dateline_end:
        return None
    if left[-1] is first and scene.phrase("impersonal").first(scene.low, first.end):
        return first  # "in Kyiv, they denounce …"
    if left[-1] is first and trigger["act"] == "vote" and first.kind == "organisation":
        return first  # "at the U.N., 120 countries passed ..."
    if left[-1] is first and scene.phrase("as_for").first(scene.low, 0, first.start):
        return first  # "as for London, it promises …"
    bare = [p for p in left if not p.side and p.kind in ("title", "speaker") and "exempt" not in p.tags]
    if not bare or trigger.start - bare[-1].end > _SUBJECT_REACH or left[-1] is not bare[-1]:
        return None
    return replace(bare[-1], side=first.side)
