"""Laws of cleaning: no character and no row is lost, and the order of rows changes nothing."""

import datetime as dt
from collections import Counter

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import clean, schema
from analysis.clean._calendar import day_implied
from analysis.clean._relevance import missing_side, screen_pattern
from analysis.clean._repair import strip_markup

LINES = st.sampled_from([
    "Two ministers met.", "| A hall. |", "Source", "Source: an invented wire", "Comment (0)", "12 comments", "Continue reading...",
    "Read more", "#one #two", "MOSCOW — They met.", "PORTVILLE, March 3 (Invented) - They met.", "-0-", "Сегодня, 11:28",
    "Смотрите в этом выпуске: мост; снег.", "(서울=가상통신) 홍길동 기자 = 만났다.", "Home | World | Sport | News", "By Jane Doe",
    "(Jane Doe/AFP via Getty Images)", "The post X appeared first on Y.", "Опубликовано 3 мая 2021", "입력 2022.11.03 09:12", "a", "",
])
ANY = st.text(max_size=60)
BODIES = st.lists(LINES | ANY, max_size=8).map("\n".join)


def characters(text: str) -> Counter:
    return Counter(c for c in text if not c.isspace())


@given(BODIES, ANY, st.dates() | st.none())
def test_body_and_cuts_hold_every_character(body, title, published):
    whole = clean.repair(body)
    kept, pieces = clean.cut_boilerplate(whole, title=title, published=published)
    assert characters(kept) + sum((characters(p.text) for p in pieces), Counter()) == characters(whole)
    assert all(p.text for p in pieces)


@given(BODIES)
def test_cutting_again_cuts_no_line_that_was_kept(body):
    once, _ = clean.cut_boilerplate(clean.repair(body))
    twice, _ = clean.cut_boilerplate(once)
    assert characters(twice) <= characters(once)


@given(st.text(alphabet="<>ap/ b=\"'!-", max_size=60))
def test_text_and_tags_hold_every_character(content):
    plain, tags = strip_markup(content)
    assert characters(plain) + characters("".join(tags)) == characters(content)


@given(ANY)
def test_repair_is_stable(content):
    once = clean.repair(content)
    assert "\x00" not in once
    assert clean.repair(once) == once or "&" in once or not once.isascii()


@given(st.text(max_size=40), st.sampled_from(["UTC", "Asia/Seoul", "America/New_York"]))
def test_no_stated_date_stops_the_reading(stated, zone):
    found = clean.read_date(stated, zone)
    assert (found.day is None) == (found.precision == "unknown")


@given(st.datetimes(min_value=dt.datetime(1971, 1, 1), max_value=dt.datetime(2090, 1, 1)), st.sampled_from(["Asia/Seoul", "UTC"]))
def test_a_moments_day_is_at_most_one_off_its_own(moment, zone):
    day = clean.read_date(f"{moment:%Y-%m-%dT%H:%M:%S}+00:00", zone).day
    assert abs((day - moment.date()).days) <= 1


@given(st.text(max_size=200))
def test_no_text_implies_a_day_after_the_latest(content):
    day, why = day_implied(content, language="en", latest=dt.date(2020, 1, 1))
    assert (day is None) == (why == "") and (day is None or day <= dt.date(2020, 1, 1))


@given(st.text(max_size=30), st.sampled_from(["North Korea", "КНДР", "북한", "Corée du Nord", "朝鲜", "Kim Jong Un"]),
       st.sampled_from(["Russia", "Путин", "러시아", "Moscou", "俄罗斯"]))
def test_the_fast_pass_lets_through_what_the_exact_one_accepts(filler, first, second):
    import re

    text = f"{first}. {filler} {second}."
    if missing_side(text) == "":
        for side in ("PRK", "RUS"):
            assert re.search(screen_pattern(side), text.lower())


ITEM = st.fixed_dictionaries({
    "title": st.sampled_from(["Putin in Pyongyang", "Rain", "", "Ким Чен Ын в России", None]),
    "body": st.sampled_from(["He met Kim Jong Un.", "", "<p>It rained.</p>", None, "\x00", "Source"]),
    "date_text": st.sampled_from(["2024-06-18", "2099-01-01", "1900-01-01", "soon", None]),
    "url": st.sampled_from(["https://a.example/1", "https://a.example/2?utm_source=x", None]),
    "outlet": st.sampled_from(["bbc.com", "a.example", None]),
})


@settings(max_examples=20, deadline=None)
@given(st.lists(ITEM, max_size=12))
def test_rows_in_are_articles_and_rejects_at_every_step(items):
    rows = [{"source_id": "s", "raw_path": "f", "raw_row": n, **i} for n, i in enumerate(items, 1)]
    records = schema.cast(pd.DataFrame(rows, columns=schema.TABLES["records"].names), "records")
    screened = clean.screen(records, latest=dt.date(2030, 1, 1))
    assert len(records) == len(screened.kept) + len(screened.rejects)
    prepared = clean.prepare(screened.kept, latest=dt.date(2030, 1, 1))
    assert len(screened.kept) == len(prepared.articles) + len(prepared.rejects)
    articles, rejects = clean.mark_copies(prepared.articles)
    assert len(prepared.articles) == len(articles) + len(rejects)
    seen = pd.concat([articles[["raw_row"]], screened.rejects[["raw_row"]], prepared.rejects[["raw_row"]], rejects[["raw_row"]]])
    assert sorted(seen["raw_row"]) == list(range(1, len(items) + 1))
    assert screened.totals["n_items"].sum() <= len(records)


WORDS = ["port", "bridge", "coal", "train", "north", "treaty", "winter", "minister"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=12, max_size=40).map(" ".join)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.integers(1, 12), st.integers(0, 2)), min_size=1, max_size=8), st.randoms(use_true_random=False)
)
def test_stories_do_not_depend_on_the_order_of_rows(rows, random):
    bodies = [rows[0][0], *(r[0] for r in rows)]  # at least one text stands twice
    items = [
        {
            "article_id": f"{n:016x}", "source_id": "s", "outlet_id": f"o{outlet}", "bloc": "unknown", "language": "en",
            "published_on": f"2024-05-{day:02d}", "date_precision": "day", "title": "A headline", "body": body,
            "text_sha256": body, "story_id": "", "is_copy": False, "raw_path": "f", "raw_row": n,
        }
        for n, (body, (_, day, outlet)) in enumerate(zip(bodies, [rows[0], *rows], strict=True))
    ]
    names = schema.TABLES["articles"].names
    shuffled = random.sample(items, len(items))
    first, second = (clean.mark_copies(schema.cast(pd.DataFrame(i, columns=names), "articles")) for i in (items, shuffled))
    pd.testing.assert_frame_equal(first[0], second[0])
    pd.testing.assert_frame_equal(first[1], second[1])
    copies = first[0][first[0]["is_copy"]]
    leads = set(first[0].loc[~first[0]["is_copy"], "article_id"])
    assert set(copies["copy_of"]) <= leads and (copies["story_id"] == copies["copy_of"]).all()
