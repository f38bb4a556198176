"""Who reacts: the source of a verb, noun or phrase of reaction, by slot and word order."""

from __future__ import annotations

from itertools import pairwise

from analysis.coding._behind import closes, closing, inverted, is_bare, is_inserted, standing_in
from analysis.coding._final_sources import final_source, is_outside
from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, Party
from analysis.coding.scene import Scene

__all__ = ["gap", "may_react", "sources_of"]

_DYAD = ("RUS", "PRK")
_SUBJECT_REACH = 90
_SHARED_REACH = 180
_JOINT = 16
_BEHIND = 40
_OPENS = 12


def sources_of(scene: Scene, trigger: Hit, outside: list[Party]) -> list[Party]:
    """Who reacts: the subject of a verb, the possessor or the "of" of a noun; with those coordinated with it."""
    source = final_source(scene, trigger, outside) if scene.grammar.verb_final else _svo(scene, trigger)
    if source is None or not may_react(scene, source, trigger):
        return []
    if source not in scene.parties:
        return [source]
    if trigger["pos"] == "phrase":  # "according to Seoul and Tokyo"
        return [source, *[p for p in scene.group(source) if p is not source and (p.start > source.start or scene.grammar.verb_final) and is_outside(p)]]
    joint = [p for p in scene.group(source) if p is source or (p.slot in LOCAL) == (source.slot in LOCAL)]
    if source.slot == "":  # "receiving the envoy of X, the president said": an attribute before the subject is no part of it
        joint = [p for p in joint if p.slot not in ("of", "with") or p.start > source.start or (p.kind == source.kind and is_outside(p))]
    return [p for p in joint if is_outside(p) or p.side in _DYAD] + _joining(scene, source, trigger)


def _joining(scene: Scene, source: Party, trigger: Hit) -> list[Party]:
    """"The ministers of X, who were joined by those of Y and Z, voiced ...": who joins the subject speaks with it."""
    joined = scene.phrase("joined_by").first(scene.low, source.end, trigger.start)
    if joined is None:
        return []
    return [p for p in scene.parties if joined.end <= p.start and p.end <= trigger.start and is_outside(p) and p.kind != "demonym"]


def gap(scene: Scene, a: int, b: int) -> int:
    """Characters from a subject to its verb, without what stands between them in commas."""
    closing = scene.low.rfind(",", a + 1, b) if scene.low.startswith(",", a) else -1
    return b - closing if closing >= 0 else b - a


def _svo(scene: Scene, trigger: Hit) -> Party | None:
    parties = scene.parties
    if trigger["tense"] == "collective":  # "Western fears": the word says whose they are
        return Party(trigger.start, trigger.end, "", "collective")
    if trigger["pos"] == "noun" and not _is_own(scene, trigger):
        return _owner(scene, trigger) or _felt_in(scene, trigger)
    if trigger["pos"] == "phrase":
        count = scene.phrase("count").first(scene.low, trigger.end, trigger.end + _BEHIND)
        end = count.end if count is not None and count.start - trigger.end <= 1 else trigger.end  # "by the count of Seoul"
        named = next((p for p in parties if 0 <= p.start - end <= 14 and p.side), None)
        if named is None:  # "according to an estimate put before parliament by the spy agency"
            named = next((p for p in parties if 0 <= p.start - trigger.end <= _SUBJECT_REACH and p.slot == "by" and p.side), None)
            named = None if named is None or "," in scene.low[trigger.end : named.start] else named
        if named is None:  # "according to the spy agency in Seoul"
            named = next((p for p in parties if 0 <= p.start - trigger.end <= 36 and p.slot == "in"), None)
        return named if named and is_outside(named) else None
    if trigger["tense"] == "tag":  # "“...”, X hammered": any verb that hands a quotation over
        return closing(scene, trigger)
    after = next((p for p in parties if 0 <= p.start - trigger.end <= 14), None)
    if trigger["tense"] == "affects":  # "the alliance worries the West": who is worried stands behind
        guessed = any("unofficial" in p.tags and "media" not in p.tags and p.end <= trigger.start for p in parties)
        if after and is_outside(after) and after.slot in ("", "of", "in", "to") and not guessed:
            return after
        if guessed or not scene.grammar.free_order:
            return None  # where the order is free, who is worried may stand before
    by = next((p for p in parties if 0 <= p.start - trigger.end <= 24 and p.slot == "by"), None)
    if by is not None and is_outside(by) and not _is_attribute(scene, by, trigger):
        return by
    relative = _antecedent(scene, trigger)
    if relative is not None:
        return relative if is_outside(relative) else None
    host = _host(scene, trigger)
    if host is not None:
        return host
    if trigger["tense"] == "participle" and scene.grammar.free_order and trigger.start - scene.dateline_end <= 1:
        # "Having condemned ..., Seoul ...": its subject follows the comma
        return next((p for p in parties if p.start > trigger.end and is_outside(p) and scene.low.endswith(", ", 0, p.start)), None)
    if trigger["tense"] == "participle" and scene.low.endswith((", ", ", and "), 0, trigger.start):
        # "..., calling it illegal": its subject is that of the sentence
        head = next((p for p in parties if p.end <= trigger.start and p.slot not in LOCAL and p.kind != "demonym"), None)
        return head if head is not None and is_outside(head) else None
    if after and after.start - trigger.end <= 5 and (closes(scene, trigger.start) or is_inserted(scene, trigger, after)) and not scene.phrase("that").first(scene.low, trigger.end, after.start):
        if is_outside(after):
            return after  # "..., says Seoul"
        if is_bare(after) and after.slot in ("", "of") and not scene.grammar.free_order:
            return closing(scene, trigger)  # "..., says the ministry"
        apart = is_inserted(scene, trigger, after) or not any(is_outside(p) and p.slot == "" and p.end <= trigger.start for p in parties)
        if after.side and after.slot == "" and apart:
            return None  # "..., says Moscow"
    bare, shared = False, None
    joined = scene.phrase("and_then").last(scene.low, max(0, trigger.start - _JOINT), trigger.start)
    # "said that ... and demanded": a second verb shares a subject farther away
    reach = _SHARED_REACH if joined is not None and trigger.start - joined.end <= 1 else _SUBJECT_REACH
    for p in reversed([p for p in parties if p.end <= trigger.start]):
        if gap(scene, p.end, trigger.start) > reach and shared is None:
            break
        bare = bare or (not p.side and p.kind in ("title", "speaker"))
        stands = p.start <= _OPENS + scene.dateline_end or "," not in scene.low[p.end : trigger.start]
        if bare and stands and p.slot == "in" and p.kind in ("place", "state") and is_outside(p):
            return p  # "in Tokyo two ministers spoke of ..."
        if bare and p.kind in ("place", "state") and is_outside(p) and scene.phrase("where").first(scene.low, p.end, p.end + 6):
            return p  # "... in Tokyo, where the spokesman voiced ..."
        if _is_example(scene, p, trigger):
            continue
        near = trigger.start - p.end <= 3 and "," not in scene.low[p.end : trigger.start]
        if p.slot in (*LOCAL, "with", "of") and not (near and p.kind in ("organisation", "place", "state") and p.slot in ("to", "in")):
            if p.slot == "of" and near and is_outside(p):
                return p
            continue
        if (p.kind == "demonym" and not _is_people(scene, p)) or (not p.side and p.kind != "collective") or _is_attribute(scene, p, trigger) or _is_object(scene, p):
            continue
        before = next((q for q in reversed(parties) if q.end <= p.start), None)
        posted = before is not None and "resident" in before.tags and p.start - before.end <= _OPENS
        if (p.slot == "in" or posted) and before is not None and is_outside(before) and before.slot == "" and (posted or p.start - before.end <= 5):
            return before  # "the US at the UN condemns": who speaks, not where
        if not p.slot and any(q.slot == "with" and q.start < p.start for q in scene.group(p)):
            continue  # "the US, together with Japan and South Korea, condemned"
        near = joined is not None and p.end <= joined.start and trigger.start - joined.end <= 1  # "..., but called it regrettable"
        if near or _coordinates(scene, p.end, trigger.start):
            shared = p  # "... the Security Council and said": the verb shares an earlier subject
            continue
        if is_outside(p):
            return p
        break
    if shared is not None and is_outside(shared):
        return shared
    if scene.grammar.free_order:
        return inverted(scene, trigger) or closing(scene, trigger)
    said = trigger["act"] == "neutral" and (scene.field == "title" or closes(scene, trigger.start))  # not "recognised Seoul"
    if said and after and after.start - trigger.end <= 5 and is_outside(after) and trigger.start > len(scene.low) // 3:
        return after
    return closing(scene, trigger) or standing_in(scene, trigger)


def _is_own(scene: Scene, noun: Hit) -> bool:
    """"Japan made no secret of its concern": what is its own is that of the subject."""
    own = scene.phrase("own_noun").last(scene.low, max(0, noun.start - 30), noun.start)
    return own is not None and noun.start - own.end <= 1


def _owner(scene: Scene, noun: Hit) -> Party | None:
    """Whose a noun of reaction is: who stands right before it, or after it in a slot of possession."""
    parties = scene.parties
    left, _ = scene.clause(noun.start, noun.end)
    for p in parties:
        if p.side in _DYAD and p.slot == "" and left <= p.start < noun.start:
            if (p.is_agent and "resident" not in p.tags) or scene.phrase("rebuffs").first(scene.low, p.end, noun.start):
                return None  # "Peskov dismissed the concerns of ...": the dyad speaks
    owner = next((p for p in reversed(parties) if 0 <= noun.start - p.end <= 14), None)
    apart = owner and scene.phrase("not_owner").first(scene.low, owner.end, noun.start)
    if owner and not apart and is_outside(owner) and owner.slot not in ("in", "to"):
        return owner
    after = next((p for p in parties if 0 <= p.start - noun.end <= 30), None)
    about = scene.phrase("noun_object").first(scene.low, noun.end, noun.end + 3) if after is not None else None
    if after is None or not is_outside(after) or (about is not None and about.start == noun.end + 1):
        return None
    if after.kind == "demonym":  # "l'inquiétude japonaise": the adjective right after says whose it is
        return after if "demonym" in scene.grammar.owner_slots and after.start - noun.end == 1 else None
    return after if after.slot in scene.grammar.owner_slots else None


def _felt_in(scene: Scene, noun: Hit) -> Party | None:
    """"In Seoul, anger rivals worry": a feeling that nobody has is that of the capital which opens the sentence."""
    first = next((p for p in scene.parties if p.start >= scene.dateline_end), None)
    if first is None or first.kind != "place" or first.slot not in LOCAL or not is_outside(first) or first.start > _OPENS + scene.dateline_end:
        return None
    others = any(first.end <= p.start < noun.start for p in scene.parties)
    return None if others or scene.grammar.verb_final or scene.grammar.free_order else first


def _antecedent(scene: Scene, trigger: Hit) -> Party | None:
    """"... to NATO, which confirmed": who stands right before the relative pronoun of the verb is its subject."""
    who = scene.phrase("relative").last(scene.low, max(0, trigger.start - 24), trigger.start)
    if who is None or trigger.start - who.end > 14 or "," in scene.low[who.end : trigger.start]:
        return None
    if any(who.end <= p.start < trigger.start and p.kind != "demonym" for p in scene.parties):
        return None  # "the broker, whom the U.S. listed in March": the pronoun is its object
    near = next((p for p in scene.parties if p.end == who.start and p.kind != "demonym"), None)
    if near is None or near.slot != "of":
        return near
    # "the rapporteur on the North, who ...": the office speaks, and not what it is on
    office = next((p for p in reversed(scene.parties) if p.end <= near.start), None)
    joined = office is not None and near.start - office.end <= _JOINT and "," not in scene.low[office.end : near.start]
    return office if joined and is_outside(office) and "source" in office.tags else near


def _is_example(scene: Scene, p: Party, trigger: Hit) -> bool:
    """"The team, which unites eleven states, among them X and Y, details ...": who is named in an aside is no subject."""
    head = next((q for q in scene.parties if (is_outside(q) or is_bare(q)) and q.slot == "" and q.kind != "demonym" and q.end < p.start), None)
    if head is None or scene.grammar.verb_final or "," not in scene.low[p.end : trigger.start]:
        return False
    opened = [scene.phrase(kind).first(scene.low, head.end, head.end + _JOINT) for kind in ("relative", "along")]
    return any(h is not None for h in opened) and scene.phrase("along").last(scene.low, head.end, p.start) is not None


def _is_people(scene: Scene, p: Party) -> bool:
    """"Les Américains": with the article of a noun before it, the name of a people is no adjective."""
    article = scene.phrase("peoples").last(scene.low, max(0, p.start - 6), p.start)
    return article is not None and article.end == p.start


def _host(scene: Scene, trigger: Hit) -> Party | None:
    """"The Russian ambassador to Seoul was summoned", "was entered in the list of Seoul": a passive whose place acts."""
    passive = scene.phrase("passive").first(scene.low, trigger.start, trigger.end)
    if not passive and trigger["act"] != "vote":
        return None
    listed = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 5 and (p.slot == "of") != (p.kind == "demonym")), None)
    if listed is not None and trigger["act"] in ("sanction", "vote") and is_outside(listed):
        return listed
    if not passive:
        return None
    left = [p for p in scene.parties if p.end <= trigger.start]
    for envoy, post in pairwise(left):
        if "resident" in envoy.tags and envoy.side in _DYAD and envoy.slot == "" and post.start - envoy.end <= 5:
            return post if post.kind in ("place", "state") and is_outside(post) else None
    return None


def _is_attribute(scene: Scene, p: Party, trigger: Hit) -> bool:
    """"A U.N. speech", "UN sanctions": the body only says of what kind the noun after it is."""
    noun = scene.phrase("of_body").first(scene.low, p.end, p.end + 24)
    return p.kind == "organisation" and noun is not None and noun.start - p.end == 1 and noun.start != trigger.start


def _is_object(scene: Scene, p: Party) -> bool:
    """"Without naming China, ...": who is the object of a participle does not speak."""
    verb = scene.phrase("governs").last(scene.low, max(0, p.start - 24), p.start)
    return verb is not None and p.start - verb.end <= 1


def _speaks(scene: Scene, party: Party, trigger: Hit) -> bool:
    """Whether a state is the subject of a verb of reaction: "Pyongyang rejects the criticism of ..."."""
    verb = words("reaction_triggers", scene.language, pos="verb").first(scene.low, party.end, trigger.start)
    return verb is not None and verb.start - party.end <= _JOINT and not scene.grammar.verb_final


def _coordinates(scene: Scene, a: int, b: int) -> bool:
    return scene.phrase("and").first(scene.low, a, b) is not None


def may_react(scene: Scene, source: Party, trigger: Hit) -> bool:
    """Officials and states react; analysts, the press, retired people and bare adjectives do not."""
    if scene.phrase("denies_that").first(scene.low, source.end, trigger.start) is not None:
        return source.kind != "demonym"  # "Japan denied a report that it had threatened": the report does not speak
    behind = source.end + 16 if trigger.start < source.end else min(source.end + 16, trigger.start)
    around = scene.low[max(0, source.start - 28) : behind]  # the verb "reports" is no report
    if words("coding_speakers", scene.language, **{"class": "unofficial"}).first(around):
        return False
    if scene.grammar.verb_final:  # all that is said stands between: only another subject speaks in the source's stead
        if any("unofficial" in p.tags and p.slot == "subj" and source.end <= p.start < trigger.start for p in scene.parties):
            return False
    elif words("coding_speakers", scene.language, **{"class": "unofficial"}).first(scene.low[source.end : trigger.start]):
        return False
    owns = trigger["pos"] == "noun" and source.start > trigger.start
    barred = {"unofficial", "media"} if "source" in source.tags else {"exempt", "unofficial", "media"}  # forces report, tourists do not
    return (owns or source.kind != "demonym" or _is_people(scene, source)) and not barred & source.tags
