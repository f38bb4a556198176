"""The day of publication: as stated, in an address, in a page, in a text."""

import datetime as dt

import pytest

from analysis.clean import canonical_url, clean_one, read_date
from analysis.clean._calendar import day_implied, days_named
from analysis.clean._pages import date_of_address

DAY = dt.date(2024, 2, 8)


@pytest.mark.parametrize(
    "stated",
    [
        "2024-02-08", "2024-02-08 00:02:08+00:00", "2024-02-08T02:11:36.638711+00:00", "2024-02-08T10:00", "20240208",
        "20240208T120000Z", "1707350400", "1707350400000", "Thu, 08 Feb 2024 10:00:00 GMT", "08.02.2024 10:00", "13/02/2024",
        "8 février 2024 à 10 h", "Feb 8, 2024", "8 февраля 2024 г.", "2024년 2월 8일", "2024.02.08.", "2024/02/08 10:11",
    ],
)
def test_a_day_is_read_in_the_forms_that_archives_use(stated):
    expected = dt.date(2024, 2, 13) if stated.startswith("13") else DAY
    assert read_date(stated).day == expected
    assert read_date(stated).precision == "day"


@pytest.mark.parametrize(
    ("stated", "zone", "day"),
    [
        ("2025-09-05T07:00:00+09:00", "Europe/London", dt.date(2025, 9, 4)),
        ("2023-09-13 22:30:00+00:00", "Asia/Tokyo", dt.date(2023, 9, 14)),
        ("2023-09-13T22:30:00", "Asia/Tokyo", dt.date(2023, 9, 13)),
        ("2023-09-13", "Asia/Tokyo", dt.date(2023, 9, 13)),
        ("2023-07-01T03:00:00Z", "No/Such_Zone", dt.date(2023, 7, 1)),
        ("2023-07-01T03:00:00+09:00", "", dt.date(2023, 7, 1)),
    ],
)
def test_a_moment_with_an_offset_is_a_day_where_the_outlet_is(stated, zone, day):
    assert read_date(stated, zone).day == day


@pytest.mark.parametrize("stated", ["", "soon", "2024-02-30", "0", "1970-01-01T00:00:00Z", "9" * 500, "02/07/2024", "32.13.2024"])
def test_what_is_no_date_stays_unknown(stated):
    assert read_date(stated)[:2] == (None, "unknown")


def test_a_month_or_a_year_keeps_its_precision_and_a_country_decides_the_order():
    assert read_date("2024-02")[:2] == (dt.date(2024, 2, 1), "month")
    assert read_date("2024")[:2] == (dt.date(2024, 1, 1), "year")
    assert read_date("02/07/2024", "UTC", "FRA").day == dt.date(2024, 7, 2)
    assert read_date("02/07/2024", "UTC", "USA").day == dt.date(2024, 2, 7)


@pytest.mark.parametrize(
    ("url", "day", "precision"),
    [
        ("https://a.example/2024/02/08/talks", DAY, "day"),
        ("https://a.example/news/2024-02-08-talks", DAY, "day"),
        ("https://a.example/html/20240208/k1.html", DAY, "day"),
        ("https://a.example/2024/02/talks", dt.date(2024, 2, 1), "month"),
        ("https://a.example/AKR20240208073100504", None, "unknown"),
        ("https://a.example/2024/13/45/x", None, "unknown"),
    ],
)
def test_an_address_gives_its_day(url, day, precision):
    assert date_of_address(url)[:2] == (day, precision)


def test_tracking_fragment_scheme_and_www_do_not_make_another_address():
    same = {
        canonical_url(u)
        for u in (
            "https://www.a.example/x/?id=7&utm_source=rss", "http://a.example/x?at_medium=RSS&id=7#top", "https://A.example/x?id=7",
        )
    }
    assert same == {"https://a.example/x?id=7"}
    assert canonical_url("https://a.example/x?id=8") not in same
    assert canonical_url("no address") == canonical_url("") == ""


def test_dates_of_a_text_are_found_in_four_languages():
    text = "Le 7 février, 8 марта 2023 года, 2024년 2월 8일, on March 3, 2021."
    found = {(n.year, n.month, n.day) for n in days_named(text, language=None)}
    assert found == {(0, 2, 7), (2023, 3, 8), (2024, 2, 8), (2021, 3, 3)}


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        # The year is named elsewhere.
        ("Le 7 février, l'agence a cité un diplomate. Le bilan de 2024 est bon.", "fr", dt.date(2024, 2, 7)),
        # It is not, but one year on is the first that makes October past.
        ("Le 7 février, l'agence a cité un diplomate. Il était venu en octobre 2023.", "fr", dt.date(2024, 2, 7)),
        # A planned day is no day of publication.
        ("On 3 March 2021 the ministers met. They will meet again on 9 April 2021.", "en", dt.date(2021, 3, 3)),
        ("3 марта министры встретились. В 2021 году это был первый визит.", "ru", dt.date(2021, 3, 3)),
        ("3월 3일 두 장관이 만났다. 2021년 첫 방문이었다.", "ko", dt.date(2021, 3, 3)),
        ("On 3 March the ministers met.", "en", None),
        ("The treaty of 1961 has lapsed.", "en", None),
        ("", "en", None),
    ],
)
def test_a_text_without_any_date_of_its_own_implies_its_day_or_stays_undated(text, language, day):
    found, why = day_implied(text, language=language, latest=dt.date(2030, 1, 1))
    assert found == day
    assert bool(why) == bool(day)


def test_the_field_goes_before_the_address_and_the_address_before_the_text():
    item = {"title": "T", "body": "On 3 March 2021 they met.", "url": "https://a.example/2022/05/06/t"}
    assert clean_one(item | {"date_text": "2023-07-08"}).article["date_source"] == "field"
    assert clean_one(item).article["date_source"] == "url: 2022/05/06"
    assert clean_one(item | {"url": None}).article["date_source"].startswith("text: '3 March 2021'")
    undated = clean_one({"title": "T", "body": "They met."}).article
    assert undated["date_precision"] == "unknown" and undated["date_source"].startswith("none")


PAGE = (
    "<html lang='ru'><head><title>Встреча министров</title>{head}</head><body><nav>Главная Спорт</nav><article>"
    "<h1>Встреча министров</h1><p class='meta'>{line}</p><p>Министры двух стран обсудили торговлю и договорились о новой "
    "встрече в столице, сообщили в пресс-службе ведомства после переговоров.</p></article></body></html>"
)


def test_a_page_is_dated_by_its_head_and_never_by_a_first_of_january_that_was_guessed():
    by_head = PAGE.format(head='<meta property="article:published_time" content="2024-06-19T23:30:00Z">', line="")
    one = clean_one({"html": by_head, "outlet": "ria.ru"}).article
    assert (str(one["published_on"])[:10], one["date_source"]) == (
        "2024-06-20", "meta: article:published_time, in Europe/Moscow",
    )
    by_line = PAGE.format(head="", line="Опубликовано 19 июня 2024, 10:00")
    one = clean_one({"html": by_line}).article
    assert str(one["published_on"])[:10] == "2024-06-19"
    assert "Опубликовано" in one["date_source"]


@pytest.mark.shared
def test_the_seed_is_dated_from_its_text(shared):
    from analysis import sources

    record = next(sources.read(shared / "seed")).records.to_dict("records")[0]
    one = clean_one(record)
    assert str(one.article["published_on"])[:10] in {"2024-02-07", "2024-02-08"}
    assert one.article["date_source"] == "text: '7 février' + year 2024 named in the text"
    assert one.article["language"] == "fr" and one.rejected == ""
    assert one.cuts["kind"].tolist() == ["caption", "source_line", "comment_counter"]
    assert "|" not in one.article["body"] and "Comment" not in one.article["body"]
