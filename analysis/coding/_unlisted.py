"""What a sentence tells by no word of the lexicons: proposed by likeness (`likely`), with roles from the parties alone."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.coding._acts import is_in_question, is_speculation
from analysis.coding._final_sources import is_outside
from analysis.coding._levels import level_of
from analysis.coding._meetings import meet
from analysis.coding._sources import may_react
from analysis.coding._topic import counterpart_of
from analysis.coding._visit import Visit, visit_to
from analysis.coding.agreements import Agreement
from analysis.coding.lexicon import Hit, words
from analysis.coding.likely import likelihood
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.reactions import Reaction, by_bloc
from analysis.coding.roles import Memory, is_resident
from analysis.coding.scene import Scene

__all__ = ["unlisted_agreements", "unlisted_reactions", "unlisted_visits"]

_DYAD = ("RUS", "PRK")
_OPENING = 24  # characters of a verb of saying and an article before who says it
_AUXILIARY = 24  # characters of "is expected to", after who is to do it
# probabilities from which a sentence is taken for one; chosen on the development halves of fresh lists (docs/METHODS.md)
_REACTION, _VISIT, _UNDATED, _TAKEN_UP = 0.5, 0.5, 0.7, 0.7
_AGREEMENT, _AXIS = 0.8, 0.7
_BEFORE = 2  # sentences since the article told of the journey
_ACTS = ("sanction", "vote", "warn", "accuse", "request", "concern", "support")  # which of two words names the act
_WORD = re.compile(r"\w+")
_OPENS = 4  # characters of a preposition that opens a sentence
_SHORTEST = 3  # spaces: a dateline is no sentence
_HEARD = ("unofficial", "media", "exempt")
_WEIGHT = 0.5  # a sentence whose words the lexicons know says more of an event


def unlisted_reactions(scene: Scene, memory: Memory) -> list[Reaction]:
    """Return the reaction of those of third countries whom a sentence of the text names, or who spoke before."""
    if scene.field == "title" or scene.low.count(" ") < _SHORTEST:
        return []  # what a title tells, the text tells with its source
    named = {p.side for p in scene.parties}
    if _is_passed_over(scene) or not (named >= set(_DYAD) or memory.is_topical or memory.before >= set(_DYAD) or memory.title.get("both")):
        return []
    sources = _sources(scene, memory)
    if not sources:
        return []
    here = [p for p in sources if p in scene.parties]
    trigger = _told_by(scene, here[0].end if here else 0)
    if here and not may_react(scene, here[0], trigger):
        return []
    if not named >= set(_DYAD) and any(_is_object(p) and p.side not in {s.side for s in sources} for p in scene.parties):
        return []  # "he urged the Europeans to buy no Russian oil": on the dealings of others
    probability = likelihood(scene, "reaction")
    if probability < (_AXIS if _is_of_more(scene) else _REACTION):
        return []
    counterpart = counterpart_of(scene, trigger, sources)
    out = []
    for bloc, members in by_bloc(sources).items():
        actor = "+".join(dict.fromkeys(p.side for p in members if p.side))
        persons = tuple(dict.fromkeys(n for p in members for n in p.persons))
        out.append(Reaction(trigger, trigger["act"], _status(scene, trigger), actor, counterpart, bloc, persons, _reason(probability), probability,
                            (trigger.start, trigger.end), here[0].start if here else 0, is_listed=False, sources=tuple(sources)))
    return out


def _is_of_more(scene: Scene) -> bool:
    """"Russia, Iran and North Korea want ...": a remark on more than the two."""
    one = next((p for p in scene.parties if p.side in _DYAD), None)
    return one is not None and any(is_outside(p) and p.kind == "state" for p in scene.group(one))


def _is_object(p: Party) -> bool:
    """Whether a party outside the two may be whose dealings a remark is on: not the UN, whose resolutions are called up."""
    return is_outside(p) and not (p.side == "UN" and p.slot == "of")


def _status(scene: Scene, trigger: Hit) -> str:
    """"Kyiv will raise it at the UN": what the first word after the source puts ahead is planned."""
    if scene.grammar.verb_final:
        return "made"
    ahead = scene.phrase("ahead").first(scene.low, trigger.start, trigger.end + _AUXILIARY)
    return "planned" if ahead is not None and ahead.start == trigger.start else "made"


def _is_passed_over(scene: Scene) -> bool:
    """Whether the rules know the sentence for none: on another matter, a guess, a question, or said by the two sides themselves."""
    if scene.phrase("other_topic").first(scene.low) is not None:
        return True
    known = [h for h in words("reaction_triggers", scene.language).find(scene.low) if h["pos"] != "content"]
    if any(is_speculation(scene, h) or is_in_question(scene, h) or scene.low[: h.start].endswith("-") for h in known):
        return True
    first = next((p for p in scene.parties if p.kind != "demonym" and p.kind != "exempt"), None)
    return first is not None and first.side in _DYAD and first.slot in ("", "subj", "topic")


def unlisted_visits(scene: Scene, memory: Memory) -> list[Visit]:
    """Return the visit of a person of the one side whom a sentence puts beside a place, or a person, of the other.

    The less the sentence itself says of who goes where, and when, the surer the likeness must be.
    """
    if scene.field == "title" or scene.low.count(" ") < _SHORTEST:
        return []
    movers = [p for p in scene.agents() if p.side in _DYAD and not is_resident(p) and _may_go(scene, p)]
    visit, least = None, _VISIT
    if movers and scene.times:
        visit = _to_place(scene, movers) or _with_other(scene, movers, memory)
    elif not any(p.kind == "exempt" for p in scene.parties) and len({p.side for p in scene.agents()} & set(_DYAD)) == 1:
        # without a day, of two who are named together one may have written to the other, and troops are where they were sent
        visit, least = _to_place(scene, movers, in_one_clause=True), _UNDATED
    if visit is None:
        visit, least = _taken_up(scene, movers, memory), _TAKEN_UP
    if visit is None or (probability := likelihood(scene, "visit")) < least or words("visit_blocks", scene.language).first(scene.low) is not None:
        return []
    if any(scene.phrase(f"question_{where}").first(scene.low) is not None for where in ("before", "after")):
        return []  # "did not say whether to expect him in May"
    return [replace(visit, reason=_reason(probability), is_listed=False, needs_day=probability < _UNDATED)]


def _may_go(scene: Scene, p: Party) -> bool:
    """Whether a party is one that does something: where the verb stands last its particle says so; not who is only quoted."""
    if scene.grammar.verb_final:
        return p.slot in ("subj", "topic")
    said = words("voice", scene.language, kind="verb").last(scene.low, max(0, p.start - _OPENING), p.start)
    return said is None or p.start - said.end > _OPENS or not scene.low[: said.start].rstrip().endswith(",")


def _taken_up(scene: Scene, movers: list[Party], memory: Memory) -> Visit | None:
    """The journey that the article tells of, of which a sentence names one end: who goes, or where to."""
    if any(is_resident(p) or p.kind == "exempt" for p in scene.parties) or {p.side for p in scene.agents()} >= set(_DYAD):
        return None  # who is posted there receives, and of two who are named either may be the host
    if "event" in memory.title or (memory.visit is not None and memory.visit.direction == "third"):
        return None  # they meet in a third country
    places = [p for p in scene.parties if p.kind in ("place", "state") and p.side in _DYAD and p.slot in LOCAL and p.slot != "from"]
    going = next((m for m in movers if not any(q.side == m.side for q in places)), None)
    if going is None and places and len({q.side for q in places}) == 1:
        going = memory.recall(opposite(places[0].side))
        going = going if going is not None and going.persons else None
    told = memory.visit
    if told is None and not places and any(p.kind == "place" for p in scene.parties):
        return None  # a place that nobody is said to be at
    if told is not None and not places and (going.side != told.mover if going is not None else not scene.parties and scene.index - memory.visit_at <= _BEFORE):
        going = next((p for p in told.parties if p.side == told.mover), None)  # the host does not travel
    if going is None or going.side not in _DYAD or is_resident(going):
        return None
    if any(is_outside(p) and (p.is_agent or (p.kind in ("place", "state") and p.slot in LOCAL)) for p in scene.parties):
        return None  # "in Beijing", "a summit with the leader of Belarus"
    start, end = _verb_after(scene, going.end if going in scene.parties else 0)
    trigger = Hit(start, end, {"frame": "stay", "tense": "noun", "goes_to": "", "note": "", "form": ""})
    place = places[0] if places and places[0].side != going.side else None
    return visit_to(scene, trigger, going, opposite(going.side), place, _WEIGHT)


def unlisted_agreements(scene: Scene, memory: Memory) -> list[Agreement]:
    """Return the step of an agreement between the two that a sentence of the text tells, where nobody else is named.

    Its stage is that of the word of a stage that stands first; without one a line or a bridge runs, and a pact is signed.
    """
    if scene.field == "title" or scene.low.count(" ") < _SHORTEST:
        return []
    sides = {p.side for p in scene.parties if p.side}
    if sides - set(_DYAD) or not (sides >= set(_DYAD) or "dyad" in memory.title or memory.before >= set(_DYAD)):
        return []
    named = words("agreement_triggers", scene.language).first(scene.low)
    cue = words("agreement_stages", scene.language).first(scene.low)
    if (named is None and cue is None) or (probability := likelihood(scene, "agreement")) < _AGREEMENT:
        return []  # without any word of an agreement nothing shows its stage
    if scene.phrase("other_topic").first(scene.low) is not None:
        return []
    service = named is not None and named["kind"] == "service"
    if named is None:
        start, end = _verb_after(scene, 0)
        named = Hit(start, end, {"kind": "pact", "form": ""})
    stage = cue["stage"] if cue is not None else "implemented" if service else "signed"
    if stage == "mooted":
        return []  # what is only talked of has many words, and the rules know them
    cue = cue or named
    first = next((p.side for p in scene.parties if p.side in _DYAD and p.slot != "with"), "RUS")
    reason = f"no rule joins its words; {probability:.0%} like the sentences coders marked"
    return [Agreement(named, cue, stage, level_of(scene, named), first, (), reason, probability, is_listed=False)]


def _to_place(scene: Scene, movers: list[Party], *, in_one_clause: bool = False) -> Visit | None:
    places = [p for p in scene.parties if p.kind in ("place", "state") and p.side in _DYAD and p.slot not in ("from", "with")]
    pairs = [(m, q) for m in movers for q in places if q.side == opposite(m.side)]
    if in_one_clause:
        pairs = [(m, q) for m, q in pairs for left, right in [scene.clause(m.start, m.end)] if left <= q.start < right]
    if not pairs:
        return None
    mover, place = min(pairs, key=lambda x: (x[1].slot not in LOCAL, abs(x[0].start - x[1].start)))
    a, b = sorted((mover, place), key=lambda p: p.start)
    if any(p.is_agent and p.side == place.side and a.end <= p.start < b.start for p in scene.parties):
        return None  # "... Putin. Kim sets out from Pyongyang": at home
    return visit_to(scene, _between(a, b, "stay"), mover, place.side, place, _WEIGHT)


def _with_other(scene: Scene, movers: list[Party], memory: Memory) -> Visit | None:
    two = [next((p for p in movers if p.side == s), None) for s in _DYAD]
    if not all(two) or any(is_outside(p) and p.kind not in ("place", "state") for p in scene.parties):
        return None
    a, b = sorted(two, key=lambda p: p.start)
    trigger = _between(a, b, "meet")
    scene.triggers = [(trigger.start, trigger.end)]
    return meet(scene, trigger, memory)


def _told_by(scene: Scene, end: int) -> Hit:
    """The word after the source, or the last one where the verb stands last, as if the lexicon had it."""
    start, end = _verb_after(scene, end)
    return Hit(start, end, {"act": _act(scene), "pos": "verb", "tense": "past", "form": ""})


def _verb_after(scene: Scene, end: int) -> tuple[int, int]:
    found = [m.span() for m in _WORD.finditer(scene.low, end)] or [(end, end)]
    return found[-1 if scene.grammar.verb_final else 0]


def _between(a: Party, b: Party, frame: str) -> Hit:
    """What stands between two parties, as if it were a word of a visit."""
    return Hit(a.end, b.start, {"frame": frame, "tense": "noun", "goes_to": "", "note": "", "form": ""})


def _sources(scene: Scene, memory: Memory) -> list[Party]:
    """Whose words or deeds a sentence tells: its subject, or who is named by its place, else who spoke last."""
    named = [p for p in scene.parties if p.start >= scene.dateline_end and is_outside(p) and p.kind not in ("demonym", "exempt") and not p.tags & set(_HEARD)]
    subject = [p for p in named if p.slot in ("", "subj", "by", "topic")] or [p for p in named if p.slot in ("in", "of")]
    subject = subject or [p for p in named if p.kind == "place" and p.slot in LOCAL and p.start - scene.dateline_end <= _OPENS]  # "À Tokyo, le gouvernement ..."
    speaks = [p for p in scene.parties if p.side in _DYAD and (p.is_agent or p.kind == "speaker") and p.slot in ("", "subj")]
    if subject and subject[0].slot in ("in", "of") and speaks:
        return []  # "the minister called the words of American officials an invention"
    if subject:
        return [p for p in scene.group(subject[0]) if p in named]
    if named or any(p.side in _DYAD and p.is_agent and p.slot in ("", "subj") for p in scene.parties):
        return []
    before = [p for p in memory.reactors or memory.speakers if is_outside(p)]
    third = memory.title.get("third")
    return before or ([third] if third is not None else [])


def _act(scene: Scene) -> str:
    acts = {h["act"] for h in words("reaction_triggers", scene.language).find(scene.low)}
    return next((a for a in _ACTS if a in acts), "neutral")


def _reason(probability: float) -> str:
    return f"no word of the lexicon; {probability:.0%} like the sentences coders marked"
