"""An article from its title to its last sentence: what earlier sentences say decides what later ones leave open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from analysis import actors, text
from analysis.coding import agreements, reactions, visits
from analysis.coding.lexicon import Hit, languages, lowered, words
from analysis.coding.mention import Cue, Mention
from analysis.coding.scene import LOCAL, Party, Scene, build_parties, opposite
from analysis.coding.status import visit_status
from analysis.coding.subjects import subject_of
from analysis.coding.timing import Date, when
from analysis.coding.voice import IN_MARKS, voice_of
from analysis.lexicons import read_lexicon

__all__ = ["code_article", "code_sentences"]

_DYAD = ("RUS", "PRK")
_OCCASION = 30  # an event stands that close to the country that holds it
_BACKGROUND_DAYS = 14
_GUESSED = 0.3  # confidence of a visit whose direction nothing in the article shows; the timeline does not rely on it
_LONGEST = 4000  # characters: no sentence of a news text is longer
_GOVERNED = 60  # characters from a verb of motion to the noun that depends on it
_WHOLE_SENTENCE = 80  # characters of a quotation that states something
_TITLE_COSTS = 1.2  # the body says it better unless it only touches on it


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place in the article."""

    field: str
    index: int
    text: str
    quotes: tuple[tuple[int, int], ...]


def code_article(
    title: str, body: str, *, language: str, published: str | dt.date | None, repeats: bool = False
) -> list[Mention]:
    """Return the visits, agreements and reactions that an article mentions.

    Parameters
    ----------
    title, body : str
        Cleaned text; either may be empty.
    language : str
        A language of lexicon ``coding_languages``; of any other nothing is coded.
    published : str, date or None
        Day of publication; without it, dates are resolved only where the text gives the year.
    repeats : bool
        False: an event told in several sentences is one mention, in the sentence that says most about it, as human
        coders mark it. True: every sentence that names it.

    Returns
    -------
    list of Mention
        In order of the text.

    >>> m, = code_article("", "Vladimir Putin arrived in Pyongyang on Wednesday.", language="en", published="2024-06-19")
    >>> m.family, m.status, m.direction, m.detail, m.date_start
    ('visit', 'held', 'RUS>PRK', 'leader', '2024-06-19')
    """
    if language not in languages() or not (title or body):
        return []
    rows = _split(title or "", body or "", language)
    return code_sentences(rows, language=language, published=_iso(published), repeats=repeats)


def code_sentences(
    rows: Sequence[Sentence], *, language: str, published: str, repeats: bool = False
) -> list[Mention]:
    """Return the mentions of an article that is already split into sentences; see `code_article`."""
    rows = [r for r in rows if len(r.text) <= _LONGEST]  # what runs on without a stop stays uncoded
    scenes, memory = _scenes(rows, language, published)
    if memory is None:
        return []
    out: list[Mention] = []
    recent: list[int] = []
    for scene in scenes:
        told = _code(scene, memory)
        out += told
        recent = [*recent[-1:], len(told)]
        memory.is_topical = any(recent)
        _remember(memory, scene)
        memory.movers |= {(m.actor, m.detail) for m in told if m.place_country == m.counterpart}
        memory.mentions_visit = memory.mentions_visit or any(m.family == "visit" for m in told)
    out = _settle(_by_the_lead(out, scenes), published)
    if not repeats:
        out = _once(out)
    return sorted(out, key=lambda m: (m.sentence_index, m.trigger_start))


# --- before: sentences, actors --------------------------------------------------------------------------------------


def _split(title: str, body: str, language: str) -> list[Sentence]:
    rows = []
    if title.strip():
        rows.append(Sentence("title", 0, title.strip(), tuple(text.quote_spans(title.strip()))))
    quotes = text.quote_spans(body)
    q = 0
    for number, (a, b) in enumerate(text.sentences(body, language=language), 1):
        while q < len(quotes) and quotes[q][1] <= a:
            q += 1
        inside = []
        i = q
        while i < len(quotes) and quotes[i][0] < b:
            inside.append((max(quotes[i][0] - a, 0), min(quotes[i][1], b) - a))
            i += 1
        rows.append(Sentence("body", number, body[a:b], tuple(inside)))
    return rows


def _scenes(rows: Sequence[Sentence], language: str, published: str) -> tuple[list[Scene], visits.Memory | None]:
    whole = "\n".join(r.text for r in rows)
    spans = actors.find(whole, language=language)
    sides = {s.country for s in spans}
    if not sides >= set(_DYAD):
        spans = _with_leader(whole, language, published, sides) or spans
        sides = {s.country for s in spans}
        if not sides >= set(_DYAD):
            return [], None
    elif not any(s.kind == "person" and s.country == "PRK" for s in spans):
        spans = _with_leader(whole, language, published, sides) or spans
    scenes = []
    offset = i = 0
    for row in rows:
        here = []
        end = offset + len(row.text)
        while i < len(spans) and spans[i].start < end:
            if spans[i].start >= offset and spans[i].end <= end:
                s = spans[i]
                country = actors.country_at(s.actor_id, published) or s.country if s.kind == "person" else s.country
                here.append(replace(s, start=s.start - offset, end=s.end - offset, country=country))
            i += 1
        names = [(h.start, h.end) for h in here]
        parties = build_parties(
            row.text, here, language=language, rank_at=lambda a: _rank(a, published),
            tags_at=lambda a: _tags(a, published),
        )
        here, parties, dateline_end = _dateline(row.text, language, parties)
        scenes.append(Scene(row.text, row.field, row.index, language, published, parties, list(row.quotes), names=names,
                            here=here, dateline_end=dateline_end))
        offset = end + 1
    for scene, following in pairwise(scenes):
        scene.following, following.previous = following, scene
    memory = visits.Memory({}, {}, frozenset(sides))
    _read_title(memory, scenes)
    return scenes, memory


def _rank(actor_id: str, published: str) -> str:
    """Rank of a person's office that day; of one who no longer holds any, of the last: a visit told may be an old one."""
    if not published:
        return ""
    return actors.rank_at(actor_id, published) or _last_rank(actor_id, published)


@cache
def _last_rank(actor_id: str, published: str) -> str:
    table = read_lexicon("offices")
    rows = table[(table["actor_id"] == actor_id) & (table["term_end"] != "") & (table["term_end"] <= published)]
    return rows.sort_values("term_end")["rank"].iloc[-1] if len(rows) else ""


def _tags(actor_id: str, published: str) -> frozenset[str]:
    """What a person's office says of what they do: an ambassador resides, one without office is a private person."""
    role = actors.role_at(actor_id, published) if published else ""
    if published and not role:
        return frozenset({"unofficial"})
    # roles are written in English in lexicon ``offices``
    resident = words("coding_titles", "en", rank="resident").first(role.lower())
    return frozenset({"resident"}) if resident else frozenset()


def _dateline(line: str, language: str, parties: list) -> tuple:
    """Take the dateline's names out of the sentence; its place is what "here" means."""
    hit = words("coding_phrases", language, kind="dateline").first(lowered(line))
    if hit is None:
        return None, parties, 0
    inside = [p for p in parties if p.end <= hit.end]
    place = next((p for p in inside if p.kind == "place"), None)
    return place, [p for p in parties if p.start >= hit.end], hit.end


@cache
def _leaders() -> tuple[str, ...]:
    offices = read_lexicon("offices")
    return tuple(dict.fromkeys(offices.loc[(offices["rank"] == "leader") & (offices["country"] == "PRK"), "actor_id"]))


def _with_leader(whole: str, language: str, published: str, sides: set[str]) -> list:
    """A bare "Kim" where the text names nobody of that name but speaks of the country: its leader of the day."""
    if "PRK" not in sides and "RUS" not in sides:
        return []
    leaders = [a for a in _leaders() if published and actors.rank_at(a, published) == "leader"]
    return actors.find(whole, language=language, context=leaders) if leaders else []


def _read_title(memory: visits.Memory, scenes: list[Scene]) -> None:
    for scene in scenes[:3]:
        for p in scene.parties:
            if p.is_agent and p.side in _DYAD and p.side not in memory.title:
                memory.title[p.side] = p
    if scenes and scenes[0].field == "title" and {p.side for p in scenes[0].parties} >= set(_DYAD):
        memory.title["both"] = scenes[0].parties[0]
    if scenes and scenes[0].field == "title":
        memory.strangers = any(p.is_agent and p.side not in ("", *_DYAD) for p in scenes[0].parties)
    named = {p.side for s in scenes[:3] for p in s.parties}
    if named >= set(_DYAD):
        memory.title["dyad"] = next(p for s in scenes[:3] for p in s.parties if p.side in _DYAD)
    third = next((p for s in scenes[:3] for p in s.parties if p.kind in ("place", "state") and p.side == "CHN"), None)
    if third is not None:
        memory.title["place"] = third
    event = next((p for s in scenes[:3] for p in s.parties if p.side == "CHN" and _hosts(s, p)), None)
    homes = any(p.kind == "place" and p.side in _DYAD and p.slot in LOCAL for s in scenes[:3] for p in s.parties)
    if event is not None and not homes:
        memory.title["event"] = event
    setting = _setting(scenes[0]) if scenes and scenes[0].field == "title" else None
    if setting is not None:
        memory.title["setting"] = setting


def _hosts(scene: Scene, country: Party) -> bool:
    """Whether something is said to take place in a country: "in Beijing", "at China's parade"."""
    if country.kind not in ("state", "place"):
        return False
    occasion = scene.phrase("occasion").first(scene.low, country.end, country.end + _OCCASION)
    return country.slot == "in" or occasion is not None


def _setting(title: Scene) -> Party | None:
    """The one place that a title is about: "Beijing: ...", "... in Vladivostok"."""
    places = [p for p in title.parties if p.kind == "place"]
    if len(places) != 1 or title.segment(0) != (0, len(title.low)) or not any(p.side in _DYAD and p is not places[0] for p in title.parties):
        return None  # a digest, or a title about somebody else
    opens = places[0].start <= 3 and title.low[places[0].end :].lstrip().startswith(":")
    return places[0] if opens or places[0].slot in LOCAL else None


def _remember(memory: visits.Memory, scene: Scene) -> None:
    memory.before = frozenset(p.side for p in scene.parties)
    for p in scene.parties:
        if p.is_agent and p.side in _DYAD and not {"resident", "exempt"} & p.tags:
            memory.last[p.side] = p


# --- the sentence ---------------------------------------------------------------------------------------------------


def _code(scene: Scene, memory: visits.Memory) -> list[Mention]:
    found = visits.find_visits(scene, memory)
    memory.visit = next((v for v in reversed(found) if v.direction), memory.visit)
    agreed = agreements.find_agreements(scene, memory)
    reacted = reactions.find_reactions(scene, memory)
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


def _visit(scene: Scene, v: visits.Visit, *, rivals: list) -> Mention:
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


def _agreement(scene: Scene, a: agreements.Agreement, *, rivals: list) -> Mention:
    date = when(scene, a.cue.start, a.cue.end, status=a.stage, reach=60 if a.stage == "mooted" else 90, rivals=rivals)
    cues = [Cue("status", a.cue.start, a.cue.end, scene.text[a.cue.start : a.cue.end], a.reason)]
    return _mention(
        scene, a.trigger, date, cues, family="agreement", status=a.stage, detail=a.level, actor=a.first,
        counterpart=opposite(a.first), persons=a.persons, weight=a.weight + (0.5 if date.start else 0), topic=a.trigger["kind"],
        subject=subject_of(scene.text, start=a.trigger.start, end=a.trigger.end, language=scene.language),
    )


def _reaction(scene: Scene, r: reactions.Reaction) -> Mention:
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


# --- after: what the article decides --------------------------------------------------------------------------------


def _by_the_lead(mentions: list[Mention], scenes: list[Scene]) -> list[Mention]:
    """A headline without a tense of its own is planned when the lead sets a day to come for the same people."""
    if not any(m.family == "visit" and m.field == "title" and not m.is_sure for m in mentions):
        return mentions
    lead = next((s for s in scenes if s.field == "body"), None)
    days = [t for t in lead.times if t.date_precision == "day" and t.date_start > lead.published] if lead else []
    told = {m.direction for m in mentions if m.family == "visit" and m.field == "body"}
    if not days or len({p.side for p in lead.agents()} & set(_DYAD)) < len(_DYAD):
        return mentions
    first = days[0]
    return [
        replace(m, status="planned", date_start=first.date_start, date_end=first.date_end, date_precision="day")
        if m.family == "visit" and m.field == "title" and not m.is_sure and not m.date_start and m.direction not in told
        else m
        for m in mentions
    ]


def _settle(mentions: list[Mention], published: str) -> list[Mention]:
    mentions = _directions(mentions)
    mentions = _statuses(mentions, published)
    return [replace(m, is_background=_is_background(m, published)) for m in mentions]


def _directions(mentions: list[Mention]) -> list[Mention]:
    """Give a meeting without a place the direction of the article's other visits, else let the one named first go."""
    known = [m for m in mentions if m.family == "visit" and m.direction and m.frame != "invite" and m.is_placed]
    out = []
    for m in mentions:
        if m.family == "visit" and not m.is_placed and m.direction:
            hosted = [k for k in known if k.direction == f"{m.counterpart}>{m.actor}" and k.detail == m.top_rank]
            if hosted:  # the leader who meets a minister may be the guest
                m = replace(m, direction=hosted[0].direction, actor=m.counterpart, counterpart=m.actor, detail=m.top_rank)
        if m.family == "visit" and not m.direction:
            alike = [k for k in known if k.detail == m.detail]
            same = [k for k in alike if k.status == m.status] or alike or known
            direction = same[0].direction if same else f"{m.actor}>{opposite(m.actor)}"
            actor = "RUS" if direction == "third" else direction[:3]
            why = "as the article's other visits" if same else "no place named anywhere: whoever is named first is taken to go"
            m = replace(
                m, direction=direction, actor=actor, counterpart=opposite(actor), is_placed=bool(same),
                confidence=m.confidence if same else _GUESSED, cues=(*m.cues, replace(m.cues[0], kind="direction", reason=why)),
            )
        out.append(m)
    return out


def _statuses(mentions: list[Mention], published: str) -> list[Mention]:
    """A status that only a default gives is that of the article's sure mentions of the same visit."""
    out = []
    for m in mentions:
        if m.family == "visit" and not m.is_sure:
            sure = [
                k for k in mentions
                if k.family == "visit" and k.is_sure and k.direction == m.direction and k.sentence_index != m.sentence_index
            ]
            statuses = {k.status for k in sure}
            if statuses and "held" not in statuses:
                m = replace(m, status=sure[0].status)
            elif m.tense == "leaving" and "held" in statuses:
                m = replace(m, status="held")
                if m.status == "planned" and m.date_end and m.date_end < published[: len(m.date_end)]:
                    m = replace(m, date_start="", date_end="", date_precision="unknown")
        out.append(m)
    return out


def _is_background(m: Mention, published: str) -> bool:
    if not published or not m.date_end or m.status in ("planned", "mooted"):
        return False
    end = m.date_end + {4: "-12-31", 7: "-28"}.get(len(m.date_end), "")
    return (dt.date.fromisoformat(published) - dt.date.fromisoformat(end)).days > _BACKGROUND_DAYS


def _once(mentions: list[Mention]) -> list[Mention]:
    """Keep of each event the mention that says most; it takes over a date that only another mention gives."""
    kept: list[Mention] = []
    for m in sorted(mentions, key=_telling):
        for i, k in enumerate(kept):
            if _same(k, m):
                if m.date_start and not k.date_start:
                    k = replace(k, date_start=m.date_start, date_end=m.date_end, date_precision=m.date_precision)
                kept[i] = replace(k, persons=k.persons or m.persons, place=k.place or m.place,
                                  place_country=k.place_country or m.place_country)
                break
        else:
            kept.append(m)
    return kept


def _telling(m: Mention) -> tuple:
    """What says most comes first: a reaction's own verb before "said", the body before the title, then the weight."""
    plain = m.family == "reaction" and m.weight < 1.5
    weight = m.weight - (_TITLE_COSTS if m.field == "title" else 0)
    return plain, -weight, m.sentence_index, m.trigger_start


def _same(a: Mention, b: Mention) -> bool:
    if a.family != b.family or a.status != b.status:
        return False
    if _is_direct_speech(a) != _is_direct_speech(b) and a.field == b.field and a.family != "reaction":
        return False  # what a named speaker says in quotation marks is a statement of its own
    if a.family == "reaction":
        return a.actor == b.actor and a.bloc == b.bloc and (a.detail == b.detail or "neutral" in (a.detail, b.detail))
    if a.family == "agreement":
        return a.topic == b.topic and _dates_meet(a, b)
    alike = a.detail == b.detail or a.sentence_index == b.sentence_index or "delegation" in (a.detail, b.detail)
    return a.direction == b.direction and alike and _dates_meet(a, b)


def _is_direct_speech(m: Mention) -> bool:
    """Whether a named speaker says it in a whole quoted sentence, not in a few words that the narrator borrows."""
    said = [c for c in m.cues if c.kind == "voice" and c.reason == IN_MARKS and c.end - c.start >= _WHOLE_SENTENCE]
    return bool(m.speaker and said)


def _dates_meet(a: Mention, b: Mention) -> bool:
    if not a.date_start or not b.date_start:
        return True
    lo = max(a.date_start, b.date_start)
    hi = min(a.date_end + "~", b.date_end + "~")
    return lo <= hi or _close(a, b)


def _close(a: Mention, b: Mention) -> bool:
    if a.date_precision != "day" or b.date_precision != "day":
        return False
    gap = abs((dt.date.fromisoformat(a.date_start) - dt.date.fromisoformat(b.date_start)).days)
    return gap <= 4


def _iso(published: str | dt.date | None) -> str:
    if not published:
        return ""
    return str(published)[:10]

