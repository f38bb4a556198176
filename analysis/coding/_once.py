"""An event told in several sentences as one mention: the one that says most."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from analysis.coding.mention import Mention
from analysis.coding.voice import IN_MARKS

__all__ = ["once"]

_OWN_VERB = 1.5  # weight of a reaction that a verb of its own tells, more than "said"
_WHOLE_SENTENCE = 80  # characters of a quotation that states something
_APART = 4  # days between two mentions of one visit
_JOURNEY = 8  # of a leader, who comes and goes once
_TITLE_COSTS = 3.0  # the body says it better unless it only touches on it


def once(mentions: list[Mention], *, published: str = "") -> list[Mention]:
    """Keep of each event the mention that says most; it takes over a date that only another mention gives."""
    kept: list[Mention] = []
    mentions = [m for m in mentions if not _is_next_step(m, mentions, published) and not _is_headline_of(m, mentions)
                and not _is_echo(m, mentions)]
    for m in sorted(mentions, key=_telling):
        for i, k in enumerate(kept):
            if _same(k, m):
                if m.family == "reaction" and (k.field, m.field) == ("title", "body") and not _says_more(k, m):
                    k, m = replace(m, detail=k.detail), k  # what a headline sums up in a stronger word is told in the text
                if _is_led_by(m, k, mentions):
                    k = replace(k, detail=m.detail)
                if m.date_start and not k.date_start and (m.is_listed or not k.is_listed):
                    k = replace(k, date_start=m.date_start, date_end=m.date_end, date_precision=m.date_precision)
                kept[i] = replace(k, persons=k.persons or m.persons, place=k.place or m.place,
                                  place_country=k.place_country or m.place_country)
                break
        else:
            if not _is_summed_up(m, kept):
                kept.append(m)
    return kept


def _is_led_by(title: Mention, body: Mention, mentions: list[Mention]) -> bool:
    """"The minister visits Russia" above "a delegation of the ministry left": the minister leads it, unless the text gives a rank."""
    if title.family != "visit" or (title.field, body.field) != ("title", "body") or body.detail != "delegation" or title.detail not in ("minister", "vice"):
        return False
    return title.frame == "go" and not any(m.family == "visit" and m.field == "body" and m.direction == body.direction and m.detail != "delegation" for m in mentions)


def _says_more(title: Mention, body: Mention) -> bool:
    """"The US accuses ..." above a first sentence that says the same in plainer words, without its day."""
    alike = title.detail == body.detail and title.weight > body.weight
    return alike and not body.date_start and body.sentence_index <= 1


def _is_summed_up(m: Mention, kept: list[Mention]) -> bool:
    """"A salvo of sanctions in A, B and C": a title that names together those who the text tells react one by one."""
    if m.family != "reaction" or m.field != "title" or "+" not in m.actor:
        return False
    return set(m.actor.split("+")) <= {k.actor for k in kept if k.family == "reaction" and k.detail == m.detail}


def _is_next_step(m: Mention, mentions: list[Mention], published: str) -> bool:
    """"It will open in June", said of a bridge under construction: a step only scheduled keeps the stage already told."""
    if m.family != "agreement" or m.status != "implemented" or not published or m.date_start <= published[: len(m.date_start)]:
        return False
    return any(k.family == m.family and k.status == m.status and k.topic == m.topic
               and k.date_start <= published[: len(k.date_start)] and k is not m for k in mentions)


def _is_headline_of(m: Mention, mentions: list[Mention]) -> bool:
    """"They agreed on ..." above a body that names the agreement and its stage."""
    named = any(k.family == m.family and k.field == "body" and k.topic not in ("", "accord") for k in mentions)
    return m.topic == "accord" and m.field == "title" and named


def _is_echo(m: Mention, mentions: list[Mention]) -> bool:
    """What only likeness proposes, of one whose reaction the text tells elsewhere: more words on the same act."""
    if m.is_listed or m.family != "reaction":
        return False
    own = set(m.actor.split("+"))
    rivals = [k for k in mentions if k.family == "reaction" and k is not m and own & set(k.actor.split("+")) and k.field == "body" and m.detail in (k.detail, "neutral")]
    return any(k.is_listed or _telling(k) < _telling(m) for k in rivals)


def _telling(m: Mention) -> tuple:
    """What says most comes first: a reaction's own verb before "said", the body before the title, then the weight."""
    plain = m.family == "reaction" and m.weight < _OWN_VERB
    weight = m.weight - (_TITLE_COSTS if m.field == "title" else 0)
    return plain, m.family == "reaction" and m.detail == "neutral", -weight, m.sentence_index, m.trigger_start


def _same(a: Mention, b: Mention) -> bool:
    if a.family != b.family or not (a.status == b.status or _is_off(a, b)):
        return False
    if _is_direct_speech(a) != _is_direct_speech(b) and a.field == b.field and a.family != "reaction":
        return False  # what a named speaker says in quotation marks is a statement of its own
    if a.family == "reaction":
        if a.field == b.field == "body" and a.date_start and b.date_start and not _dates_meet(a, b):
            return False  # listed in March, and again today
        in_own_words = min(a.weight, b.weight) >= _OWN_VERB  # what is only "said" may be an act of another kind
        if in_own_words and (a.field == "title") != (b.field == "title") and a.bloc == b.bloc and set(a.actor.split("+")) & set(b.actor.split("+")):
            return True  # a headline sums up, in a word of its own, what the text then tells of the same government
        return a.actor == b.actor and a.bloc == b.bloc and (a.detail == b.detail or _is_gist(a, b) or _is_gist(b, a))
    if a.family == "agreement":
        # a treaty and a plan of exchanges, both signed; what is only talked of is called by many names
        apart = a.field == b.field and a.status != "mooted" and a.subject != b.subject and bool(a.subject and b.subject) and not (a.frame or b.frame)
        return a.topic == b.topic and not apart and _dates_meet(a, b)
    if a.direction == "third" and {a.frame, b.frame} == {"attend", "meet"} and a.field == b.field == "body" and a.status == "planned":
        return False  # they will stand together at the parade, and talk apart from it
    alike = a.detail == b.detail or a.sentence_index == b.sentence_index or "delegation" in (a.detail, b.detail)
    # a headline gives the higher of a person's offices, the text both
    alike = alike or ({a.detail, b.detail} == {"minister", "vice"} and "title" in (a.field, b.field))
    return a.direction == b.direction and alike and _dates_meet(a, b)


def _is_gist(plain: Mention, judged: Mention) -> bool:
    """Whether a statement only carries a judgement on: what is first stated, and judged in a later sentence, is two acts."""
    first = plain.field == judged.field == "body" and plain.sentence_index < judged.sentence_index
    return plain.detail == "neutral" and not first


def _is_off(a: Mention, b: Mention) -> bool:
    """"Will not go", says the title of what the text calls postponed."""
    return {a.status, b.status} == {"denied", "cancelled"} and "title" in (a.field, b.field)


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
    return gap <= (_JOURNEY if a.detail == b.detail == "leader" else _APART)
