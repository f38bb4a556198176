"""Mentions become events as a reader would join them, and a plan is never called held."""

import pandas as pd
import pytest

from analysis import schema, timeline

VISIT = {
    "family": "visit", "status": "held", "detail": "leader", "actor": "PRK", "counterpart": "RUS", "persons": "Kim Jong Un", "subject": "",
    "direction": "PRK>RUS", "date_start": "2023-09-13", "date_end": "2023-09-13", "date_precision": "day",
    "place": "Vostochny", "bloc": "", "voice": "narrator", "speaker": "", "is_background": False,
    "trigger_start": 0, "trigger_end": 3, "confidence": 1.0,
}


def linked(*reports, reference=None):
    """Each report: publication day, changes to VISIT, and optionally outlet, bloc and story."""
    mentions, articles = [], []
    for i, (day, changes, *more) in enumerate(reports):
        where = {"outlet_id": f"o{i}", "bloc": "western", "story_id": f"a{i}", **(more[0] if more else {})}
        articles.append({"article_id": f"a{i}", "published_on": pd.Timestamp(day), **where})
        mentions.append(VISIT | changes | {"article_id": f"a{i}", "sentence": 1, "mention": 0})
    table = schema.check(pd.DataFrame(mentions), "event_mentions")
    return timeline.link(table, pd.DataFrame(articles), reference=reference)


def test_planned_then_held_is_one_event_with_its_history():
    events, reports = linked(
        ("2023-09-05", {"status": "planned", "date_start": "2023-09", "date_end": "2023-09", "date_precision": "month"}),
        ("2023-09-13", {}),
        ("2023-09-14", {"date_start": "2023-09-13"}),
    )
    assert len(events) == 1
    event = events.iloc[0]
    assert event["status"] == "held"
    assert event["status_history"] == "2023-09-05:planned;2023-09-13:held;2023-09-14:held"
    assert (event["date_start"], event["date_precision"]) == ("2023-09-13", "day")
    assert len(reports) == 3


def test_a_planned_visit_whose_day_passed_unreported_is_not_confirmed():
    events, _ = linked(
        ("2024-01-05", {"status": "planned", "date_start": "2024-01-20", "date_end": "2024-01-20"}),
        ("2024-03-01", {"family": "agreement", "status": "signed", "detail": "state", "direction": "",
                        "date_start": "2024-02-29", "date_end": "2024-02-29"}),
    )
    visit = events[events["family"] == "visit"].iloc[0]
    assert visit["status"] == "not_confirmed"


def test_a_planned_visit_still_ahead_is_planned_and_a_cancelled_one_cancelled():
    ahead, _ = linked(("2024-01-05", {"status": "planned", "date_start": "2024-03-20", "date_end": "2024-03-20"}))
    assert ahead["status"].tolist() == ["planned"]
    off, _ = linked(
        ("2024-01-05", {"status": "planned", "date_start": "2024-01-20", "date_end": "2024-01-20"}),
        ("2024-01-18", {"status": "cancelled", "date_start": "2024-01-20", "date_end": "2024-01-20"}),
    )
    assert off["status"].tolist() == ["cancelled"]


def test_a_stray_date_joins_the_event_and_a_long_visit_is_one():
    days = ["2023-09-12", "2023-09-13", "2023-09-13", "2023-09-13", "2023-09-15", "2023-09-17"]
    events, _ = linked(*[(d, {"date_start": d, "date_end": d}) for d in days],
                       ("2023-09-14", {"date_start": "2023-09-20", "date_end": "2023-09-20", "status": "planned"}))
    assert len(events) == 1
    assert (events["date_start"].iloc[0], events["date_end"].iloc[0]) == ("2023-09-12", "2023-09-17")
    assert events["n_articles"].iloc[0] == 7


def test_a_guessed_direction_joins_the_event_it_stands_near_and_decides_nothing():
    guess = {"direction": "RUS>PRK", "actor": "RUS", "counterpart": "PRK", "confidence": 0.3}
    events, _ = linked(("2023-09-13", {}), ("2023-09-13", guess), ("2023-09-14", guess), ("2021-01-05", guess | {
        "date_start": "2021-01-04", "date_end": "2021-01-04"}))
    found = events.set_index("date_start")
    assert (found.loc["2023-09-13", "direction"], found.loc["2023-09-13", "n_articles"]) == ("PRK>RUS", 3)
    assert found.loc["2021-01-04", "direction"] == ""


def test_one_slip_of_coding_does_not_turn_a_plan_into_a_visit():
    plan = {"status": "planned", "date_start": "2024-03-20", "date_end": "2024-03-20"}
    events, _ = linked(*[(f"2024-03-{d}", plan) for d in (20, 21, 22, 23, 24)], ("2024-03-25", plan | {"status": "held"}),
                       ("2024-05-01", {"direction": "RUS>PRK"}))
    assert events.set_index("direction").loc["PRK>RUS", "status"] == "not_confirmed"


def test_two_agreements_of_one_day_are_two_events():
    signed = {"family": "agreement", "status": "signed", "detail": "state", "direction": ""}
    events, _ = linked(("2023-09-13", signed | {"subject": "forestry"}), ("2023-09-13", signed | {"subject": "health"}))
    assert sorted(events["subject"]) == ["forestry", "health"]


def test_directions_and_ranks_are_different_events():
    events, _ = linked(
        ("2023-09-13", {}),
        ("2023-09-13", {"direction": "RUS>PRK", "actor": "RUS", "counterpart": "PRK"}),
        ("2023-09-13", {"detail": "minister", "persons": "Choe Son Hui"}),
    )
    assert len(events) == 3


def test_two_ministers_on_one_day_are_two_events():
    russian = {"detail": "minister", "direction": "RUS>PRK", "actor": "RUS", "counterpart": "PRK"}
    events, _ = linked(
        ("2023-07-26", russian | {"persons": "Sergei Shoigu", "date_start": "2023-07-26", "date_end": "2023-07-26"}),
        ("2023-07-26", russian | {"persons": "Sergey Lavrov", "date_start": "2023-07-26", "date_end": "2023-07-26"}),
        ("2023-07-27", russian | {"persons": "Сергей Шойгу", "date_start": "2023-07-26", "date_end": "2023-07-26"}),
    )
    assert sorted(events["n_articles"]) == [1, 2]


def test_a_month_attaches_to_the_day_in_it_and_years_apart_stay_apart():
    events, _ = linked(
        ("2023-09-13", {}),
        ("2024-02-08", {"date_start": "2023-09", "date_end": "2023-09", "date_precision": "month", "is_background": True}),
        ("2019-04-25", {"date_start": "2019-04-25", "date_end": "2019-04-25"}),
    )
    assert len(events) == 2
    assert events.set_index("date_start").loc["2023-09-13", "n_articles"] == 2


def test_an_undated_report_joins_the_event_it_stands_near_to():
    minister = {"detail": "minister", "persons": ""}
    undated = minister | {"date_start": "", "date_end": "", "date_precision": "unknown"}
    events, _ = linked(("2023-09-13", minister), ("2023-09-15", undated), ("2023-12-15", undated))
    assert sorted(events["n_articles"]) == [1, 2]


def test_long_after_an_undated_report_recalls_the_well_known_event():
    undated = {"date_start": "", "date_end": "", "date_precision": "unknown"}
    known = [("2023-09-13", {})] * 5
    events, reports = linked(*known, ("2023-12-15", undated))
    assert events["n_articles"].tolist() == [6]
    assert reports["lag_days"].max() == 93
    events, _ = linked(*known, ("2023-12-15", undated | {"status": "planned"}))
    assert sorted(events["n_articles"]) == [1, 5]


def test_a_plan_spoken_of_again_is_one_plan_and_no_visit():
    undated = {"status": "planned", "date_start": "", "date_end": "", "date_precision": "unknown"}
    events, _ = linked(("2023-09-14", undated), ("2023-10-19", undated), ("2024-06-01", undated))
    assert sorted(events["n_articles"]) == [1, 2]
    assert set(events["status"]) == {"planned"}


def test_an_undated_report_prefers_the_well_known_event_to_a_stray_one():
    undated = {"date_start": "", "date_end": "", "date_precision": "unknown"}
    known = [("2023-09-13", {})] * 5
    events, _ = linked(*known, ("2023-10-16", undated | {"status": "planned"}), ("2023-10-23", undated))
    assert sorted(events["n_articles"]) == [1, 6]


def test_a_reaction_long_after_recalls_none():
    accuse = {"family": "reaction", "status": "made", "detail": "accuse", "actor": "USA", "counterpart": "PRK", "direction": ""}
    undated = accuse | {"date_start": "", "date_end": "", "date_precision": "unknown"}
    events, _ = linked(*[("2023-09-13", accuse)] * 5, ("2023-12-15", undated))
    assert sorted(events["n_articles"]) == [1, 5]


def test_the_way_home_of_a_named_traveller_is_the_same_visit():
    minister = {"detail": "minister", "persons": "Choe Son Hui"}
    days = ["2024-11-01", "2024-11-04", "2024-11-08"]
    events, _ = linked(*[(d, minister | {"date_start": d, "date_end": d}) for d in days])
    assert events["date_start"].tolist() == ["2024-11-01"]
    nameless, _ = linked(*[(d, minister | {"persons": "", "date_start": d, "date_end": d}) for d in days])
    assert len(nameless) == 2


def test_the_leader_who_sent_an_official_did_not_travel_with_him():
    visit = {"detail": "minister", "actor": "RUS", "counterpart": "PRK", "direction": "RUS>PRK"}
    events, _ = linked(
        ("2025-08-12", visit | {"status": "planned", "persons": "Vladimir Putin", "date_start": "2025-08-14", "date_end": "2025-08-15"}),
        ("2025-08-15", visit | {"persons": "Vyacheslav Volodin; Kim Jong Un", "date_start": "2025-08-14", "date_end": "2025-08-14"}),
    )
    assert events["status"].tolist() == ["held"]


def test_coverage_counts_copies_outlets_and_blocs_apart():
    events, _ = linked(
        ("2023-09-13", {}, {"story_id": "a0"}),
        ("2023-09-13", {}, {"story_id": "a0", "bloc": "rok"}),
        ("2023-09-15", {}, {"story_id": "a2", "outlet_id": "o0"}),
    )
    event = events.iloc[0]
    assert (event["n_articles"], event["n_stories"], event["n_outlets"], event["n_blocs"]) == (3, 2, 2, 2)
    assert event["lag_days"] == 0
    assert event["half_life_days"] == 0


@pytest.mark.parametrize("day", ["2023-09-11", "2023-09-15"])
def test_a_fact_within_two_days_matches_with_its_evidence(day):
    reference = pd.DataFrame([{
        "event_id": "fact", "codebook_family": "visit", "codebook_status": "held", "direction": "PRK>RUS",
        "date_start": day, "date_end": day, "actors": "RUS;PRK", "persons": "Kim Jong Un", "title": "t",
    }])
    events, _ = linked(("2023-09-13", {}), reference=reference)
    assert events["reference_id"].tolist() == ["fact"]
    assert "2 days apart" in events["match_evidence"].iloc[0]


def test_a_fact_of_another_direction_or_week_does_not_match():
    base = {"event_id": "fact", "codebook_family": "visit", "actors": "RUS;PRK", "persons": "", "title": "t",
            "codebook_status": "held", "direction": "RUS>PRK", "date_start": "2023-09-13", "date_end": "2023-09-13"}
    for change in ({}, {"direction": "PRK>RUS", "date_start": "2023-09-20", "date_end": "2023-09-20"}):
        events, _ = linked(("2023-09-13", {}), reference=pd.DataFrame([base | change]))
        assert events["reference_id"].isna().all()


def test_against_reference_says_found_and_missing_with_the_articles_around():
    reference = pd.DataFrame([
        {"event_id": "found", "codebook_family": "visit", "codebook_status": "held", "direction": "PRK>RUS",
         "date_start": "2023-09-13", "date_end": "2023-09-17", "actors": "RUS;PRK", "persons": "", "title": "t"},
        {"event_id": "missing", "codebook_family": "visit", "codebook_status": "held", "direction": "RUS>PRK",
         "date_start": "2023-09-14", "date_end": "2023-09-14", "actors": "RUS;PRK", "persons": "", "title": "t"},
        {"event_id": "not ours", "codebook_family": "", "codebook_status": "", "direction": "",
         "date_start": "2023-09-14", "date_end": "2023-09-14", "actors": "", "persons": "", "title": "t"},
    ])
    events, _ = linked(("2023-09-13", {}), reference=reference)
    articles = pd.DataFrame({"published_on": pd.to_datetime(["2023-09-13"])})
    out = timeline.against_reference(events, reference=reference, articles=articles).set_index("event_id")
    assert out["is_found"].to_dict() == {"found": True, "missing": False}
    assert out["n_articles_near"].to_dict() == {"found": 1, "missing": 1}
    assert out.loc["found", "status_agrees"]


def test_the_order_of_rows_does_not_matter():
    reports = [("2023-09-13", {}), ("2023-09-05", {"status": "planned", "date_start": "", "date_end": "",
                                                   "date_precision": "unknown"}), ("2023-10-20", {"direction": "RUS>PRK"})]
    first, _ = linked(*reports)
    table = [VISIT | c | {"article_id": f"a{i}", "sentence": 1, "mention": 0} for i, (_, c) in enumerate(reports)]
    articles = pd.DataFrame([{"article_id": f"a{i}", "published_on": pd.Timestamp(d), "outlet_id": f"o{i}",
                              "bloc": "western", "story_id": f"a{i}"} for i, (d, _) in enumerate(reports)])
    again, _ = timeline.link(schema.check(pd.DataFrame(table[::-1]), "event_mentions"), articles.iloc[::-1])
    pd.testing.assert_frame_equal(first, again)
