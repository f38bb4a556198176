"""The reference facts hold to their schema, and the page about them says what they say."""

import importlib.util
import re
from zoneinfo import available_timezones

import pandas as pd
import pytest

from analysis.lexicons import read_lexicon
from analysis.schema import BLOCS, DETAILS, DIRECTIONS, STATUSES

FAMILIES = ["visit", "agreement", "reaction", "military", "cultural", "economic"]
ADDED = ["codebook_family", "codebook_status", "codebook_detail", "direction"]


def _read(root, name):
    return pd.read_csv(root / "data" / "raw" / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def events(root):
    return _read(root, "EVENTS")


def test_events_hold_to_their_schema(events):
    assert events["event_id"].is_unique
    iso = r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?"
    for column in ("date_start", "date_end"):
        assert events[column].str.fullmatch(iso).all()
    assert (events["date_start"] <= events["date_end"]).all()
    assert (events["date_start"].str.len().map({10: "day", 7: "month"}) == events["date_precision"]).all()
    assert set(events["family"]) == set(FAMILIES)
    assert set(events["confidence"]) == {"confirmed", "reported", "disputed"}
    assert events["sources"].str.split(";").map(lambda s: all(u.startswith("http") for u in s)).all()
    codes = events["actors"].str.split(";").explode()
    assert codes.str.fullmatch("[A-Z]{3}|UN|EU|G7|NATO|MSMT").all()
    assert (events["title"] != "").all()


def test_events_map_into_the_codebook_or_not_at_all(events):
    for e in events.to_dict("records"):
        family = e["codebook_family"]
        if not family:
            assert [e[c] for c in ADDED] == ["", "", "", ""], e["event_id"]
            continue
        assert e["codebook_status"] in STATUSES[family], e["event_id"]
        assert e["codebook_detail"] in DETAILS[family], e["event_id"]
        assert (e["direction"] in DIRECTIONS) == (family == "visit"), e["event_id"]


@pytest.mark.parametrize(
    ("event_id", "expected"),
    [
        ("2023-09-13-putin-kim-vostochny", ("visit", "held", "leader", "PRK>RUS")),
        ("2024-06-19-putin-pyongyang", ("visit", "held", "leader", "RUS>PRK")),
        ("2023-07-25-shoigu-pyongyang", ("visit", "held", "minister", "RUS>PRK")),
        ("2023-12-11-kozhemyako-pyongyang", ("visit", "held", "vice", "RUS>PRK")),
        ("2025-09-03-putin-kim-beijing", ("visit", "held", "leader", "third")),
        ("2015-04-30-kim-cancels-moscow", ("visit", "cancelled", "leader", "PRK>RUS")),
        ("2024-06-19-partnership-treaty-signed", ("agreement", "signed", "state", "")),
        ("2024-12-04-treaty-in-force", ("agreement", "in_force", "state", "")),
        ("2025-07-27-moscow-pyongyang-flight", ("agreement", "implemented", "business", "")),
        ("2024-10-30-borrell-hostile-act", ("reaction", "made", "accuse", "")),
        ("2025-12-06-matsegora-death", ("", "", "", "")),
        ("2025-08-12-putin-kim-phone-call", ("", "", "", "")),
        ("2024-11-29-belousov-parade-invitation", ("", "", "", "")),
        ("2024-03-28-russia-veto-panel", ("", "", "", "")),
    ],
)
def test_well_known_events_are_mapped_as_a_coder_would(events, event_id, expected):
    assert tuple(events.set_index("event_id").loc[event_id, ADDED]) == expected


def test_the_mapping_is_what_the_tool_writes(root, events):
    spec = importlib.util.spec_from_file_location("map_events", root / "tools" / "map_events.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert set(tool.BY_HAND) <= set(events["event_id"])
    pd.testing.assert_frame_equal(tool.map_events(events.drop(columns=ADDED)), events)


@pytest.mark.shared
def test_the_facts_are_kept_as_compiled(root, shared, events):
    for name, table in (("events", events.drop(columns=ADDED)), ("outlets", _read(root, "OUTLETS")), ("actors", _read(root, "ACTORS"))):
        theirs = pd.read_csv(shared / "facts" / f"{name}.csv", dtype=str, keep_default_na=False)
        key = list(theirs.columns)[:1]
        pd.testing.assert_frame_equal(
            table.sort_values(key, ignore_index=True), theirs.sort_values(key, ignore_index=True)
        )


def test_the_page_on_facts_is_true(root, events):
    page = (root / "docs" / "FACTS.md").read_text(encoding="utf-8")
    counts = pd.crosstab(events["date_start"].str[:4], events["family"])[FAMILIES]
    counts.loc["all"] = counts.sum()
    for year, row in counts.iterrows():
        assert f"| {year} | {' | '.join(map(str, row))} | {row.sum()} |" in page
    mapped = events[events["codebook_family"] != ""]
    for (family, status), n in mapped.groupby(["codebook_family", "codebook_status"]).size().items():
        assert f"| {family} | {status} | {n} |" in page
    n = mapped["codebook_family"].value_counts()
    flat = re.sub(r"\s+", " ", page)
    assert f"{n['visit']} visits, {n['agreement']} agreements and {n['reaction']} reactions are mapped" in flat
    assert f"{len(events) - len(mapped)} facts stay context" in flat
    assert f"{(~events['sources'].str.contains(';')).sum()} events rest on a single one" in flat
    assert f"{events['sources'].str.split(';').map(len).sum()} addresses" in flat
    for level, number in events["confidence"].value_counts().items():
        assert f"{level} {number}" in flat
    late = events["date_start"].str[:4].isin(["2024", "2025"]).sum()
    assert f"{late} of {len(events)} events fall in 2024 and 2025" in flat


def test_outlets_resolve_to_a_bloc_a_language_and_a_zone():
    outlets = read_lexicon("outlets")
    assert outlets["domain"].is_unique
    assert set(outlets["bloc"]) <= set(BLOCS)
    assert set(outlets["ownership"]) <= {"state", "public", "private", "aggregator", "unknown"}
    assert set(outlets["zone"]) <= available_timezones()
    assert outlets.groupby("country")["zone"].nunique().max() == 1
    assert outlets["country"].str.fullmatch("(?:[A-Z]{3})?").all()
    bloc = outlets.set_index("domain")["bloc"]
    assert bloc[["meduza.io", "themoscowtimes.com", "unn.ua", "1tv.ru", "chosun.com", "nhk.or.jp", "kcna.kp"]].tolist() == [
        "russian_exile", "russian_exile", "ukrainian", "russian", "rok", "japan", "dprk",
    ]


@pytest.mark.shared
def test_every_outlet_of_the_archives_is_known(shared):
    import gzip
    import json

    known = set(read_lexicon("outlets")["domain"])
    seen = set()
    for name in ("world-feeds-2025", "kcna-en", "wikipedia-current-events"):
        with gzip.open(shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            seen |= {json.loads(line)["outlet"] for line in lines}
    unknown = {o for o in seen if not any(o.split(".", i)[-1] in known for i in range(o.count(".") + 1))}
    assert unknown == set()


def test_every_person_place_and_body_of_the_facts_can_be_matched(root):
    facts = _read(root, "ACTORS")
    wanted = set(facts.loc[facts["kind"].isin(["person", "organisation", "place"]), "actor_id"])
    assert wanted - set(read_lexicon("actors")["actor_id"]) == set()
