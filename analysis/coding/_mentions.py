"""From what a sentence tells to mentions: status, date and voice of each visit, agreement and reaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from analysis.coding.agreements import Agreement, find_agreements
from analysis.coding.lexicon import Hit
from analysis.coding.mention import Cue, Mention
from analysis.coding.parties import opposite
from analysis.coding.reactions import Reaction, find_reactions
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene
from analysis.coding.status import visit_status
from analysis.coding.subjects import subject_of
from analysis.coding.timing import Date, when
from analysis.coding.visits import Visit, find_visits
from analysis.coding.voice import voice_of

__all__ = ["mentions_in"]

_GOVERNED = 60  # characters from a verb of motion to the noun that depends on it


def mentions_in(scene: Scene, memory: Memory) -> list[Mention]:
    """Return what a sentence tells, and let the article remember its last visit and who reacted."""
    found = find_visits(scene, memory)
    memory.visit = next((v for v in reversed(found) if v.direction), memory.visit)
    agreed = find_agreements(scene, memory)
    reacted = find_reactions(scene, memory)
    memory.reactors = [p for r in reacted for p in r.sources]
    going = [(v.trigger.start, v.trigger.end) for v in found]
    signing = [(a.cue.start, a.cue.end) for a in agreed]
    saying = [(r.trigger.start, r.trigger.end) for r in reacted]
    return [
        *_one_visit_each([_visit(scene, v, rivals=signing + saying) for v in found]),
        *[_agreement(scene, a, rivals=going + saying) for a in agreed],
        *[_reaction(scene, r) for r in reacted],
    ]


def _one_visit_each(mentions: list[Mention]) -> list[Mention]:
    """"Left for Russia on a visit", "left to visit Russia": the verb of motion speaks for the noun and the purpose."""
    out = []
    for m in mentions:
        others = [k for k in mentions if k is not m and k.direction == m.direction]
        moved = any(k.status == "held" and k.tense == "past" and k.trigger_start < m.trigger_start for k in others)
        if not m.is_sure and any(k.is_sure for k in others) and m.tense != "leaving":
            continue
        if m.tense == "noun" and any(_governs(k, m) for k in others):
            continue
        invited = any(k.frame == "invite" and 0 < m.trigger_start - k.trigger_end <= 80 for k in mentions)
        if m.frame == "go" and m.status == "planned" and ((m.tense == "base" and moved) or (m.tense != "past" and invited)):
            continue
        out.append(m)
    return out


def _governs(verb: Mention, noun: Mention) -> bool:
    """"Arrived on a visit": the verb just before says all that the noun says."""
    near = verb.tense != "noun" and 0 <= noun.trigger_start - verb.trigger_end <= _GOVERNED
    return near and verb.status == noun.status and verb.detail == noun.detail and noun.date_start in ("", verb.date_start)


def _visit(scene: Scene, v: Visit, *, rivals: list) -> Mention:
    status = visit_status(scene, v.trigger)
    tense = status.status if status.is_sure or not scene.grammar.verb_final else ""
    date = when(scene, v.trigger.start, v.trigger.end, is_sure=status.is_sure, status=tense, is_invitation=v.trigger["frame"] == "invite",
                rivals=rivals)
    ahead = scene.published and date.start > scene.published[: len(date.start)]
    if ahead and (not status.is_sure or status.status == "held"):
        status = replace(status, status="planned", reason="its date is still to come", is_sure=True)
    if v.trigger["tense"] == "present" and not status.is_sure and _is_ahead(scene, v.trigger, date):
        status = replace(status, status="planned", reason="the day it names is yet to come", is_sure=True)
        date = when(scene, v.trigger.start, v.trigger.end, status="planned", rivals=rivals)
    actor = v.mover
    counterpart = opposite(actor)
    if v.direction == "third":
        actor, counterpart = "RUS", "PRK"
    cues = [
        Cue("status", status.start, status.end, scene.text[status.start : status.end], status.reason),
        *[Cue("actor", p.start, p.end, scene.text[p.start : p.end], v.reason) for p in v.parties if p.end],
    ]
    weight = v.weight + (2.0 if date.start else 0) + (0.5 if status.is_sure else 0)
    return _mention(
        scene, v.trigger, date, cues,
        family="visit", status=status.status, detail=v.rank, actor=actor, counterpart=counterpart, persons=v.persons,
        direction=v.direction, place=v.place, place_country=v.place_country, is_sure=status.is_sure, weight=weight,
        frame=v.trigger["frame"], tense=v.trigger["tense"], is_placed=v.is_placed, top_rank=v.top_rank,
    )


def _is_ahead(scene: Scene, trigger: Hit, date: Date) -> bool:
    """"Flies to Pyongyang on Friday", written on Wednesday: the day just ahead is meant, not the one long past."""
    if not scene.published or date.precision != "day" or date.start != date.end or not date.start < scene.published:
        return False
    ahead = when(scene, trigger.start, trigger.end, status="planned")
    gap = dt.date.fromisoformat(scene.published) - dt.date.fromisoformat(date.start)
    return (ahead.at, ahead.precision) == (date.at, "day") and ahead.start > scene.published and 3 <= gap.days <= 6


def _agreement(scene: Scene, a: Agreement, *, rivals: list) -> Mention:
    date = when(scene, a.cue.start, a.cue.end, status=a.stage, reach=60 if a.stage == "mooted" else 90, rivals=rivals)
    cues = [Cue("status", a.cue.start, a.cue.end, scene.text[a.cue.start : a.cue.end], a.reason)]
    return _mention(
        scene, a.trigger, date, cues, family="agreement", status=a.stage, detail=a.level, actor=a.first,
        counterpart=opposite(a.first), persons=a.persons, weight=a.weight + (0.5 if date.start else 0), topic=a.trigger["kind"],
        subject=subject_of(scene.text, start=a.trigger.start, end=a.trigger.end, language=scene.language),
    )


def _reaction(scene: Scene, r: Reaction) -> Mention:
    date = when(scene, *r.at, status=r.status, is_saying=True, only_after=r.trigger["pos"] == "noun", since=r.since)
    cues = [Cue("status", r.trigger.start, r.trigger.end, scene.text[r.trigger.start : r.trigger.end], r.reason)]
    return _mention(
        scene, r.trigger, date, cues, family="reaction", status=r.status, detail=r.act, actor=r.actor,
        counterpart=r.counterpart, persons=r.persons, bloc=r.bloc, weight=r.weight,
        but_not=frozenset(p.side for p in r.sources),
    )


def _mention(scene: Scene, trigger: Hit, date, cues: list[Cue], *, but_not: frozenset[str] = frozenset(), **codes) -> Mention:
    voice = voice_of(scene, trigger.start, trigger.end, but_not=but_not)
    said = [Cue("voice", voice.start, voice.end, scene.text[voice.start : voice.end], voice.reason)] if voice.reason else []
    dated = [Cue("date", date.at, date.to, scene.text[date.at : date.to], date.reason)] if date.reason else []
    shown = scene.text[trigger.start : trigger.end]
    codes["persons"] = "; ".join(codes["persons"])
    fields = {"direction": "", "place": "", "place_country": "", "bloc": "", "is_sure": True, "weight": 0.0, "topic": "", "frame": "", "tense": "", "is_placed": True, "top_rank": "", **codes}
    return Mention(
        date_start=date.start, date_end=date.end, date_precision=date.precision,
        voice=voice.name, speaker=voice.speaker, is_background=False,
        trigger_start=trigger.start, trigger_end=trigger.end, confidence=0.9 if fields["is_sure"] else 0.6,
        field=scene.field, sentence_index=scene.index, sentence=scene.text, trigger=shown,
        cues=(Cue("trigger", trigger.start, trigger.end, shown, f"names {fields['family']}"), *cues, *dated, *said),
        **fields,
    )
