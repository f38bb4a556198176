"""Detection and fields on coded items never drop below the pinned floors, language by language, family by family.

The coders are language models (tests/gold/README.md): the figures are agreement with them, not with people.
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from analysis import coding, validate

HERE = Path(__file__).parent
with (HERE / "floors.csv").open(encoding="utf-8") as stream:
    FLOORS = list(csv.DictReader(stream))


@cache
def matched(path):
    gold = validate.read_gold(path)
    said = {
        g["item"]: [
            {"family": m.family, "status": m.status, "detail": m.detail, "actor": m.actor, "counterpart": m.counterpart,
             "direction": m.direction, "date_start": m.date_start, "voice": m.voice, "sentence": m.sentence}
            for m in coding.code_article(g["title"], g["text"], language=g["language"], published=g["published"])
        ]
        for g in gold
    }
    table = validate.match_mentions(gold, said)
    return table.assign(fold=table["item"].map({g["item"]: g.get("fold", "dev") for g in gold}))


def scored(row, shared):
    path = {"shared": shared / "gold" / "dev.jsonl"}.get(row["gold"]) or HERE / f"{row['gold']}.jsonl"
    table = matched(path)
    for column in ("fold", "language"):
        if row[column] != "all":
            table = table[table[column] == row[column]]
    return table


@pytest.mark.shared
@pytest.mark.parametrize("row", FLOORS, ids=lambda r: "-".join([r["gold"], r["fold"], r["language"], r["family"]]))
def test_floor(row, shared):
    table = scored(row, shared)
    if row["family"] in ("visit", "agreement", "reaction"):
        measured = validate.f1_table(table[table["family"] == row["family"]], n_boot=0 or 1)["f1"].iloc[0]
    else:  # a field: share right of the matched
        fields = validate.field_table(table).set_index("field")
        measured = fields.loc[row["family"], "share"]
    assert measured >= float(row["floor"]), f"{measured:.3f} fell below {row['floor']}"


@pytest.mark.shared
def test_no_visit_that_was_not_held_is_called_held(shared):
    table = matched(shared / "gold" / "dev.jsonl")
    visits = table[(table["family"] == "visit") & (table["outcome"] == "tp")]
    wrong = visits[~visits["gold_status"].str.contains("held") & (visits["said_status"] == "held")]
    assert wrong["item"].tolist() == []
