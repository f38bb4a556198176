"""What belongs to one party: a body and its state, an envoy and whose he is, a person and his office; and its slot."""

from __future__ import annotations

from analysis.coding._party import Party
from analysis.coding.lexicon import Grammar, lowered, words

__all__ = ["LOCAL", "belongs", "is_body_of", "is_office_of", "is_whose", "slot_of"]

LOCAL = frozenset({"to", "in", "from"})
_SLOT_REACH = 34
_TAIL_REACH = 90
_TITLED = ("title", "exempt", "speaker")
_NAME_REACH = 48
_FRONTED = 60  # characters of a phrase before the subject


def slot_of(low: str, p: Party, g: Grammar) -> str:
    """The grammatical place of a name, by what stands right around it; empty where nothing tells."""
    before = low[max(0, p.start - _SLOT_REACH) : p.start]
    for where, slot, pattern in g.slots:
        if where == "before":
            if pattern.search(before):
                return slot
        elif pattern.match(low, p.start if where == "inside" else p.end):  # "au Nord": the name has taken its preposition in
            return slot
    return ""


def is_body_of(a: Party, b: Party, low: str, g: Grammar) -> bool:
    """"The foreign ministry of Belarus": a body that any state may have is that of the state right after it."""
    if b.kind != "state" or b.start - a.end != 1 or a.side in ("", b.side) or a.kind not in ("organisation", "title"):
        return False
    body = words("coding_phrases", g.language, kind="generic_body").last(low, a.start, a.end)
    return body is not None and body.end == a.end


def is_whose(a: Party, b: Party, low: str, g: Grammar) -> bool:
    """"The envoy of President X": X is whose envoy it is, not who."""
    if a.kind != "title" or a.persons or not b.persons or a.side not in ("", b.side):
        return False
    serves = words("coding_phrases", g.language, kind="serves").last(low, a.start, a.end)
    if serves is not None and serves.end == a.end and b.rank == "leader" and "leader" not in a.tags and b.start - a.end == 1:
        return True  # a leader is nobody's envoy: "посланник Ким Чен Ына"
    if a.side:
        return False
    of = words("coding_phrases", g.language, kind="of_person").last(low, a.end, b.start)
    return of is not None and of.start - a.end <= 1 and b.start - of.end <= 1


def is_office_of(a: Party, b: Party, low: str, g: Grammar) -> bool:
    """"패트릭 라이더 국방부 대변인", "폴란드 외교부": a ministry that any state has is of the person or state named right before it."""
    if not g.verb_final or not (a.persons or a.kind == "state") or a.side in ("", b.side) or b.kind != "organisation" or b.start - a.end != 1:
        return False
    kinds = ("generic_body", "state_body")
    return any(h is not None and h.start == b.start for h in (words("coding_phrases", g.language, kind=k).first(low, b.start, b.end) for k in kinds))


def belongs(a: Party, b: Party, text: str, g: Grammar) -> bool:
    low = lowered(text)
    if a.kind == "demonym" and b.kind == "organisation" and b.start - a.end == 1:
        # "the Ukrainian foreign ministry": a body of any state is that of the adjective before it
        return words("coding_phrases", g.language, kind="generic_body").first(low, b.start, b.end) is not None
    if a.side and b.side and a.side != b.side:
        return False
    if g.verb_final and a.kind == "title" and not a.persons and b.kind in ("state", "place", "organisation"):
        return False  # where the verb stands last, a title follows what it is a title of
    if a.kind == "title" and not a.side and b.kind in ("state", "demonym") and b.start - a.end <= _TAIL_REACH:
        if g.title_tail.fullmatch(text, a.end, b.start):
            return True
    if a.persons and not b.persons and b.kind in ("title", "organisation") and b.start - a.end <= _TAIL_REACH:
        # "X, secretary of the committee and minister": the second office follows the first without a comma
        opened = text[a.end] == "," or "," in text[a.start : a.end]
        if opened and g.apposition and g.apposition.fullmatch(text, a.end, b.start):
            return True
    if (a.persons and b.persons) or b.start - a.end > _NAME_REACH:
        return False
    # "to North Korea minister X said": a state in a slot of place is no part of the name after it
    stands = a.kind == "organisation" and b.kind in ("title", "person") and not g.verb_final  # "received in the Kremlin the minister"
    if (stands or a.kind in ("state", "place")) and b.kind != "place" and slot_of(low, a, g) in LOCAL and not _possessive(low, a, g):
        return False
    if "delegation" in a.tags and b.kind in ("state", "place", "demonym") and slot_of(low, b, g) == "to":
        return False  # "a delegation to Russia": where it goes, not whose it is
    if a.persons and "," in low[a.end : b.start] and words("coding_phrases", g.language, kind="travels").first(low, b.start, b.end):
        return False  # "led by Minister X, the delegation ..."
    if a.persons and b.kind == "title" and "," in low[a.end : b.start] and slot_of(low, a, g) == "of" and low[b.end : b.end + 1] not in (",", ""):
        if low[: a.start].count(",") == 0 and a.start < _FRONTED:
            return False  # "With a letter from Kim, the secretary of the party ...": what follows the fronted phrase is the subject
    titled = b.kind in _TITLED or a.kind in _TITLED
    apart = a.kind in ("state", "place", "demonym") or slot_of(low, a, g) in ((*LOCAL, "with") if b.kind == "speaker" else LOCAL)
    if titled and apart and "," in low[a.end : b.start]:
        return False  # "according to Moscow, the president ...": the comma ends the phrase that the capital stands in
    if not titled:
        return "," not in low[a.end : b.start] and bool(g.joiner.fullmatch(low, a.end, b.start))
    loose = a.kind == "demonym" or g.verb_final or (a.kind in ("title", "exempt", "speaker") and b.kind in ("state", "demonym", "place"))
    return bool((g.loose_joiner if loose else g.joiner).fullmatch(low, a.end, b.start))


def _possessive(low: str, a: Party, g: Grammar) -> bool:
    return low[a.end : a.end + 2] in ("'s", "’s") or g.verb_final
