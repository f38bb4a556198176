"""Of a word of reaction: which act it tells, whether it is made, planned or denied, and when it tells none."""

from __future__ import annotations

from analysis.coding.lexicon import Hit, words
from analysis.coding.scene import Scene

__all__ = ["act_of", "is_disclosed", "is_in_question", "is_noun", "is_speculation", "is_threatened", "reaction_status"]

_AFTER_DENIAL = 3  # "denied that it meant | to deliver"
_TALKED = 40  # characters from "to discuss" to the deliveries that are discussed
_COUNT = 40  # characters of "the latest estimates of"
_ASKED = 110  # characters from "asked" over "whether" and its subject to the verb asked about
_THREAT = 40  # characters of "would not hesitate to"
_QUESTION = 14  # characters of an ending of question, where the verb stands last


def act_of(scene: Scene, trigger: Hit) -> str:
    act = trigger["act"]
    if act not in ("neutral", "concern") or trigger["tense"] == "reply":
        return act
    # a concern is named outright: only its own clause can make more of it
    span = (0, len(scene.low)) if act == "neutral" or scene.grammar.verb_final else scene.clause(trigger.start, trigger.end)
    content = words("reaction_triggers", scene.language, pos="content").first(scene.low, *span)
    if content is not None and is_in_question(scene, content):
        content = words("reaction_triggers", scene.language, pos="content").first(scene.low, content.end, span[1])
    if content is not None:
        return content["act"]
    if act == "neutral" and trigger["tense"] != "estimate" and not _is_counted(scene, trigger) and is_disclosed(scene):
        # arms disclosed are an act as a wrong, troops counted are not
        troops = words("coding_titles", scene.language, rank="exempt")
        meant = scene.previous if not any(p.side == "PRK" for p in scene.parties) else None  # "they will join the fight"
        return act if troops.first(scene.low) or (meant is not None and troops.first(meant.low)) else "accuse"
    return act


def reaction_status(scene: Scene, trigger: Hit) -> str:
    before = scene.low[max(0, trigger.start - 24) : trigger.start]
    denial = scene.phrase("denies_that").last(scene.low, max(0, trigger.start - 70), trigger.end)
    if denial is not None and trigger.start - denial.end <= _AFTER_DENIAL:
        return "denied"
    if trigger["tense"] == "future":
        return "planned"
    ahead = scene.phrase("about_to").last(scene.low, max(0, trigger.start - 50), trigger.start)
    if ahead is not None and trigger["tense"] == "base" and trigger["act"] != "warn" and trigger.start - ahead.end <= 1:
        return "planned"
    if trigger["act"] == "warn" and (trigger["tense"] == "base" or scene.grammar.verb_final):
        return "made"  # "hinted that it might arm Kyiv": what is threatened lies ahead, the threat does not
    for status in ("denied", "planned"):  # what follows the stem, where the verb stands last
        ending = scene.phrase(f"reaction_{status}").first(scene.low, trigger.end, trigger.end + 14)
        if ending is not None and ending.start == trigger.end:
            return status
    for hit in words("status_cues", scene.language, status="planned", kind="verb", where="before").find(before):
        if hit.end == len(before) and trigger["tense"] in ("base", "present") and not _is_purpose(scene, before, hit):
            return "planned"
    for hit in words("status_cues", scene.language, status="denied", kind="verb", where="before").find(before):
        if hit.end == len(before):
            return "denied"
    return "made"


def is_noun(scene: Scene, trigger: Hit) -> bool:
    """"Une menace": what an article or a preposition stands before is no verb, though it is spelt as one."""
    article = scene.phrase("article").last(scene.low, max(0, trigger.start - 12), trigger.end)
    return article is not None and 0 <= trigger.start - article.end <= 1


def is_speculation(scene: Scene, trigger: Hit) -> bool:
    """"Washington could impose sanctions": what somebody might do is the narrator's guess, and no act."""
    guess = scene.phrase("might").last(scene.low, max(0, trigger.start - 24), trigger.start)
    return guess is not None and trigger.start - guess.end <= 1 and trigger["tense"] in ("base", "present")


def is_threatened(scene: Scene, trigger: Hit) -> bool:
    """"Will not hesitate to impose sanctions": what a word of warning governs is threatened, and the warning is the act."""
    if trigger["tense"] != "base" or trigger["act"] != "sanction":
        return False
    threat = words("reaction_triggers", scene.language, act="warn", pos="verb").last(scene.low, max(0, trigger.start - _THREAT), trigger.start)
    return threat is not None and trigger.start - threat.end <= 1


def is_in_question(scene: Scene, trigger: Hit) -> bool:
    """"Asked whether Washington was worried": what somebody was asked is not yet an answer."""
    after = scene.phrase("question_after").first(scene.low, trigger.end, trigger.end + _QUESTION)
    if after is not None and after.start - trigger.end <= 1:
        return True
    before = scene.phrase("question_before").last(scene.low, max(0, trigger.start - _ASKED), trigger.start)
    return before is not None and not any(mark in scene.low[before.end : trigger.start] for mark in ",;")


def _is_counted(scene: Scene, trigger: Hit) -> bool:
    """"By their own count", "according to the latest estimate of Seoul": what is only counted is not blamed."""
    counts = [scene.phrase(kind).first(scene.low, trigger.end, trigger.end + _COUNT) for kind in ("own_count", "count")]
    return trigger["pos"] == "phrase" and any(h is not None and h.start - trigger.end <= 1 for h in counts)


def is_disclosed(scene: Scene, start: int = 0, end: int | None = None) -> bool:
    """Whether deliveries are told of, not only talks that are to be about them."""
    if scene.phrase("unseen").first(scene.low, start, end) is not None:
        return False  # "has no evidence that arms were sent"
    for supply in words("cooperation", scene.language, kind="supply").find(scene.low, start, end):
        talk = scene.phrase("only_discussed").last(scene.low, max(0, supply.start - _TALKED), supply.start)
        deal = scene.phrase("talked_of").first(scene.low, supply.start, supply.end + _TALKED)  # "arms talks"
        if talk is None and not (deal is not None and deal.start == supply.start):
            return True
    return False


def _is_purpose(scene: Scene, before: str, hit: Hit) -> bool:
    """"Joined their voices to condemn": what one does something for is done."""
    purpose = scene.phrase("purpose").first(before, hit.start, hit.end)
    return purpose is not None and purpose.start == hit.start and purpose.end >= len(before.rstrip())
