"""Screen, prepare and the one-record path: nothing is lost, and every rejection says why."""

import datetime as dt

import pandas as pd
import pytest

from analysis import clean, schema

GOOD = {"title": "Putin lands in Pyongyang", "body": "He met Kim Jong Un.", "date_text": "2024-06-18", "outlet": "bbc.com"}


def records(*items: dict) -> pd.DataFrame:
    rows = [{"source_id": "s", "raw_path": "f.jsonl", "raw_row": n, **item} for n, item in enumerate(items, 1)]
    return schema.cast(pd.DataFrame(rows, columns=schema.TABLES["records"].names), "records")


def test_each_item_is_kept_or_rejected_with_a_reason_of_the_list():
    table = records(
        GOOD,
        {"title": "Rain", "date_text": "2024-06-18", "outlet": "bbc.com"},
        {**GOOD, "date_text": "2031-01-01"},
        {**GOOD, "date_text": "1903-01-01"},
        {"title": None, "body": None},
        {"title": "North Korea and Russia", "body": "<p></p>", "date_text": "soon"},
    )
    screened = clean.screen(table, latest=dt.date(2026, 1, 1))
    assert screened.rejects["raw_row"].tolist() == [2, 3, 4, 5]
    assert screened.rejects["reason"].tolist() == ["irrelevant", "date_in_future", "date_out_of_range", "irrelevant"]
    assert set(screened.rejects["reason"]) <= set(clean.REASONS)
    assert screened.kept["date_precision"].tolist() == ["day", "unknown"]
    assert screened.totals["n_items"].tolist() == [2], "irrelevant items count, impossible and missing days do not"


def test_an_item_dated_after_it_was_collected_is_rejected_but_a_day_is_allowed_for_zones():
    table = records({**GOOD, "fetched_on": "2024-06-17"}, {**GOOD, "fetched_on": "2024-06-16"})
    assert clean.screen(table).rejects["raw_row"].tolist() == [2]


def test_totals_count_by_the_outlets_own_day():
    table = records(*[{"title": "x", "date_text": t, "outlet": "nhk.or.jp"} for t in ("2025-09-04T23:00:00Z", "2025-09-05")])
    totals = clean.screen(table).totals
    assert totals[["outlet_id", "n_items"]].values.tolist() == [["nhk.or.jp", 2]]
    assert totals["day"].dt.strftime("%Y-%m-%d").tolist() == ["2025-09-05"]


@pytest.mark.parametrize(
    ("fields", "outlet", "bloc"),
    [
        ({"outlet": "www-preprod.bbc.co.uk"}, "bbc.co.uk", "western"),
        ({"outlet": "BBC", "url": "https://x.example/1"}, "bbc.co.uk", "western"),
        ({"url": "https://en.yna.co.kr/view/1"}, "en.yna.co.kr", "rok"),
        ({"outlet": "an unlisted paper", "outlet_country": "KOR"}, "an unlisted paper", "rok"),
        ({"url": "https://news.nowhere.co.uk/1"}, "nowhere.co.uk", "unknown"),
        ({}, "unknown", "unknown"),
    ],
)
def test_the_outlet_is_found_by_longest_domain_by_name_or_by_rule(fields, outlet, bloc):
    article = clean.clean_one({k: v for k, v in GOOD.items() if k != "outlet"} | fields).article
    assert (article["outlet_id"], article["bloc"]) == (outlet, bloc)


def test_a_corpus_may_bring_its_own_outlets():
    own = pd.DataFrame([{"domain": "p.example", "name": "P (invented)", "country": "FRA", "bloc": "western", "zone": "Europe/Paris"}])
    item = {**GOOD, "outlet": "p.example", "date_text": "2024-06-18T23:30:00Z"}
    article = clean.clean(records(item), outlets=own).articles.iloc[0]
    assert (article["bloc"], str(article["published_on"])[:10]) == ("western", "2024-06-19")


def test_markup_and_hidden_names_do_not_hide_an_article():
    items = [
        {**GOOD, "title": "Talks", "body": "<p>North <b>Korea</b> thanked Moscow</p>"},
        {**GOOD, "title": "Talks", "body": "La CorÃ©e du Nord remercie la Russie"},
        {**GOOD, "title": "Talks", "body": "&#1050;&#1053;&#1044;&#1056; и Россия"},
    ]
    cleaned = clean.clean(records(*(item | {"url": f"https://a.example/{n}"} for n, item in enumerate(items))))
    assert len(cleaned.articles) == 3 and not cleaned.articles["body"].str.contains("[<Ã]|&#").any()


def test_a_page_gives_its_article_and_keeps_captions_and_menus_aside():
    page = (
        "<html lang='en'><head><title>Putin lands in Pyongyang | An Invented Site</title><meta property='og:site_name' "
        "content='An Invented Site'><link rel='canonical' href='https://a.example/2024/06/18/x?utm_source=y'></head><body>"
        "<nav><a>Home</a><a>Sport</a></nav><article><h1>Putin lands in Pyongyang</h1><figure><figcaption>A runway at night."
        "</figcaption></figure><p>The Russian president landed in the capital of North Korea before dawn on Wednesday, and was met "
        "at the foot of the stairs.</p><p>He is to stay for one day and to sign a treaty, officials of both countries said.</p>"
        "</article><aside>Most read: China and Japan talk fish</aside><footer>All rights reserved.</footer></body></html>"
    )
    cleaned = clean.clean(records({"html": page}))
    article = cleaned.articles.iloc[0]
    assert article["title"] == "Putin lands in Pyongyang"
    assert article["body"].startswith("The Russian president") and "fish" not in article["body"]
    assert article["url"] == "https://a.example/2024/06/18/x"
    assert str(article["published_on"])[:10] == "2024-06-18"
    aside = cleaned.cuts.groupby("kind")["text"].agg(" ".join)
    assert aside["caption"] == "A runway at night." and "fish" in aside["menu"]


def test_a_page_is_not_relevant_by_its_menu():
    page = (
        "<html><head><title>Rain in the city</title></head><body><nav>Russia and North Korea</nav><article><p>It rained in the city "
        "all day long, and the ministers of trade and of ports stayed indoors with their papers and their tea.</p></article></body></html>"
    )
    assert clean.clean_one({"html": page}).rejected == "irrelevant"


def test_an_unsupported_language_is_kept_as_such():
    item = {**GOOD, "title": "Nordkoreas Ministerin besucht Russland", "body": "Sie sprach am Mittwoch mit ihrem Kollegen."}
    assert clean.clean(records(item)).articles["language"].tolist() == ["unsupported"]


def test_the_article_id_is_the_address_and_title_and_not_the_row():
    ids = [
        clean.clean_one({**GOOD, **f, "source_id": "s"}).article["article_id"]
        for f in (
            {"url": "https://a.example/1?utm_medium=x", "raw_row": 1}, {"url": "http://www.a.example/1", "raw_row": 9},
            {"url": "https://a.example/2"}, {"raw_row": 3}, {"raw_row": 4}, {"date_text": None, "raw_path": "p"},
            {"date_text": None, "raw_path": "q"},
        )
    ]
    assert ids[0] == ids[1] and ids[3] == ids[4]
    assert len(set(ids)) == 5 and all(len(i) == 16 for i in ids)


def test_one_record_keeps_its_text_when_rejected_and_arguments_override():
    one = clean.clean_one({"title": "Rain", "body": "It rains. Comment (0)"}, published="2024-02-08", language="fr")
    assert (one.rejected, one.article["body"]) == ("irrelevant", "It rains. Comment (0)")
    assert (one.article["date_source"], one.article["language_source"], one.article["language"]) == ("argument", "argument", "fr")
    late = clean.clean_one(GOOD, latest=dt.date(2020, 1, 1))
    assert late.rejected == "date_in_future" and late.article["relevance"].startswith("title")
    assert list(late.article) == schema.TABLES["articles"].names


@pytest.mark.parametrize(
    "body",
    [
        "", "\x00", "\ud800", "😀" * 50, "Putin met Kim Jong Un. " * 40_000, "Putin Pyongyang " + "<a href=" * 40_000,
        "Putin Pyongyang " + "#tag " * 60_000, "Putin Pyongyang " + "| a " * 60_000, "A. " * 100_000, "Путин Kim 평양 朝鲜",
    ],
)
def test_bad_input_neither_stops_nor_slows_cleaning(body):
    assert clean.clean_one({"body": body}).article["body"] is not None


def test_an_empty_table_gives_empty_tables():
    cleaned = clean.clean(schema.empty("records"))
    assert [len(t) for t in (cleaned.articles, cleaned.cuts, cleaned.rejects, cleaned.totals)] == [0, 0, 0, 0]
