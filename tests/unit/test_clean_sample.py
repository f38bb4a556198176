"""The demonstration corpus: every planted defect is met as its gold file says."""

import datetime as dt
import json

import pandas as pd
import pytest

from analysis import clean, sources

# Of articles of one day nobody can say which was first, so who copies whom is asserted by story.
FIELDS = ("language", "published", "outlet", "title", "text")


@pytest.fixture(scope="module")
def sample(root) -> tuple[dict[str, dict], dict[str, dict], dict[str, str]]:
    folder = root / "data" / "raw" / "sample"
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    own = pd.read_csv(folder / "outlets.csv", dtype=str, keep_default_na=False)
    batches = list(sources.read(folder / "items"))
    cleaned = clean.clean(
        pd.concat([b.records for b in batches], ignore_index=True), latest=dt.date(2026, 11, 24), outlets=own
    )
    rejects = pd.concat([cleaned.rejects, *(b.rejects for b in batches)])
    for table in (cleaned.articles, rejects):
        table["item"] = table["raw_path"] + "#" + table["raw_row"].astype("str")
    articles = {a["item"]: a for a in cleaned.articles.fillna({"outlet_id": "", "title": ""}).to_dict("records")}
    return {g["item"]: g for g in gold}, articles, dict(zip(rejects["item"], rejects["reason"], strict=True))


def test_what_cannot_be_kept_is_rejected_for_the_stated_reason(sample):
    gold, articles, rejects = sample
    expected = {i: g["rejected"] for i, g in gold.items() if g["rejected"]}
    assert len(articles) + len(rejects) == len(gold)
    assert {i: r for i, r in rejects.items() if expected.get(i) != r} == {}
    assert set(expected) == set(rejects)


@pytest.mark.parametrize("field", FIELDS)
def test_every_kept_item_is_cleaned_as_written(sample, field):
    gold, articles, _ = sample
    column = {"published": "published_on", "outlet": "outlet_id", "text": "body"}.get(field, field)
    wrong = {}
    for item, g in gold.items():
        if g["rejected"] or field not in g or (field == "outlet" and not g["outlet"]):
            continue
        found = articles[item][column]
        found = str(found)[:10] if field == "published" else found
        if found not in (g[field], g.get("published_also") if field == "published" else None):
            wrong[item] = (g[field], found)
    assert wrong == {}


def test_copies_fall_into_the_stories_of_their_originals(sample):
    gold, articles, _ = sample
    kept = {i: g for i, g in gold.items() if not g["rejected"]}
    stories = {g["copy_of"] for g in kept.values() if g.get("copy_of")}
    for original in stories:
        members = {original, *(i for i, g in kept.items() if g.get("copy_of") == original)}
        assert len({articles[i]["story_id"] for i in members}) == 1, members
        assert sum(not articles[i]["is_copy"] for i in members) == 1
    single = [i for i, g in kept.items() if not g.get("copy_of") and i not in stories]
    assert [i for i in single if articles[i]["is_copy"]] == []
