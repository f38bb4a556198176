"""Date expressions of tests/gold/dates_*.csv, resolved by analysis.dates and by dateparser, on the same lists.

    python benchmarks/dates_vs_dateparser.py

`exact`: start, end and precision are right. `within`: the first day found lies in the right period, which is all that a
point in time can be right about; the fair column for dateparser. Where the right answer is none (no date, or ambiguous),
naming no day is right in both. dateparser is asked twice, with the publication date as its base and told the tense where
the list's sentence is about the future: given the bare expression, and left to find it in the sentence (search_dates).
"""

import csv
import warnings
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import dateparser
from dateparser.search import search_dates

from analysis.dates import find_spans

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"


def rows(language: str) -> list[dict]:
    with (GOLD / f"dates_{language}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def ours(row: dict, language: str) -> list:
    start = row["sentence"].index(row["expression"])
    end = start + len(row["expression"])
    spans = find_spans(row["sentence"], published=row["published"], language=language)
    return [s for s in spans if s.start < end and s.end > start and s.date_start]


def is_exact(row: dict, spans: list) -> bool:
    wanted = (row["date_start"], row["date_end"], row["date_precision"])
    found = {(s.date_start, s.date_end, s.date_precision) for s in spans}
    return found == ({wanted} if row["date_start"] else set())


def is_within(row: dict, day: str) -> bool:
    if not row["date_start"] or not day:
        return not row["date_start"] and not day
    return row["date_start"] <= day[: len(row["date_start"])] <= row["date_end"]


def theirs(row: dict, language: str, *, search: bool) -> str:
    base = datetime.combine(date.fromisoformat(row["published"]), datetime.min.time())
    future = row["date_end"] > row["published"]
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future" if future else "past"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if not search:
            found = dateparser.parse(row["expression"], languages=[language], settings=settings)
            return found.date().isoformat() if found else ""
        hits = search_dates(row["sentence"], languages=[language], settings=settings) or []
    for words, when in hits:
        if words in row["expression"] or row["expression"] in words:
            return when.date().isoformat()
    return ""


def main() -> None:
    head = "lang  split     n   ours exact   ours within   dateparser, expression   dateparser, sentence"
    print(head)
    for language in ("en", "fr", "ru", "ko"):
        n = Counter()
        for row in rows(language):
            split = row["split"]
            spans = ours(row, language)
            n[split, "n"] += 1
            n[split, "exact"] += is_exact(row, spans)
            n[split, "within"] += is_within(row, spans[0].date_start if spans else "")
            n[split, "parse"] += is_within(row, theirs(row, language, search=False))
            n[split, "search"] += is_within(row, theirs(row, language, search=True))
        for split in ("dev", "test", "second"):
            a, b, c, d, e = (n[split, k] for k in ("n", "exact", "within", "parse", "search"))
            print(f"{language:4}  {split:6} {a:4}  {b:11}  {c:12}  {d:23}  {e:21}")


if __name__ == "__main__":
    main()
