"""Time expressions: what a reader of the article would say they mean, and nothing where a reader could not say."""

import re
import time
from itertools import pairwise

import pytest

from analysis.dates import DateSpan, find_dates, find_spans
from analysis.dates.lexicon import rules_for
from analysis.dates.resolve import RESOLVERS
from analysis.lexicons import read_lexicon

THURSDAY = "2024-06-20"
SLOT = re.compile(r"\{([a-z]+)\d?(?:=([a-z]+))?\}")


def read(text, language="en", published=THURSDAY, **more):
    return [
        (text[s.start : s.end], s.date_start, s.date_end)
        for s in find_spans(text, published=published, language=language, **more)
    ]


def days(text, language="en", published=THURSDAY, **more):
    return [(s[1], s[2]) if s[1] != s[2] else s[1] for s in read(text, language, published, **more)]


def test_the_tense_of_the_clause_decides_where_a_weekday_lies():
    assert days("They met on Tuesday.") == ["2024-06-18"]
    assert days("They will meet on Tuesday.") == ["2024-06-25"]
    assert days("The Kremlin said on Tuesday that Putin will return on Saturday.") == ["2024-06-18", "2024-06-22"]
    assert days("They met on Thursday.") == days("They will meet on Thursday.") == [THURSDAY]


def test_the_callers_tense_outweighs_the_cues():
    assert days("They met on Tuesday.", tense="future") == ["2024-06-25"]
    assert days("They will meet on 10 June.", tense="past") == ["2024-06-10"]
    assert days("They will meet on 10 June.", tense="future") == ["2025-06-10"]


def test_what_was_expected_is_still_to_come():
    assert days("The minister was expected to arrive on Saturday.") == ["2024-06-22"]
    assert days("Putin to visit Pyongyang on Saturday") == ["2024-06-22"]


def test_a_weekday_in_the_past_is_never_read_as_a_day_to_come():
    (span,) = find_spans("The North fired a missile on Friday, Seoul said.", published=THURSDAY, language="en")
    assert span.date_start == "2024-06-14"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("He left early on 30 August and came back on 3 September.", "en", ["2023-08-30", "2023-09-03"]),
        ("from August 30 to September 3", "en", [("2023-08-30", "2023-09-03")]),
        ("du 30 août au 3 septembre", "fr", [("2023-08-30", "2023-09-03")]),
        ("с 30 августа по 3 сентября", "ru", [("2023-08-30", "2023-09-03")]),
        ("8월 30일~9월 3일", "ko", [("2023-08-30", "2023-09-03")]),
        ("지난 30일~9월 3일", "ko", [("2023-08-30", "2023-09-03")]),
        ("from 30 December 2022 to 3 January 2023", "en", [("2022-12-30", "2023-01-03")]),
        ("from December 30 to January 3, 2023", "en", [("2022-12-30", "2023-01-03")]),
    ],
)
def test_ranges_over_the_end_of_a_month_or_year(text, language, expected):
    assert days(text, language, "2023-09-20") == expected


def test_a_weekday_beside_a_date_is_one_expression():
    assert read("He arrived on Tuesday evening, June 18, by train.") == [
        ("Tuesday evening, June 18", "2024-06-18", "2024-06-18")
    ]
    assert read("Она начнется завтра, 21 июня.", "ru") == [("завтра, 21 июня", "2024-06-21", "2024-06-21")]


def test_a_weekday_picks_the_year_that_agrees():
    # 25 April was a Thursday in 2019 and in 2024, a Tuesday in 2023, a Friday in 2025.
    assert days("on Tuesday, April 25", published="2024-01-10", tense="past") == ["2023-04-25"]
    assert days("on Friday, April 25", published="2024-11-10") == ["2025-04-25"]


def test_the_day_before_counts_from_the_day_named_before_it():
    text = "On June 18 he left; he had been received the previous day."
    assert days(text) == ["2024-06-18", "2024-06-17"]
    assert days("He had been received the previous day.", anchor="2024-06-10") == ["2024-06-09"]
    assert days("He had been received the previous day.") == ["2024-06-19"]
    assert days("The war began on June 25, 1950. He flew home the day before.")[-1] == "2024-06-19"


def test_a_look_back_does_not_move_the_day_that_that_day_means():
    text = "통신은 18일 보도했다. 전날 평양을 출발한 대표단은 이날 도착했다."
    assert days(text, "ko") == ["2024-06-18", "2024-06-17", "2024-06-18"]


def test_what_follows_nothing_stays_empty_with_the_reason():
    for text, language in [
        ("Three days later he flew home.", "en"),
        ("Le lendemain, il est rentré.", "fr"),
        ("На следующий день он улетел.", "ru"),
        ("이튿날 그는 떠났다.", "ko"),
        ("That year the war ended.", "en"),
        ("They wrote the day before the summit.", "en"),
    ]:
        (span,) = find_spans(text, published=THURSDAY, language=language)
        assert (span.date_start, span.date_end, span.date_precision) == ("", "", "unknown")
        assert "counts from" in span.reason


def test_out_of_the_subjects_years_is_empty_not_clipped():
    for text in ("in 1904", "by the end of 2031", "on 5 May 2044", "in the 1930s"):
        (span,) = find_spans(text, published=THURSDAY, language="en")
        assert span.date_start == ""
        assert "outside 1945 to 2025" in span.reason


def test_days_that_the_calendar_lacks_are_empty():
    for text in ("on 31 June 2023", "on Feb. 29, 2023"):
        (span,) = find_spans(text, published=THURSDAY, language="en")
        assert (span.date_start, span.reason) == ("", "no such day in the calendar")
    assert days("on Feb. 29, 2024") == ["2024-02-29"]


def test_swapped_day_and_month_are_ambiguous_in_english_only():
    assert days("05/06/2024") == [""]
    assert days("05/06/2024", "fr") == days("05.06.2024", "ru") == ["2024-06-05"]
    assert days("13/06/2024") == days("06/13/2024") == ["2024-06-13"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Article 4 of the treaty, resolution 1718 (2006), 2000 troops, 2.5 million barrels", "en"),
        ("the 75th anniversary, a six-day trip, three-day talks, aged 41, for the first time in 24 years", "en"),
        ("Mrs May said Moscow must march on; 24/7; at 10:30 a.m.", "en"),
        ("l'article 4, la résolution 1718 (2006), le 75e anniversaire, 2,5 millions, 71 ans, à 18h30", "fr"),
        ("статья 4, резолюция 1718 (2006), 75-летие, 2,5 млн, 71 год, впервые за 24 года, в 15:00", "ru"),
        ("제4조, 결의 1718호, 75주년, 24년 만에, 3일간, 2박 3일, 71세, 250만, 100일, 오후 3시 30분", "ko"),
    ],
)
def test_numbers_that_are_no_dates_give_nothing(text, language):
    assert read(text, language) == []


def test_former_and_whole_are_not_ago_in_korean():
    # "전 지역" is "all regions" and "전 대통령" a former president; only "사흘 전" counts back.
    assert days("북한은 20일 전 지역이 흐리겠다.", "ko") == ["2024-06-20"]
    assert days("19일 전 대통령이 도착했다.", "ko") == ["2024-06-19"]
    assert days("사흘 전 도착했다.", "ko") == ["2024-06-17"]


def test_weeks_and_parts_are_ranges_of_days():
    assert days("this week") == [("2024-06-17", "2024-06-23")]
    assert days("в начале следующей недели", "ru") == [("2024-06-24", "2024-06-25")]
    assert days("les derniers soldats, fin février 2024", "fr") == [("2024-02-21", "2024-02-29")]
    assert days("이번 주말 도착한다.", "ko") == [("2024-06-22", "2024-06-23")]
    assert days("la semaine du 18 novembre 2024", "fr") == [("2024-11-18", "2024-11-24")]


def test_last_month_names_lie_strictly_before_the_month_of_publication():
    assert days("last June") == ["2023-06"]
    assert days("last May") == ["2024-05"]
    assert days("en juin dernier", "fr") == ["2023-06"]
    assert days("지난 6월", "ko") == ["2023-06"]


def test_without_a_publication_date_only_full_dates_resolve():
    spans = find_spans("He came on 19 June 2024, left yesterday.", published=None, language="en")
    assert [(s.date_start, s.reason) for s in spans] == [("2024-06-19", "day, as written"), ("", "no publication date")]
    assert days("in September", published=None) == days("on Friday", published="") == [""]


def test_an_unsupported_language_gives_iso_dates_only():
    assert days("Am Mittwoch, 19. Juni, 2024-06-19 und 2024.06.18.", "unsupported") == ["2024-06-19", "2024-06-18"]


def test_addresses_are_not_read():
    assert read("see https://example.org/2023/10/29/story and www.example.org/2022-01-01") == []


def test_capitals_and_telegram_style():
    assert days("PYONGYANG, JUNE 18, 2024 (KCNA) -- PUTIN ARRIVES TUESDAY") == ["2024-06-18", "2024-06-18"]


def test_longest_expression_wins_and_nothing_overlaps():
    text = "In the second half of September of last year"
    assert [s[0] for s in read("from 12 to 17 September 2023")] == ["from 12 to 17 September 2023"]
    spans = find_spans(text, published=THURSDAY, language="en")
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_every_span_says_how_it_was_resolved():
    (span,) = find_spans("They met on Wednesday.", published="2023-09-15", language="en")
    assert span == DateSpan(
        12, 21, "2023-09-13", "2023-09-13", "day", "weekday, past tense: last Wednesday on or before 2023-09-15"
    )


def test_the_lexicon_is_whole():
    words, patterns = read_lexicon("date_words"), read_lexicon("date_patterns")
    used = {(row.language, m[2] or m[1]) for row in patterns.itertuples() for m in SLOT.finditer(row.pattern)}
    slots = set(words[["language", "slot"]].itertuples(index=False, name=None))
    assert {(language, slot) for language, slot in slots if language != "*"} <= used, "words that no pattern asks for"
    assert set(patterns["resolver"]) <= set(RESOLVERS)
    assert not words.duplicated().any()
    assert not patterns.duplicated().any()
    for language in ("en", "fr", "ru", "ko", "unsupported"):
        assert all(rule.pattern for rule in rules_for(language).rules)  # every pattern of the language compiles


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="tense 'present'"):
        find_spans("today", published=THURSDAY, language="en", tense="present")
    with pytest.raises(ValueError, match="anchor"):
        find_spans("today", published=THURSDAY, language="en", anchor="June")
    with pytest.raises(ValueError, match="yesterday"):
        find_spans("today", published="yesterday", language="en")


def test_the_table_has_the_same_fields_and_types_when_empty():
    full = find_dates("They met on Wednesday.", published=THURSDAY, language="en")
    empty = find_dates("", published=THURSDAY, language="en")
    assert list(full) == list(empty) == ["start", "end", "date_start", "date_end", "date_precision", "reason"]
    assert (full.dtypes == empty.dtypes).all()
    assert (len(full), len(empty)) == (1, 0)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "They met on Wednesday, June 19, and 12-year-old 1-2-3 "),
        ("fr", "Ils se sont vus mercredi 19 juin "),
        ("ru", "Они встретились в среду, 19 июня "),
        ("ko", "두 정상은 19일 만났다 "),
    ],
)
def test_a_long_paragraph_takes_linear_time(language, sentence):
    def seconds(text):
        started = time.process_time()
        find_spans(text, published=THURSDAY, language=language)
        return time.process_time() - started

    seconds(sentence)  # compile
    small = sentence * (20_000 // len(sentence))
    assert seconds(small * 10) < 25 * seconds(small) + 0.5


@pytest.mark.parametrize("piece", ["1-", "a-", "the ", "first ", "2024 ", "9월", "день ", "в "])
def test_a_hostile_paragraph_takes_linear_time(piece):
    language = "ko" if "월" in piece else "ru" if piece in ("день ", "в ") else "en"
    started = time.process_time()
    find_spans(piece * (100_000 // len(piece)), published=THURSDAY, language=language)
    assert time.process_time() - started < 6


def test_two_megabytes_in_one_paragraph_are_read():
    text = "Both sides discussed trade, transport and the work of their joint commission, and " * 24_000 + "met on 19 June."
    assert len(text) > 1_900_000
    assert days(text) == ["2024-06-19"]
