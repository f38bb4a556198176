"""Floors on the lists of date expressions: dates_XX.csv, drawn up by hand, part before the code and part after it.

`dev` and `test` were written before any code, and the failures of `test` were not looked at. They were solved at the first
run but for three of 197, by the one author of lists and rules. `second` is a further list, written when both were solved and then run once: 53 of 60 were right
(en 11, fr 15, ru 12, ko 15 of 15), the better estimate of what other people's sentences get. Its misses have been mended
since, so today's figure for it says no more than that of the others.
"""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from analysis.dates import find_spans

FOLDER = Path(__file__).parent
FLOORS = {
    "en": {"dev": 26, "test": 25, "second": 14},
    "fr": {"dev": 24, "test": 24, "second": 15},
    "ru": {"dev": 24, "test": 24, "second": 15},
    "ko": {"dev": 25, "test": 25, "second": 15},
}


def rows(language):
    with (FOLDER / f"dates_{language}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def is_right(row, language):
    """The spans over the expression say its start, end and precision and nothing else; no date where there is none."""
    start = row["sentence"].index(row["expression"])
    end = start + len(row["expression"])
    spans = find_spans(row["sentence"], published=row["published"], language=language)
    found = {(s.date_start, s.date_end, s.date_precision) for s in spans if s.start < end and s.end > start}
    wanted = (row["date_start"], row["date_end"], row["date_precision"])
    return {f for f in found if f[0]} == ({wanted} if row["date_start"] else set())


@pytest.mark.parametrize("language", FLOORS)
def test_no_list_falls_below_its_floor(language):
    right = Counter()
    missed = []
    for row in rows(language):
        if is_right(row, language):
            right[row["split"]] += 1
        else:
            missed.append((row["split"], row["published"], row["sentence"], row["expression"]))
    for split, floor in FLOORS[language].items():
        assert right[split] >= floor, missed


@pytest.mark.parametrize("language", FLOORS)
def test_the_lists_are_well_formed(language):
    for row in rows(language):
        assert row["sentence"].count(row["expression"]) >= 1
        date.fromisoformat(row["published"])
        length = {"day": 10, "month": 7, "year": 4, "": 0}[row["date_precision"]]
        assert len(row["date_start"]) == len(row["date_end"]) == length
        assert row["date_start"] <= row["date_end"]
