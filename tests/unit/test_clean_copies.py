"""Duplicates and stories."""

import pandas as pd

from analysis import schema
from analysis.clean import mark_copies

LONG = (
    "The two ministers met in the northern port on Tuesday and agreed to repair the old railway bridge before the winter. "
    "Work will start in May, the transport office said, and the first freight train should cross by the end of the year. "
    "Local people said that they had waited for the bridge for a long time and hoped that the price of coal would fall. "
)


def article(n: int, body: str, *, day: str | None = "2024-05-01", outlet: str = "", title: str = "", **more) -> dict:
    return {
        "article_id": f"{n:016x}", "source_id": "s", "outlet_id": outlet or f"o{n}.example", "bloc": "unknown", "language": "en",
        "published_on": day, "date_precision": "day" if day else "unknown", "title": title or f"Headline number {n}", "body": body,
        "text_sha256": f"{title or n}{body}", "story_id": f"{n:016x}", "is_copy": False, "raw_path": "f", "raw_row": n, **more,
    }


def table(*rows: dict) -> pd.DataFrame:
    return schema.cast(pd.DataFrame(rows, columns=schema.TABLES["articles"].names), "articles")


def copies(*rows: dict) -> dict[int, int]:
    marked, _ = mark_copies(table(*rows))
    return {int(a, 16): int(b, 16) for a, b in marked.loc[marked["is_copy"], ["article_id", "copy_of"]].values}


def test_the_same_item_twice_stays_once():
    kept, rejects = mark_copies(table(article(1, LONG), article(1, LONG + "x", raw_row=5)))
    assert kept["raw_row"].tolist() == [1]
    assert rejects[["raw_row", "reason"]].values.tolist() == [[5, "duplicate"]]
    assert "f:1" in rejects["detail"].iloc[0]


def test_the_same_text_of_one_outlet_is_a_duplicate_within_three_days_only():
    rows = [article(n, LONG, day=d, outlet="o.example", title="Bridge") for n, d in ((1, "2024-05-01"), (2, "2024-05-04"), (3, "2024-05-06"))]
    kept, rejects = mark_copies(table(*rows))
    assert kept["raw_row"].tolist() == [1, 3] and rejects["raw_row"].tolist() == [2]
    assert kept["is_copy"].tolist() == [False, True]


def test_a_story_is_led_by_the_first_and_ends_after_a_week():
    assert copies(article(2, LONG), article(1, LONG, day="2024-05-02"), article(3, LONG, day="2024-05-09")) == {1: 2}


def test_near_copies_count_and_mere_likeness_does_not():
    changed = LONG.replace("coal", "wheat")
    other = LONG.replace("railway bridge", "ferry").replace("winter", "summer").replace("May", "June").replace("coal", "fish").replace("freight train", "boat").replace("northern port", "capital")
    assert copies(article(1, LONG), article(2, changed, day="2024-05-02")) == {2: 1}
    assert copies(article(1, LONG), article(2, "On Monday " + other, day="2024-05-02")) == {}


def test_a_copy_shortened_from_its_end_is_a_copy_and_the_longer_leads_on_one_day():
    short = LONG[: LONG.index(" Local people")]
    assert copies(article(1, short), article(2, LONG)) == {1: 2}


def test_languages_are_told_apart():
    assert copies(article(1, LONG), article(2, LONG, language="fr")) == {}


def test_titles_alone_need_six_equal_words():
    six, five = "Ministers meet in port for talks", "Ministers meet in port today"
    assert copies(article(1, "", title=six), article(2, "", title=six.upper() + ".")) == {2: 1}
    assert copies(article(1, "", title=five), article(2, "", title=five)) == {}


def test_a_story_does_not_drift_from_its_first_text():
    """Each text is near to the one before it; the last is no longer near to the first and leads its own story."""
    words = [f"w{i}" for i in range(100)]
    texts = [" ".join([*(f"new{i}" for i in range(k)), *words[k:]]) for k in (0, 8, 16)]
    assert copies(*(article(n, t, day=f"2024-05-0{n}") for n, t in enumerate(texts, 1))) == {2: 1}


def test_an_article_without_a_day_can_copy_but_not_lead_a_dated_one():
    assert copies(article(1, LONG, day=None), article(2, LONG)) == {1: 2}
