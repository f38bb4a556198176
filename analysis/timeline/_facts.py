"""Events against reference facts: which event a fact is, and which facts the corpus does not report."""

from __future__ import annotations

import pandas as pd

from analysis import coding
from analysis.timeline._cells import DAY, as_range, known_persons, text_of

__all__ = ["against_reference", "match_reference"]


def match_reference(events: pd.DataFrame, *, reference: pd.DataFrame) -> pd.DataFrame:
    """Return ``events`` with the reference fact that each matches, and what the match rests on.

    A fact matches when the codebook's family agrees, the direction (visits) or the actor (reactions) does not
    contradict, an agreement's subject neither, and the dates lie within two days of each other, or in the same month where
    one side is no preciser.
    Among several the one with most names in common wins, then the nearest.

    >>> event = {"family": "visit", "direction": "RUS>PRK", "date_start": "2023-10-18", "date_end": "2023-10-19",
    ...          "detail": "minister", "persons": "Sergey Lavrov", "actor": "RUS", "subject": ""}
    >>> fact = {"event_id": "lavrov", "codebook_family": "visit", "direction": "RUS>PRK", "date_start": "2023-10-18",
    ...         "date_end": "2023-10-18", "persons": "Sergei Lavrov", "actors": "RUS;PRK", "title": ""}
    >>> match_reference(pd.DataFrame([event]), reference=pd.DataFrame([fact]))["reference_id"].tolist()
    ['lavrov']
    """
    out = events.copy()
    candidates = [f for f in reference.to_dict("records") if text_of(f.get("codebook_family"))]
    ids, evidence = [], []
    for event in events.to_dict("records"):
        scored = [s for f in candidates if (s := _match(event, f)) is not None]
        best = max(scored, key=lambda s: (s[0], s[1]["event_id"]), default=None)
        ids.append(best[1]["event_id"] if best else None)
        evidence.append(best[2] if best else None)
    return out.assign(reference_id=pd.Series(ids, index=out.index, dtype="str"),
                      match_evidence=pd.Series(evidence, index=out.index, dtype="str"))


def against_reference(events: pd.DataFrame, *, reference: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the reference facts with whether the corpus reports them, and how many articles stood around them.

    Parameters
    ----------
    events : DataFrame
        Several facts may lie in one event (an arrival, talks, a departure), so each fact looks for its event.
    reference, articles : DataFrame

    Returns
    -------
    DataFrame
        One row a fact that maps to the codebook: event_id, codebook_family, codebook_status, date_start, title,
        n_articles_near (relevant articles within seven days), found (event ids, separated by semicolons), is_found,
        status_agrees (missing when not found).

    >>> fact = {"event_id": "lavrov", "codebook_family": "visit", "direction": "RUS>PRK", "date_start": "2023-10-18",
    ...         "date_end": "2023-10-18", "persons": "", "actors": "RUS;PRK", "title": "", "codebook_status": "held"}
    >>> articles = pd.DataFrame({"published_on": pd.to_datetime(["2023-10-19"])})
    >>> from analysis import schema
    >>> found = against_reference(schema.empty("events"), reference=pd.DataFrame([fact]), articles=articles)
    >>> found[["is_found", "n_articles_near"]].values.tolist()
    [[False, 1]]
    """
    days = articles["published_on"].dropna()
    candidates = events.to_dict("records")
    rows = []
    for fact in reference.to_dict("records"):
        low, high = as_range(text_of(fact["date_start"]), text_of(fact["date_end"]))
        if not text_of(fact.get("codebook_family")) or low is None:
            continue
        near = days.between(pd.Timestamp(low - 7 * DAY), pd.Timestamp(high + 7 * DAY)).sum()
        found = [e for e in candidates if _match(e, fact) is not None]
        agrees = text_of(fact.get("codebook_status")) in {e["status"] for e in found} if found else None
        rows.append({**{k: fact.get(k) for k in ("event_id", "codebook_family", "codebook_status", "date_start", "title")},
                     "n_articles_near": int(near), "found": ";".join(e["event_id"] for e in found),
                     "is_found": bool(found), "status_agrees": agrees})
    return pd.DataFrame(rows)


def _match(event: dict, fact: dict) -> tuple[tuple[int, int], dict, str] | None:
    if fact["codebook_family"] != event["family"]:
        return None
    low, high = as_range(text_of(fact["date_start"]), text_of(fact["date_end"]))
    first, last = as_range(text_of(event["date_start"]), text_of(event["date_end"]))
    if first is None:  # undated in the text: what was held or said stands in the news within days
        first = last = event["first_report"].date()
        slack = 4
    else:
        slack = 2
    if low is None or low - slack * DAY > last or high + slack * DAY < first:
        return None
    direction, sides = text_of(fact.get("direction")), set(text_of(fact.get("actors")).replace("+", ";").split(";"))
    if event["family"] == "visit" and direction and direction != (text_of(event["direction"]) or direction):
        return None
    if event["family"] == "reaction" and not sides & set(text_of(event["actor"]).split("+")):
        return None
    told = coding.subjects_in(text_of(fact.get("title")), language="en")  # the facts are in English
    if event["family"] == "agreement" and text_of(event["subject"]) and told and event["subject"] not in told:
        return None
    ours, theirs = _people(text_of(event["persons"])), _people(text_of(fact.get("persons")))
    if event["family"] == "visit" and event["detail"] != "leader" and ours and theirs and not ours & theirs:
        return None
    away = abs((first - low).days)
    names = f", {len(ours & theirs)} names in common" if ours & theirs else ""
    why = f"{event['family']} {event['direction'] or event['actor'] or ''}, {away} days apart{names}"
    return (len(ours & theirs), -away), fact, why


def _people(persons: str) -> set[str]:
    return {actor for actor, _ in known_persons(persons)}
