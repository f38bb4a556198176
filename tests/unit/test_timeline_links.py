"""One event is not made two by its reporters' words, and two are not made one."""

import pandas as pd
import pytest

from analysis import schema, timeline

VISIT = {
    "family": "visit", "status": "held", "detail": "delegation", "actor": "PRK", "counterpart": "RUS", "persons": "", "subject": "",
    "direction": "PRK>RUS", "date_start": "", "date_end": "", "date_precision": "unknown", "place": "", "bloc": "", "voice": "narrator",
    "speaker": "", "is_background": False, "trigger_start": 0, "trigger_end": 3, "confidence": 0.9,
}
REACTION = VISIT | {"family": "reaction", "status": "made", "detail": "accuse", "actor": "USA", "counterpart": "PRK", "direction": ""}
PACT = VISIT | {"family": "agreement", "status": "signed", "detail": "state", "actor": "RUS", "counterpart": "PRK", "direction": ""}


def on(day, end=None):
    return {"date_start": day, "date_end": end or day, "date_precision": {10: "day", 7: "month", 4: "year"}[len(day)]}


def linked(kind, *reports):
    """Each report: publication day, changes to ``kind``, and optionally the article that it stands in."""
    mentions, articles = [], {}
    for i, (day, changes, *where) in enumerate(reports):
        article = where[0] if where else f"a{i}"
        articles[article] = {"article_id": article, "published_on": pd.Timestamp(day), "outlet_id": f"o{i}", "bloc": "western", "story_id": article}
        mentions.append(kind | {"sentence": 1} | changes | {"article_id": article, "mention": i})
    return timeline.link(schema.check(pd.DataFrame(mentions), "event_mentions"), pd.DataFrame(list(articles.values())))[0]


def test_joint_actors_are_the_same_in_whatever_order():
    events = linked(REACTION, ("2023-10-26", {"actor": "JPN+KOR"}), ("2023-10-26", {"actor": "KOR+JPN"}))
    assert events["n_articles"].tolist() == [2]


def test_a_statement_is_one_whether_told_as_a_claim_or_as_a_blame():
    said = REACTION | {"detail": "neutral"}
    events = linked(REACTION, ("2023-11-23", {}), ("2023-11-23", said))
    assert (events["detail"].tolist(), events["n_articles"].tolist()) == (["accuse"], [2])
    events = linked(REACTION, ("2023-11-23", {}), ("2023-11-23", said), ("2023-11-24", said))  # the act that most took it for
    assert (events["detail"].tolist(), events["n_articles"].tolist()) == (["neutral"], [3])
    assert len(linked(REACTION, ("2023-11-23", {}), ("2023-11-30", said))) == 2
    worried = {"detail": "concern"}
    assert len(linked(REACTION, ("2023-11-09", worried), ("2023-11-09", said))) == 1
    assert len(linked(REACTION, ("2023-11-09", worried), ("2023-11-11", said))) == 2


def test_governments_that_speak_again_within_days_have_reacted_twice():
    days = ["2023-08-30", "2023-08-31", "2023-09-04"]
    events = linked(REACTION, *[(d, on(d)) for d in days], ("2023-09-06", {}), ("2023-08-30", {}))
    assert dict(zip(events["date_start"], events["n_articles"], strict=True)) == {"2023-08-30": 2, "2023-08-31": 1, "2023-09-04": 2}
    undated = linked(REACTION, *[(d, {}) for d in ("2023-09-12", "2023-09-14", "2023-09-16")])  # from its first report on, two days
    assert sorted(undated["n_articles"]) == [1, 2]
    assert len(linked(REACTION, ("2023-11-01", {}), ("2023-11-02", on("2023-11-02")))) == 2  # not told before it is made


def test_a_headline_recalls_nothing():
    told = [("2023-11-23", {})] * 3
    assert linked(REACTION, *told, ("2023-12-01", {}))["n_articles"].tolist() == [4]
    assert sorted(linked(REACTION, *told, ("2023-12-01", {"sentence": 0}))["n_articles"]) == [1, 3]


def test_a_deal_of_no_named_subject_is_the_one_that_is_spoken_of():
    arms = {"status": "mooted", "subject": "arms"}
    assert linked(PACT, ("2023-09-12", arms), ("2023-09-13", {"status": "mooted", "subject": ""}))["n_articles"].tolist() == [2]
    assert len(linked(PACT, ("2023-09-12", arms), ("2023-10-13", {"status": "mooted", "subject": ""}))) == 2
    assert len(linked(PACT, ("2023-09-12", arms), ("2023-09-13", {"status": "signed", "subject": ""}))) == 2


def test_what_a_government_is_about_to_say_is_not_what_it_said_last_week():
    events = linked(REACTION, ("2023-11-07", {}), ("2023-11-15", {"status": "planned"}))
    assert sorted(events["status"]) == ["made", "planned"]
    threat_then_act = linked(REACTION, ("2023-11-07", {"status": "planned"}), ("2023-11-15", {}))
    assert threat_then_act["status"].tolist() == ["made"]


def test_what_rests_on_likeness_alone_founds_no_event():
    for kind in (REACTION, VISIT, PACT):
        told = on("2023-11-07")
        events = linked(kind, ("2023-11-07", told), ("2023-11-08", told | {"confidence": 0.55}), ("2025-12-08", on("2025-12-07") | {"confidence": 0.55}))
        assert (events["n_articles"].tolist(), events["date_start"].tolist()) == ([2], ["2023-11-07"])
    assert len(linked(REACTION, ("2023-11-07", {}), ("2024-11-08", {}))) == 2


def test_what_the_west_fears_is_one_mood():
    mood = {"actor": "", "detail": "concern"}
    assert linked(REACTION, ("2023-09-11", mood), ("2023-10-16", mood))["n_articles"].tolist() == [2]
    named = {"detail": "concern"}
    assert len(linked(REACTION, ("2023-09-11", named), ("2023-10-16", named))) == 2


def test_levels_of_one_agreement_differ_in_the_words_of_two_reporters():
    events = linked(PACT, ("2025-09-03", {"subject": "justice"} | on("2025-09-02")), ("2025-09-06", {"subject": "justice", "detail": "agency"}))
    assert events["n_articles"].tolist() == [2]


def test_a_military_deal_in_the_making_is_the_arms_deal():
    mooted = {"status": "mooted", "subject": "arms"}
    assert len(linked(PACT, ("2023-09-05", mooted), ("2023-09-07", mooted | {"subject": "military"}))) == 1
    assert len(linked(PACT, ("2023-09-05", mooted), ("2023-09-07", {"subject": "military"}))) == 2


def test_a_year_has_room_for_what_is_told_without_a_date_in_it():
    treaty = {"subject": "treaty"}
    events = linked(PACT, ("2024-06-19", treaty), ("2025-08-13", treaty | on("2024")))
    assert events[["date_start", "n_articles"]].values.tolist() == [["2024", 2]]


def test_a_line_that_runs_is_no_new_event():
    runs = {"status": "implemented", "subject": "air"}
    assert len(linked(PACT, ("2025-07-27", runs), ("2025-09-04", runs))) == 1
    assert len(linked(PACT, ("2025-07-27", runs | {"status": "mooted"}), ("2025-09-04", runs | {"status": "mooted"}))) == 2


def test_a_leaders_visit_is_recalled_however_little_it_was_reported():
    led = VISIT | {"detail": "leader"}
    assert len(linked(led, ("2024-06-17", on("2024-06-17", "2024-06-23")), ("2024-07-25", {}))) == 1
    official = {"detail": "minister"}
    assert len(linked(VISIT, ("2024-06-17", official | on("2024-06-17", "2024-06-23")), ("2024-07-25", official))) == 2


def test_a_headline_without_a_date_may_run_ahead_of_the_day():
    led = VISIT | {"detail": "leader", "direction": "third", "actor": "RUS", "counterpart": "PRK"}
    events = linked(led, ("2025-08-28", {}), *[("2025-09-04", on("2025-09-03"))] * 2)
    assert events[["date_start", "n_articles"]].values.tolist() == [["2025-09-03", 3]]


def test_the_leaders_delegation_has_no_visit_of_its_own():
    led = {"detail": "leader"}
    events = linked(VISIT, ("2023-09-13", led | on("2023-09-13")), ("2023-09-13", on("2023-09-13")), ("2023-09-12", {}), ("2023-09-04", {}))
    assert sorted(zip(events["detail"], events["n_articles"], strict=True)) == [("delegation", 1), ("leader", 3)]


def test_on_his_own_journey_a_leader_receives_nobody_at_home():
    abroad = {"detail": "leader", "persons": "Kim Jong Un"}
    seen = {"detail": "minister", "actor": "RUS", "counterpart": "PRK", "direction": "RUS>PRK"}
    days = [("2023-09-12", abroad | on("2023-09-12")), ("2023-09-17", abroad | on("2023-09-14"))]
    events = linked(VISIT, *days, ("2023-09-13", seen | {"persons": "Kim Jong Un; Sergei Shoigu"}))
    assert events["direction"].tolist() == ["PRK>RUS"]
    events = linked(VISIT, *days, ("2023-09-13", seen | {"persons": "Sergei Shoigu"}))
    assert sorted(events["direction"]) == ["PRK>RUS", "RUS>PRK"]


def test_the_way_home_of_a_named_official_is_told_days_later():
    vice = {"detail": "vice", "persons": "Choe Son Hui"}
    events = linked(VISIT, ("2024-07-28", vice | on("2024-07-27")), ("2024-08-06", vice | on("2024-08-05")))
    assert events[["date_start", "date_end"]].values.tolist() == [["2024-07-27", "2024-08-05"]]
    assert len(linked(VISIT, ("2024-07-28", vice | on("2024-07-27")), ("2024-08-14", vice | on("2024-08-13")))) == 2


def test_a_delegation_leaves_and_is_back_within_the_week():
    assert len(linked(VISIT, ("2025-08-05", on("2025-08-04")), ("2025-08-09", on("2025-08-08")))) == 1
    assert len(linked(VISIT, ("2025-08-05", on("2025-08-04")), ("2025-08-12", on("2025-08-11")))) == 2


def test_a_delegation_back_before_the_minister_left_is_another():
    minister = {"detail": "minister", "persons": "Choe Son Hui"}
    events = linked(VISIT, ("2025-10-18", {}), ("2025-10-25", on("2025-10-24")), *[("2025-10-27", minister | on("2025-10-27"))] * 2)
    assert dict(zip(events["date_start"], events["n_articles"], strict=True)) == {"2025-10-18": 2, "2025-10-27": 2}


def test_a_report_without_a_day_that_comes_earlier_shows_that_the_visit_had_begun():
    home = on("2025-10-24")
    begun = linked(VISIT, ("2025-10-18", {}), ("2025-10-25", home))
    assert begun[["date_start", "date_end"]].values.tolist() == [["2025-10-18", "2025-10-24"]]
    planned = linked(VISIT, ("2025-10-18", {"status": "planned"}), ("2025-10-25", home))
    assert planned["date_start"].tolist() == ["2025-10-24"]
    met_elsewhere = {"direction": "third", "detail": "leader"}
    assert linked(VISIT, ("2025-08-30", met_elsewhere), ("2025-09-03", met_elsewhere | on("2025-09-03")))["date_start"].tolist() == ["2025-09-03"]


def test_governments_react_again_within_the_fortnight_but_a_lone_report_recalls_what_several_told():
    assert len(linked(REACTION, ("2023-10-14", {}), ("2023-10-26", {}))) == 2
    assert linked(REACTION, *[("2023-11-23", {})] * 3, ("2023-12-01", {}))["n_articles"].tolist() == [4]


def test_one_unnamed_delegation_follows_another_and_talks_last_a_month():
    assert len(linked(VISIT, ("2025-09-02", {}), ("2025-09-06", {}))) == 2
    air = {"status": "mooted", "subject": "air"}
    assert len(linked(PACT, ("2023-10-22", air), ("2023-11-20", air))) == 1
    assert len(linked(PACT, ("2023-10-22", air), ("2023-11-25", air))) == 2


def test_a_plan_is_for_the_next_occasion_rather_than_for_the_best_known():
    visit = {"actor": "RUS", "counterpart": "PRK", "direction": "RUS>PRK", "detail": "minister"}
    near = [("2023-07-27", visit | on("2023-07-26"))]
    far = [("2023-10-19", visit | on("2023-10-18"))] * 3
    events = linked(VISIT, *near, *far, ("2023-07-25", visit | {"status": "planned"}))
    assert dict(zip(events["date_start"], events["n_articles"], strict=True)) == {"2023-07-26": 2, "2023-10-18": 3}


@pytest.mark.parametrize(("articles", "status"), [(("one", "one"), "held"), (("one", "two"), "planned")])
def test_who_tells_of_an_arrival_tells_what_is_planned_on_it(articles, status):
    arrival, talks = ("2025-06-04", {}, articles[0]), ("2025-06-04", {"status": "planned"}, articles[1])
    assert linked(VISIT, arrival, talks)["status"].tolist() == [status]
