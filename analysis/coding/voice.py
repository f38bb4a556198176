"""Whose words a trigger stands in: the narrator's, or those of a source that is named."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import Party
from analysis.coding.scene import Scene

__all__ = ["IN_MARKS", "Voice", "voice_of"]

IN_MARKS = "inside quotation marks"

_SOURCE_REACH = 90
_NEAR = 34
_OF = 20  # characters from an official to the body that he is of
_MARKS = 4  # characters of quotation marks and their spaces
_OPENS = 3
_DASHES = (" – ", " — ", " - ")


@dataclass(frozen=True)
class Voice:
    """``name`` is narrator or quoted; ``speaker`` the source as written; the span is the evidence."""

    name: str
    speaker: str = ""
    start: int = 0
    end: int = 0
    reason: str = ""


def voice_of(scene: Scene, start: int, end: int, *, but_not: frozenset[str] = frozenset()) -> Voice:
    """Return whose words the span ``start`` to ``end`` of the sentence is in.

    Quoted: inside quotation marks, or in the complement of a verb of saying, or beside "according to", with a source that
    is named. A source that is not named ("officials say", "a report") leaves the narrator in charge.

    Parameters
    ----------
    scene : Scene
    start, end : int
        Span of the trigger.
    but_not : frozenset of str
        Sides whose verb of saying does not count: a reaction's own verb is the narrator's.
    """
    for a, b in scene.quotes:
        if a <= start and end <= b and b - a - (end - start) > _MARKS:  # a name in quotation marks is no quotation
            return Voice("quoted", _speaker_around(scene, a, b), a, b, IN_MARKS)
    if scene.grammar.verb_final:
        return _verb_final(scene, end, but_not)
    for verb in words("voice", scene.language, kind="verb").find(scene.low):
        if verb.start < end and start < verb.end:
            continue
        if verb.start == 0 and not scene.grammar.free_order:
            continue  # "Reports that ...": what opens a sentence is no verb with a subject
        source = _pronoun(scene, verb) or _subject(scene, verb)
        if source is None or source.side in but_not or _is_unnamed(scene, source) or (but_not and not source.side):
            continue  # "..., a diplomat let it be understood": of whoever reacts
        # the complement follows its verb; where the verb closes the sentence, it went before
        trails = not scene.low[verb.end :].strip(" .,!?»”\"'") or _trails(scene, verb, source)
        # "of the coming visit spoke the Kremlin": what is told opens the sentence
        trails = trails or (end <= min(verb.start, source.start) and scene.phrase("of_what").first(scene.low, 0, start) is not None)
        if verb.end <= start and ("; " in scene.low[verb.end : start] or _breaks_off(scene, verb.end, start)):
            continue
        if (verb.end <= start and not trails) or (trails and end <= min(verb.start, source.start)):
            if start >= source.end or end <= source.start:
                return Voice("quoted", _name(scene, source), verb.start, verb.end, "in the complement of a verb of saying")
    head = next((p for p in scene.parties if p.start <= _OPENS), None)
    if head is not None and scene.low.startswith(": ", head.end) and head.end < start and _can_say(head) and head.side not in but_not:
        if not _is_unnamed(scene, head) and not _is_label(scene, head):
            return Voice("quoted", _name(scene, head), head.end, head.end + 1, "after the colon of a headline")
    tail = scene.parties[-1] if scene.parties and scene.field == "title" else None
    if tail is not None and tail.end >= len(scene.low.rstrip()) and scene.low[: tail.start].endswith(_DASHES) and end < tail.start:
        if tail.side not in but_not and _can_say(tail) and not _is_unnamed(scene, tail):
            return Voice("quoted", _name(scene, tail), tail.start, tail.end, "before the dash and the source that close a headline")
    for told in words("voice", scene.language, kind="anaphor").find(scene.low):
        if (not but_not and end <= told.start) or (told.end <= start and not but_not):
            return Voice("quoted", scene.text[told.start : told.end], told.start, told.end, "in the words of one named before")
    for phrase in words("voice", scene.language, kind="phrase").find(scene.low):
        source = next((p for p in scene.parties if 0 <= p.start - phrase.end < _NEAR), None)
        if _OPENS < phrase.start and phrase.end <= start and _breaks_off(scene, phrase.end, start):
            continue  # "..., quoted by the agencies, after he had met"
        if source and not (source.start < end and start < source.end) and not _is_unnamed(scene, source):
            if source.side not in but_not:
                return Voice("quoted", _name(scene, source), phrase.start, phrase.end, "beside a phrase of attribution")
    return Voice("narrator")


def _is_label(scene: Scene, head: Party) -> bool:
    """"North Korea: Kim shows off ...": a country before the colon that the headline is about, and its own person right behind."""
    after = next((p for p in scene.parties if 0 <= p.start - head.end <= _OPENS), None)
    return head.kind in ("state", "place") and after is not None and after.side == head.side and after.is_agent


def _breaks_off(scene: Scene, a: int, b: int) -> bool:
    """Whether what lies between no longer depends on the verb: "said during his visit", "days after"."""
    cut = scene.phrase("breaks_off").first(scene.low, a, b)
    return cut is not None and scene.phrase("that").first(scene.low, a, cut.start) is None


def _subject(scene: Scene, verb: Hit) -> Party | None:
    before = [p for p in scene.parties if p.end <= verb.start and p.slot not in ("in", "to", "from", "with", "of")]
    left = before[-1] if before and verb.start - before[-1].end <= _SOURCE_REACH else None
    right = next((p for p in scene.parties if 0 <= p.start - verb.end <= _NEAR and "unofficial" not in p.tags), None)
    inverted = scene.low[: verb.start].rstrip().endswith((",", "»", "”", '"', "–", "—")) and not _goes_on(scene, verb)
    if inverted and right and _can_say(right) and right.start - verb.end <= _NEAR:
        return right
    if left and _can_say(left) and (verb.start - left.end <= _NEAR or right is None or not _can_say(right)):
        return left
    if right and _can_say(right) and right.start - verb.end <= 12:
        return right
    return left if left and _can_say(left) else None


def _trails(scene: Scene, verb: Hit, source: Party) -> bool:
    """Whether "..., the ministry said on Friday." or "..., сообщил Ушаков." closes the sentence."""
    first = min(verb.start, source.start)
    of = next((p for p in reversed(scene.parties) if p.end <= source.start), None)
    if of is not None and of.kind == "title" and not of.side and source.start - of.end <= _OF and "," not in scene.low[of.end : source.start]:
        first = min(first, of.start)  # "..., an official of its ministry said"
    before = scene.low[:first].rstrip()
    if before.endswith((" the", " an", " a", "la", "le", "l'", "l’")):
        before = before.rsplit(None, 1)[0].rstrip() if " " in before else ""
    inverted = source.start >= verb.end and not scene.grammar.free_order and not _goes_on(scene, verb)  # "..., announced the agency, while ...": a parenthesis
    rest = 0 if inverted else len(scene.low) - max(verb.end, source.end)
    return before.endswith((",", "”", "»", '"', "–", "—", "’", "'")) and len(before) > 20 and rest < 60


def _goes_on(scene: Scene, verb: Hit) -> bool:
    """"Warned the North, saying it would pay": a participle's subject stands before it, and what is said behind."""
    return scene.phrase("saying").first(scene.low, verb.start, verb.end) is not None


def _can_say(party: Party) -> bool:
    return party.kind in ("person", "title", "organisation", "state", "place", "collective", "speaker")


def _is_unnamed(scene: Scene, party: Party) -> bool:
    """Officials and reports are no names; "the ministry", "his spokesman" are."""
    if party.side or party.persons or "media" in party.tags:
        return False
    return scene.phrase("named_source").first(scene.low, party.start, party.end) is None


def _pronoun(scene: Scene, verb: Hit) -> Party | None:
    """"..., he said": whoever the sentence before names as a person."""
    said = scene.phrase("sayer").last(scene.low, max(0, verb.start - 8), verb.start)
    if said is None or verb.start - said.end != 1 or scene.previous is None:
        return None
    people = [p for p in scene.previous.parties if p.kind in ("person", "title") and p.side and "exempt" not in p.tags]
    return replace(people[0], start=said.start, end=said.end) if people else None


def _verb_final(scene: Scene, end: int, but_not: frozenset[str]) -> Voice:
    ending = words("voice", scene.language, kind="ending").first(scene.low, end)
    if ending is not None:
        after = [p for p in scene.parties if p.start >= ending.end and (_can_say(p) or p.kind == "speaker") and p.side]
        before = [p for p in scene.parties if p.end <= end and p.slot == "subj" and _can_say(p) and p.side]
        source = after[0] if after else before[0] if before else None
        unnamed = words("voice", scene.language, kind="unnamed").first(scene.low, ending.end)
        agency = words("voice", scene.language, kind="agency").first(scene.low, ending.end)
        if agency is not None and not unnamed and not after:  # "the agency added": named in a sentence before
            return Voice("quoted", scene.text[agency.start : agency.end], ending.start, ending.end, "in the complement of a verb of saying")
        if source is None and unnamed is None:
            source = _still_speaking(scene, ending)
        if source and source.side not in but_not and not (unnamed and not after):
            return Voice("quoted", _name(scene, source), ending.start, ending.end, "in the complement of a verb of saying")
    phrase = words("voice", scene.language, kind="phrase").first(scene.low)
    if phrase is not None:
        source = next((p for p in scene.parties if p.end <= phrase.start and phrase.start - p.end <= 6 and p.side), None)
        if source and source.side not in but_not:
            return Voice("quoted", _name(scene, source), phrase.start, phrase.end, "beside a phrase of attribution")
    return Voice("narrator")


def _still_speaking(scene: Scene, ending: Hit) -> Party | None:
    """"..., 덧붙였다": where a verb of saying has no subject, whoever spoke in the sentence before goes on."""
    verb = words("voice", scene.language, kind="verb").first(scene.low, ending.end)
    told = scene.previous
    if verb is None or told is None or any(p.slot == "subj" and p.start >= ending.end for p in scene.parties):
        return None
    if words("voice", scene.language, kind="ending").first(told.low) is None:
        return None
    said = [p for p in told.parties if p.slot == "subj" and p.side and _can_say(p)]
    return replace(said[0], start=verb.start, end=verb.end) if said else None


def _speaker_around(scene: Scene, a: int, b: int) -> str:
    for verb in words("voice", scene.language, kind="verb").find(scene.low):
        if a <= verb.start < b:
            continue
        source = _subject(scene, verb)
        if source and not a <= source.start < b:
            return _name(scene, source)
    if b >= len(scene.text) and scene.following is not None and scene.following.quotes:
        first = scene.following.quotes[0]
        if first[0] == 0:  # the quotation runs on: who speaks is named where it closes
            return _speaker_around(scene.following, *first)
    outside = [p for p in scene.parties if p.end <= a and p.is_agent] or [p for p in scene.parties if p.end <= a]
    return _name(scene, outside[0]) if outside else ""


def _name(scene: Scene, party: Party) -> str:
    return scene.text[party.start : party.end]
