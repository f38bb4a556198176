"""From what a sentence tells to mentions: status, date and voice of each visit, agreement and reaction."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from analysis.coding._unlisted import unlisted_agreements, unlisted_reactions, unlisted_visits
from analysis.coding.agreements import Agreement, find_agreements
from analysis.coding.lexicon import Hit, words
from analysis.coding.mention import Cue, Mention
from analysis.coding.parties import opposite
from analysis.coding.reactions import Reaction, find_reactions
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene
from analysis.coding.status import visit_status
from analysis.coding.subjects import subject_of
from analysis.coding.timing import Asked, Date, next_day, when
from analysis.coding.visits import Visit, find_visits
from analysis.coding.voice import voice_of

__all__ = ["mentions_in"]

_PURPOSE = 24  # characters from a journey to the meeting that it was made for
_GOVERNED = 60  # characters from a verb of motion to the noun that depends on it
_PLAN = 16  # characters of "scheduled" before "to"
_PARTICLE = 3  # characters of "to"
_BESIDE = 8  # characters from an infinitive to its own day
_ANY_TEXT = "text"  # frame of an agreement that is only called "the document"
_NEWS = dt.timedelta(days=180)
_YEAR = re.compile(r"\d{4}")
_TOLD = ("signed", "ratified")  # stages that are steps done on a day
# "he went on", "laid a wreath": a sentence that takes the visit as known says less about it than one that names it
_TOUCHED, _SEEN, _NOWHERE = 2.7, 1.8, 0.4


def mentions_in(scene: Scene, memory: Memory) -> list[Mention]:
    """Return what a sentence tells, and let the article remember its last visit and who reacted."""
    found = find_visits(scene, memory) or unlisted_visits(scene, memory)
    sure = [v for v in found if v.is_listed]
    told = next((v for v in reversed(sure) if v.direction), sure[-1] if sure and memory.visit is None else None)
    if told is not None:
        memory.visit, memory.visit_at = told, scene.index
    agreed = find_agreements(scene, memory) or unlisted_agreements(scene, memory)
    if agreed:
        memory.pact, memory.pact_at = agreed[-1], scene.index
    reacted = find_reactions(scene, memory) or unlisted_reactions(scene, memory)
    if reacted or any(p.side for p in scene.parties):  # a sentence that names nobody leaves in mind who reacted before it
        memory.reactors = [p for r in reacted for p in r.sources]
    going = [(v.trigger.start, v.trigger.end) for v in found]
    signing = [(a.cue.start, a.cue.end) for a in agreed]
    saying = [(r.trigger.start, r.trigger.end) for r in reacted]
    rivals = {v.trigger.start: _apart(signing + saying, v.trigger) for v in found}
    visits = [_visit(scene, v, rivals=rivals[v.trigger.start], others=_of_other_status(scene, v, found)) for v in found]
    return [
        *_one_visit_each(scene, [m for v, m in zip(found, visits, strict=True) if m.date_start or not v.needs_day]),
        *[_agreement(scene, a, rivals=going + saying) for a in agreed],
        *[_reaction(scene, r) for r in reacted],
    ]


def _apart(rivals: list[tuple[int, int]], trigger: Hit) -> list[tuple[int, int]]:
    """"Had gone to conclude in June": what shares the trigger's words shares its day."""
    return [r for r in rivals if r[1] <= trigger.start or trigger.end <= r[0]]


def _of_other_status(scene: Scene, visit: Visit, found: list[Visit]) -> list[tuple[int, int]]:
    """Triggers of the sentence's visits that have another status, each of which has its own time."""
    if len(found) < 2:
        return []
    own = visit_status(scene, visit.trigger).status
    read = [(v.trigger, visit_status(scene, v.trigger)) for v in found]
    return [(t.start, t.end) for t, status in read if status.is_sure and status.status != own and not _opens_purpose(scene, t.end)]


def _one_visit_each(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """"Left for Russia on a visit", "left to visit Russia": the verb of motion speaks for the noun and the purpose."""
    out = []
    for m in mentions:
        others = [k for k in mentions if k is not m and k.direction == m.direction]
        if m.status == "planned" and scene.grammar.verb_final and _is_made_for(scene, m, others):
            continue
        moved = any(k.status == "held" and (k.tense == "past" or k.frame == "stay") and k.trigger_start < m.trigger_start for k in others)
        # a present with a purpose, "arrives to meet", is not read by its purpose
        if m.status == "planned" and any(k.status == "cancelled" and k.trigger_start > m.trigger_start for k in others):
            continue  # "due on Wednesday in X, the minister put off his journey"
        surer = [k for k in others if k.is_sure and (m.tense != "present" or k.status == "held") and not (k.tense == "noun" and _governs(m, k))]
        if surer and not m.is_sure and m.tense != "leaving":
            continue
        if m.tense == "noun" and any(_governs(k, m) for k in others):
            continue
        if m.tense == "progressive" and any(k.tense == "past" and m.date_start and k.date_start == m.date_start for k in others):
            continue  # "has travelled to Russia, arriving on Tuesday"
        invited = any(k.frame == "invite" and 0 < m.trigger_start - k.trigger_end <= 80 for k in mentions)
        if m.frame in ("go", "stay") and m.status == "planned" and (((m.tense == "base" or (m.frame == "stay" and not m.date_start)) and moved) or (m.tense != "past" and invited)):
            continue
        near = any(k.status == "held" and k.tense == "past" and 0 <= m.trigger_start - k.trigger_end <= _PURPOSE for k in others)
        if m.frame == "meet" and m.tense == "base" and m.status == "planned" and near and not m.date_start:
            continue  # "travelled to Wonsan to see Kim"
        if m.frame == "meet" and m.status == "planned" and not m.date_start and _is_only_purpose(scene, m) and any(
            k.frame == "go" and k.status == "held" and k.tense in ("past", "present") and 0 <= m.trigger_start - k.trigger_end <= _GOVERNED
            and "," not in scene.low[k.trigger_end : m.trigger_start] for k in mentions
        ):
            continue  # "left by train for a meeting with Putin", where "for an expected meeting" would be news of its own
        out.append(m)
    return out


def _is_made_for(scene: Scene, purpose: Mention, others: list[Mention]) -> bool:
    """"In order to attend, left on the 17th": where the verb stands last, the purpose stands before the journey made for it."""
    made = any(k.status == "held" and k.frame in ("go", "stay") and 0 < k.trigger_start - purpose.trigger_end <= _GOVERNED for k in others)
    return made and _opens_purpose(scene, purpose.trigger_end)


def _opens_purpose(scene: Scene, end: int) -> bool:
    """Whether what stands right behind a verb makes it the purpose of a verb to come."""
    tail = scene.phrase("purpose_tail").first(scene.low, end, end + 2 * _PARTICLE) if scene.grammar.verb_final else None
    return tail is not None and tail.start == end


def _is_only_purpose(scene: Scene, meeting: Mention) -> bool:
    """Whether no more than a particle, "to" or "for", says that it lies ahead."""
    cue = next(c for c in meeting.cues if c.kind == "status")
    if len(cue.text.strip()) > _PARTICLE or cue.end > meeting.trigger_start:
        return False
    plan = words("status_cues", scene.language, status="planned", kind="noun", where="before").last(scene.low, max(0, cue.start - _PLAN), cue.start)
    return plan is None or cue.start - plan.end > 1  # not "expected to meet"


def _governs(verb: Mention, noun: Mention) -> bool:
    """"Arrived on a visit": the verb just before says all that the noun says."""
    near = verb.tense != "noun" and 0 <= noun.trigger_start - verb.trigger_end <= _GOVERNED
    return near and verb.status == noun.status and verb.detail == noun.detail and noun.date_start in ("", verb.date_start)


def _visit(scene: Scene, v: Visit, *, rivals: list, others: list) -> Mention:
    status = visit_status(scene, v.trigger)
    tense = status.status if status.is_sure or not scene.grammar.verb_final else ""
    is_told = v.trigger["tense"] == "past" and status.status == "held" and status.is_sure
    date = when(scene, Asked(v.trigger.start, v.trigger.end, is_sure=status.is_sure, status=tense, is_invitation=v.trigger["frame"] == "invite",
                rivals=rivals, others=others, is_told=is_told))
    if v.trigger["note"] == "then" and not date.start and (day := scene.anchor()):
        date = Date(day, day, "day", v.trigger.start, v.trigger.end, "at the time of what was told just before")
    if status.status == "cancelled" and 0 <= date.at - status.end <= _BESIDE and scene.phrase("put_off").first(scene.low, status.start, status.end) is not None:
        date = Date()  # "put off to the autumn": the new day
    latest = next_day(scene.published) if is_told else scene.published
    ahead = scene.published and date.start > latest[: len(date.start)]
    if ahead and (not status.is_sure or status.status == "held"):
        status = replace(status, status="planned", reason="its date is still to come", is_sure=True)
    if v.trigger["tense"] == "present" and (not status.is_sure or v.trigger["note"] == "event") and _is_ahead(scene, v.trigger, date):
        status = replace(status, status="planned", reason="the day it names is yet to come", is_sure=True)
        date = when(scene, Asked(v.trigger.start, v.trigger.end, status="planned", rivals=rivals))
    weak = scene.phrase("purpose").first(scene.low, status.start, status.end)
    weak = (weak is not None and weak.start == status.start) or status.start == v.trigger.start  # "chose to receive", not "must receive"
    if v.trigger["tense"] == "base" and status.status == "planned" and (not date.start or weak):
        past = when(scene, Asked(v.trigger.start, v.trigger.end, status="held"))
        if past.precision == "day" and past.end < scene.published and 0 <= past.at - v.trigger.end <= _BESIDE:
            status, date = replace(status, status="held", reason="its own day is over"), past  # "chose to receive, on Monday, ..."
    actor = v.mover
    counterpart = opposite(actor)
    if v.direction == "third":
        actor, counterpart = "RUS", "PRK"
    cues = [
        Cue("status", status.start, status.end, scene.text[status.start : status.end], status.reason),
        *[Cue("actor", p.start, p.end, scene.text[p.start : p.end], v.reason) for p in v.parties if p.end],
    ]
    weight = v.weight + (2.0 if date.start and scene.field == "body" and v.trigger["note"] != "act" else 0) + (0.5 if status.is_sure else 0)
    if not date.start and v.is_listed:
        weight -= _seen(scene, v) if v.trigger["frame"] == "stay" else _touched(scene, v) if not _is_named(scene, v) else 0
    return _mention(
        scene, v.trigger, date, cues,
        family="visit", status=status.status, detail=v.rank, actor=actor, counterpart=counterpart, persons=v.persons,
        direction=v.direction, place=v.place, place_country=v.place_country, is_sure=status.is_sure, weight=weight,
        frame=v.trigger["frame"], tense=v.trigger["tense"], is_placed=v.is_placed, top_rank=v.top_rank,
        is_listed=v.is_listed,
    )


def _seen(scene: Scene, v: Visit) -> float:
    """What a sentence loses that only tells what was done on the visit; more if it does not name who did it."""
    return _SEEN if any(p.persons and p in scene.parties for p in v.parties) else _SEEN + _TOUCHED


def _touched(scene: Scene, v: Visit) -> float:
    """What a sentence loses that does not name who goes; more if it does not name the country either: "he saw the university"."""
    return _TOUCHED if any(p.kind == "state" for p in scene.parties) else _TOUCHED + _NOWHERE


def _is_named(scene: Scene, v: Visit) -> bool:
    """Whether the sentence itself names one who goes or meets, or only an earlier one does."""
    named = {(p.start, p.end) for p in scene.parties}
    met = v.trigger["frame"] == "meet" and v.trigger["tense"] == "past"  # "the two men met", "they talked" name the meeting
    return met or not v.parties or any((p.start, p.end) in named for p in v.parties)


def _is_ahead(scene: Scene, trigger: Hit, date: Date) -> bool:
    """"Flies to Pyongyang on Friday", written on Wednesday: the day just ahead is meant, not the one long past."""
    if not scene.published or date.precision != "day" or date.start != date.end or not date.start < scene.published:
        return False
    since = scene.phrase("since").first(scene.low, date.at, date.to)
    if since is not None and since.start == date.at:
        return False  # "has been there since Tuesday"
    ahead = when(scene, Asked(trigger.start, trigger.end, status="planned"))
    gap = dt.date.fromisoformat(scene.published) - dt.date.fromisoformat(date.start)
    return (ahead.at, ahead.precision) == (date.at, "day") and ahead.start > scene.published and 3 <= gap.days <= 6


def _agreement(scene: Scene, a: Agreement, *, rivals: list) -> Mention:
    date = when(scene, Asked(a.cue.start, a.cue.end, status=a.stage, reach=60 if a.stage == "mooted" else 90, rivals=rivals,
                is_told=a.stage in _TOLD))
    date = Date() if a.cue.row.get("guess") else date  # what may have been done has no day
    cues = [Cue("status", a.cue.start, a.cue.end, scene.text[a.cue.start : a.cue.end], a.reason)]
    return _mention(
        scene, a.trigger, date, cues, family="agreement", status=a.stage, detail=a.level, actor=a.first,
        counterpart=opposite(a.first), persons=a.persons, weight=a.weight + (0.5 if date.start else 0), topic=a.trigger["kind"],
        is_listed=a.is_listed, is_sure=a.is_listed,
        frame="" if scene.phrase("generic_text").first(scene.low, a.trigger.start, a.trigger.end) is None else _ANY_TEXT,
        subject=subject_of(scene.text, start=a.trigger.start, end=a.trigger.end, language=scene.language),
    )


def _reaction(scene: Scene, r: Reaction) -> Mention:
    date = when(scene, Asked(*r.at, status=r.status, is_saying=True, only_after=r.trigger["pos"] == "noun", since=r.since,
                is_told=r.status == "made" and r.trigger["tense"] in ("past", "joined")))
    if r.status == "made" and date.precision != "year" and not _YEAR.search(scene.text, date.at, date.to) and _is_old(scene, date):
        date = Date()  # a month without its year is of what they react to: news of a reaction is not half a year old
    cues = [Cue("status", r.trigger.start, r.trigger.end, scene.text[r.trigger.start : r.trigger.end], r.reason)]
    return _mention(
        scene, r.trigger, date, cues, family="reaction", status=r.status, detail=r.act, actor=r.actor,
        counterpart=r.counterpart, persons=r.persons, bloc=r.bloc, weight=r.weight, is_listed=r.is_listed, is_sure=r.is_listed,
        but_not=frozenset([*(p.side for p in r.sources), *("" for p in r.sources if p not in scene.parties)]),
    )


def _is_old(scene: Scene, date: Date) -> bool:
    if not (scene.published and date.end):
        return False
    last = dt.date.fromisoformat((date.end + "-28")[:10])
    return dt.date.fromisoformat(scene.published) - last > _NEWS


def _mention(scene: Scene, trigger: Hit, date, cues: list[Cue], *, but_not: frozenset[str] = frozenset(), **codes) -> Mention:
    voice = voice_of(scene, trigger.start, trigger.end, but_not=but_not)
    said = [Cue("voice", voice.start, voice.end, scene.text[voice.start : voice.end], voice.reason)] if voice.reason else []
    dated = [Cue("date", date.at, date.to, scene.text[date.at : date.to], date.reason)] if date.reason else []
    shown = scene.text[trigger.start : trigger.end]
    named = f"names {codes['family']}" if codes.get("is_listed", True) else f"by likeness: where the {codes['family']} would be told"
    codes["persons"] = "; ".join(codes["persons"])
    fields = {"direction": "", "place": "", "place_country": "", "bloc": "", "is_sure": True, "weight": 0.0, "topic": "", "frame": "", "tense": "", "is_placed": True, "top_rank": "", "is_listed": True, **codes}
    return Mention(
        date_start=date.start, date_end=date.end, date_precision=date.precision,
        voice=voice.name, speaker=voice.speaker, is_background=False,
        trigger_start=trigger.start, trigger_end=trigger.end, confidence=0.55 if not fields["is_listed"] else 0.9 if fields["is_sure"] else 0.6,
        field=scene.field, sentence_index=scene.index, sentence=scene.text, trigger=shown,
        cues=(Cue("trigger", trigger.start, trigger.end, shown, named), *cues, *dated, *said),
        **fields,
    )
