"""Numbers per period against hand arithmetic; gaps told from silence."""

import gzip
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from analysis import schema, trend


def make_articles(rows, **more):
    """Rows of (day, outlet, bloc, is_copy, story); a missing day is undated."""
    table = pd.DataFrame(rows, columns=["published_on", "outlet_id", "bloc", "is_copy", "story_id"])
    table["article_id"] = [f"a{i}" for i in range(len(table))]
    table["date_precision"] = np.where(table["published_on"].isna(), "unknown", "day")
    table = table.assign(source_id="s", language="en", raw_path="f", raw_row=range(len(table)), text_sha256="x", **more)
    blank = {n: None for n in schema.TABLES["articles"].names if n not in table}
    return schema.check(table.assign(**blank), "articles")


def make_totals(rows, source="s"):
    """Rows of (outlet, first day, last day, items a day)."""
    parts = [
        pd.DataFrame({"source_id": source, "outlet_id": o, "day": pd.date_range(a, b), "n_items": n}) for o, a, b, n in rows
    ]
    return schema.check(pd.concat(parts), "totals")


TOTALS = make_totals([("lemonde.fr", "2024-01-01", "2024-03-31", 100), ("tass.com", "2024-01-01", "2024-03-31", 50)])
ARTICLES = make_articles([
    ("2024-01-05", "lemonde.fr", "western", False, "a0"),
    ("2024-01-06", "tass.com", "russian", True, "a0"),
    ("2024-03-30", "tass.com", "russian", False, "a2"),
    (None, "tass.com", "russian", False, "a3"),
])


def values(table, **where):
    for column, value in where.items():
        table = table[table[column] == value]
    return table["value"].tolist()


def test_volume_counts_stories_once_and_writes_zero_for_observed_silence():
    assert values(trend.volume(ARTICLES, TOTALS)) == [1, 0, 1]
    assert values(trend.volume(ARTICLES, TOTALS, copies=True)) == [2, 0, 1]


def test_an_undated_article_is_in_no_row_but_is_counted():
    assert trend.undated(ARTICLES, by="bloc").to_numpy().tolist() == [["russian", 3, 1], ["western", 1, 0]]


def test_a_date_known_to_the_month_counts_in_months_and_not_in_weeks():
    month = ARTICLES.assign(date_precision="month")
    assert sum(values(trend.volume(month, TOTALS, copies=True))) == 3
    assert sum(values(trend.volume(month, TOTALS, freq="W", copies=True))) == 0
    assert trend.undated(month, freq="W")["n_undated"].tolist() == [4]


def test_every_group_has_every_period():
    table = trend.volume(ARTICLES, TOTALS, by="bloc")
    assert table.groupby("group")["period_start"].apply(len).to_dict() == {"russian": 3, "western": 3}
    assert values(table, group="russian") == [0, 0, 1]


def test_an_outlet_without_a_relevant_article_counts_in_its_blocs_denominator():
    totals = make_totals([("lemonde.fr", "2024-01-01", "2024-01-31", 100), ("bbc.com", "2024-01-01", "2024-01-31", 100)])
    january = ARTICLES[ARTICLES["published_on"] < "2024-02-01"]
    table = trend.share(january, totals, by="bloc")
    assert table.set_index("group").loc["western", ["numerator", "denominator"]].tolist() == [1, 6200]


def test_share_has_its_parts_and_counts_copies_like_its_denominator():
    row = trend.share(ARTICLES, TOTALS).iloc[0]
    assert (row["numerator"], row["denominator"]) == (2, 31 * 150)
    assert row["value"] == pytest.approx(2 / 4650)
    assert row["low"] < row["value"] < row["high"]


def test_weeks_start_on_monday_and_ends_are_exclusive():
    table = trend.volume(ARTICLES, TOTALS, freq="W")
    assert set(table["period_start"].dt.day_name()) == {"Monday"}
    assert ((table["period_end"] - table["period_start"]).dt.days == 7).all()
    first = table[table["value"] > 0].iloc[0]
    assert (first["period_start"], first["value"]) == (pd.Timestamp("2024-01-01"), 1)


def test_a_month_without_items_is_missing_not_zero():
    totals = TOTALS[TOTALS["day"].dt.month != 2]
    table = trend.volume(ARTICLES, totals)
    assert np.isnan(table["value"][1]) and np.isnan(table["high"][1])
    assert (table["days_observed"][1], table["is_complete"][1], table["numerator"][1]) == (0, False, 0)


def test_a_thin_beginning_is_no_data_even_with_one_busy_day():
    thin = make_totals([("o", "2023-01-01", "2023-06-30", 2), ("o", "2023-07-01", "2023-12-31", 100)])
    thin.loc[thin["day"] == "2023-02-24", "n_items"] = 15
    table = trend.volume(schema.empty("articles"), thin)
    assert table["value"].isna().tolist() == [True] * 6 + [False] * 6
    assert table["denominator"][1] == 27 * 2 + 15  # what was seen stays on record


def test_thin_is_the_callers_to_choose():
    thin = make_totals([("o", "2023-01-01", "2023-03-31", 2), ("o", "2023-04-01", "2023-12-31", 100)])
    assert trend.volume(schema.empty("articles"), thin, thin=0.01)["value"].notna().all()


def test_a_source_is_measured_against_itself_not_against_a_larger_one():
    both = pd.concat([make_totals([("o", "2023-01-01", "2023-12-31", 1000)], "large"),
                      make_totals([("o", "2024-01-01", "2024-12-31", 10)], "small")])
    assert trend.volume(schema.empty("articles"), both)["value"].notna().all()


def test_one_article_is_data():
    totals = make_totals([("o", "2024-02-08", "2024-02-08", 1)])
    table = trend.volume(make_articles([("2024-02-08", "o", "western", False, "a0")]), totals)
    assert table[["value", "is_complete", "days_observed"]].to_numpy().tolist() == [[1.0, False, 1]]


def test_completeness_asks_for_nine_days_in_ten():
    totals = make_totals([("o", "2024-04-01", "2024-04-27", 10), ("o", "2024-05-01", "2024-05-27", 10)])
    assert trend.volume(schema.empty("articles"), totals)["is_complete"].tolist() == [True, False]  # 27 of 30, 27 of 31


def test_an_outlet_of_working_days_is_complete_without_its_weekends():
    totals = make_totals([("o", "2024-01-01", "2024-03-31", 10)])
    weekdays = totals[totals["day"].dt.day_of_week < 5]
    assert trend.volume(schema.empty("articles"), weekdays)["is_complete"].all()
    gaps = weekdays[~weekdays["day"].between("2024-02-05", "2024-02-16")]
    assert trend.volume(schema.empty("articles"), gaps)["is_complete"].tolist() == [True, False, True]


@pytest.mark.parametrize(("k", "n", "low", "high"), [
    (0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662),
])
def test_wilson_published_values(k, n, low, high):
    got = trend.wilson_interval([k], [n])
    assert [float(g[0]) for g in got] == pytest.approx([low, high], abs=5e-5)


@pytest.mark.parametrize(("k", "low", "high"), [
    (0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.6235, 11.668), (10, 4.7954, 18.390), (100, 81.364, 121.627),
])
def test_garwood_published_values(k, low, high):
    got = trend.poisson_interval([k])
    assert [float(g[0]) for g in got] == pytest.approx([low, high], abs=1e-3)


def test_wilson_of_nothing_is_missing():
    assert np.isnan(trend.wilson_interval([0], [0])).all()


def make_stance(scores):
    """{article: scores}, all the narrator's; None is unscored."""
    rows = [(a, i, "sentence", "narrator", "unscored" if s is None else "neutral", s, "m", "") for a, own in scores.items()
            for i, s in enumerate(own)]
    return schema.check(pd.DataFrame(rows, columns=schema.TABLES["stance"].names), "stance")


def test_mean_tone_is_over_sentences_with_copies_left_out_and_unscored_counted():
    stance = make_stance({"a0": [0.5, -0.1, None], "a1": [0.9], "a2": [0.2]})
    table = trend.mean_tone(stance, ARTICLES, TOTALS)
    narrator = table[table["series"] == "tone:narrator"].reset_index()
    assert narrator["value"][0] == pytest.approx(0.2)
    assert (narrator["denominator"][0], narrator["n_unscored"][0]) == (2, 1)
    assert np.isnan(narrator["low"][0])  # one story has no interval
    assert np.isnan(narrator["value"][1]) and np.isnan(values(table, series="tone:quoted")).all()


def test_mean_tone_resamples_stories_and_other_groups_do_not_move_it():
    rng = np.random.default_rng(5)
    articles = make_articles([("2024-01-10", "lemonde.fr", "western", False, f"a{i}") for i in range(40)])
    # Ten identical sentences a story: 400 sentences know no more than 40.
    stance = make_stance({f"a{i}": [float(s)] * 10 for i, s in enumerate(rng.normal(0, 0.3, 40).clip(-1, 1))})
    row = trend.mean_tone(stance, articles, TOTALS, by="bloc", seed=7).query("group == 'western' and value == value").iloc[0]
    half = (row["high"] - row["low"]) / 2
    assert half == pytest.approx(1.96 * 0.3 / np.sqrt(40), rel=0.35)
    more = pd.concat([articles, ARTICLES[ARTICLES["bloc"] == "russian"].assign(article_id=lambda t: "r" + t["article_id"])])
    again = trend.mean_tone(stance, more, TOTALS, by="bloc", seed=7).query("group == 'western' and value == value").iloc[0]
    assert (again["low"], again["high"]) == (row["low"], row["high"])


def make_mentions(rows):
    """Rows of (article, sentence, family, status, is_background)."""
    table = pd.DataFrame(rows, columns=["article_id", "sentence", "family", "status", "is_background"])
    table = table.assign(mention=0, date_precision="unknown", voice="narrator", trigger_start=0, trigger_end=1)
    return schema.check(table.assign(**{n: "" for n in schema.TABLES["event_mentions"].names if n not in table and
                                        n != "confidence"}, confidence=1.0), "event_mentions")


MENTIONS = make_mentions([
    ("a0", 0, "visit", "planned", False), ("a0", 1, "visit", "planned", False), ("a0", 2, "visit", "held", True),
    ("a1", 0, "visit", "planned", False), ("a2", 0, "visit", "held", False), ("a2", 1, "agreement", "signed", False),
])


def test_a_story_counts_once_a_status_and_planned_is_never_added_to_held():
    table = trend.count_mentions(MENTIONS, ARTICLES, TOTALS)
    assert sorted(table["series"].unique()) == ["mentions:agreement:signed", "mentions:visit:held", "mentions:visit:planned"]
    assert values(table, series="mentions:visit:planned") == [1, 0, 0]
    assert values(table, series="mentions:visit:held") == [0, 0, 1]


def test_background_is_left_out_unless_asked_for():
    table = trend.count_mentions(MENTIONS, ARTICLES, TOTALS, background=True)
    assert values(table, series="mentions:visit:held") == [1, 0, 1]


def test_events_are_counted_in_the_period_they_began_when_their_date_is_fine_enough():
    events = pd.DataFrame({
        "event_id": ["e1", "e2", "e3"], "family": "visit", "status": "held", "date_start": ["2024-02-03", "2024-03", "2024"],
        "date_precision": ["day", "month", "year"],
    })
    table = trend.count_events(events, TOTALS)
    assert values(table, series="events:visit:held") == [0, 1, 1]
    assert values(trend.count_events(events, TOTALS, freq="YS")) == [3]
    assert values(trend.count_events(events, TOTALS, freq="W"))[4] == 1  # Saturday 3 February is in the week of 29 January


def test_topic_shares_are_of_the_stories_with_a_topic_and_each_story_has_one():
    topics = pd.DataFrame({"article_id": ["a0", "a0", "a2"], "topic": [0, 1, 1], "weight": [0.7, 0.3, 1.0]})
    table = trend.topic_share(topics, ARTICLES, TOTALS)
    assert values(table, series="topic:en:0") == pytest.approx([1, np.nan, 0], nan_ok=True)
    assert values(table, series="topic:en:1") == pytest.approx([0, np.nan, 1], nan_ok=True)


def test_articles_in_a_point_are_the_ones_it_counts():
    table = trend.volume(ARTICLES, TOTALS, by="bloc", copies=True)
    for _, point in table.iterrows():
        assert len(trend.articles_in(point, ARTICLES, by="bloc", copies=True)) == point["value"]


def test_gaps_are_found_and_rare_outlets_have_none():
    rare = make_totals([("rare", d, d, 1) for d in ("2024-01-03", "2024-02-20", "2024-03-20")])
    gone = make_totals([("daily", "2024-01-01", "2024-01-20", 30), ("daily", "2024-02-10", "2024-03-31", 30)])
    table = trend.find_gaps(pd.concat([rare, gone]))
    assert table[["outlet_id", "n_days"]].to_numpy().tolist() == [["daily", 20]]
    assert (table["gap_start"][0], table["gap_end"][0]) == (pd.Timestamp("2024-01-21"), pd.Timestamp("2024-02-10"))


@pytest.mark.parametrize(("argument", "message"), [
    ({"freq": "month"}, "freq 'month': use one of D, W, MS, QS, YS"), ({"by": "colour"}, "by 'colour': no such column"),
])
def test_errors_name_the_remedy(argument, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        trend.volume(ARTICLES, TOTALS, **argument)


def test_nothing_in_gives_an_empty_typed_table():
    for table in (trend.volume(schema.empty("articles"), schema.empty("totals")),
                  trend.share(schema.empty("articles"), schema.empty("totals"), by="bloc"),
                  trend.count_mentions(MENTIONS.head(0), ARTICLES.head(0), TOTALS.head(0))):
        assert table.empty and list(table) == schema.TABLES["series"].names


def read_totals(path, source):
    counts = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in stream:
            outlet, day = re.search(r'"outlet": "([^"]*)"', row), re.search(r'"date": "(\d{4}-\d\d-\d\d)', row)
            if outlet and day:
                counts[source, outlet[1], day[1]] += 1
    rows = [(*key, n) for key, n in counts.items()]
    return schema.check(pd.DataFrame(rows, columns=schema.TABLES["totals"].names), "totals")


@pytest.mark.shared
def test_western_feeds_have_no_data_before_september_2022_and_in_january_2023(shared):
    totals = read_totals(shared / "corpora" / "western-feeds-2022-2023.jsonl.gz", "western-feeds")
    table = trend.volume(schema.empty("articles"), totals).set_index("period_start")["value"]
    missing = {f"{day:%Y-%m}" for day in table.index[table.isna()]}
    assert missing == {f"2022-{m:02}" for m in range(1, 9)} | {"2023-01"}


@pytest.mark.shared
def test_channel_ones_absent_years_are_no_data(shared):
    totals = read_totals(shared / "corpora" / "channel-one-ru.jsonl.gz", "channel-one")
    table = trend.volume(schema.empty("articles"), totals, freq="YS")
    assert sorted(table.loc[table["value"].isna(), "period_start"].dt.year) == [2001, *range(2011, 2014), *range(2015, 2019)]
    assert trend.find_gaps(totals)["n_days"].tolist() == [365, 1096, 1461]
