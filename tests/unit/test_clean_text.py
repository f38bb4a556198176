"""Repair, markup, boilerplate and language."""

import datetime as dt

import pytest

from analysis.clean import cut_boilerplate, find_language, repair
from analysis.clean._boilerplate import cut_title
from analysis.clean._repair import as_str, strip_markup


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("CorÃ©e du Nord", "Corée du Nord"),
        ("Talks &amp;amp; trade &#8217;24", "Talks & trade ’24"),
        ("РџСѓС‚РёРЅ РїСЂРёР±С‹Р» РІ РџС…РµРЅСЊСЏРЅ", "Путин прибыл в Пхеньян"),
        ("Ïóòèí ïðèáûë â Ïõåíüÿí", "Путин прибыл в Пхеньян"),
        ("a\x00b\ud83d", "ab\ufffd"),
        ("He said “no” and «oui»", "He said “no” and «oui»"),
        ("", ""),
    ],
)
def test_repair_mends_what_is_broken_and_leaves_the_rest(broken, whole):
    assert repair(broken) == whole


def test_a_value_that_is_no_text_is_empty_or_written_out():
    assert [as_str(v) for v in (None, float("nan"), 7)] == ["", "", "7"]


def test_markup_goes_and_words_and_comparisons_stay():
    plain, tags = strip_markup('<p>Trade rose: 3 < 5.</p><ul><li>Write to <me@example.org></li></ul><a href="http://cut')
    assert plain.split() == "Trade rose: 3 < 5. Write to <me@example.org>".split()
    assert tags[0] == "<p>" and tags[-1] == '<a href="http://cut'


@pytest.mark.parametrize(
    ("body", "kept", "kinds"),
    [
        ("They met.\n| A hall with flags. |\nSource\nComment (0)", "They met.", ["caption", "source_line", "comment_counter"]),
        ("PORTVILLE, March 3 (Invented) - They met.", "They met.", ["dateline"]),
        ("Pyongyang, May 4 (KCNA) -- A concert was given. -0-", "A concert was given.", ["dateline", "feed_tail"]),
        ("MOSCOW — They met.", "They met.", ["dateline"]),
        ("МОСКВА, 13 сентября. /ТАСС/. Они встретились.", "Они встретились.", ["dateline"]),
        ("(서울=가상통신) 홍길동 기자 = 두 장관이 만났다.", "두 장관이 만났다.", ["dateline", "byline"]),
        ("They met. Continue reading...", "They met.", ["feed_tail"]),
        ("They met.\nThe post Two ministers meet appeared first on An Invented Site.", "They met.", ["feed_tail"]),
        ("They met.\n#trade #ports", "They met.", ["feed_tail"]),
        ("Two men shake hands in a hall. (Jane Doe/AFP via Getty Images)", "", ["caption"]),
        ("Ils se sont vus.\nLire la suite", "Ils se sont vus.", ["feed_tail"]),
        ("Home | World | Sport | Weather\nThey met.", "They met.", ["menu"]),
    ],
)
def test_boilerplate_is_cut_and_kept_aside(body, kept, kinds):
    text, pieces = cut_boilerplate(body)
    assert text == kept
    assert [p.kind for p in pieces] == kinds
    assert all(p.rule for p in pieces)


@pytest.mark.parametrize(
    "body",
    [
        "The treaty was signed. (Invented Wire)",
        "The source of the river is in the north.",
        "Share prices fell and two ministers resigned.",
        "They said that the comment (0) was an error.",
        "La source est sûre : deux ministres viendront.",
        "Смотрите, что он сказал: договор подписан.",
    ],
)
def test_ordinary_sentences_are_left_alone(body):
    assert cut_boilerplate(body) == (body, [])


def test_a_later_bulletin_is_cut_and_the_bulletin_of_the_day_is_not():
    body = "Выпуск программы «Пример» от 12.02.2026\nСмотрите в этом выпуске: снег в городе; новый мост."
    assert cut_boilerplate(body, title="Старый мост", published=dt.date(2002, 7, 27))[0] == ""
    own = cut_boilerplate(body, title="Выпуск программы «Пример»", published=dt.date(2026, 2, 12))[0]
    assert own == "снег в городе; новый мост."


def test_a_stamped_blurb_of_another_story_is_cut_and_its_own_is_not():
    blurb = "Новый мост открыли через реку\nПо нему пойдут автобусы.\nСегодня, 11:28"
    assert cut_boilerplate(blurb, title="Курс рубля вырос")[0] == ""
    assert "автобусы" in cut_boilerplate(blurb, title="Через реку открыли новый мост")[0]


def test_a_title_repeated_above_the_text_and_a_site_name_are_cut():
    assert cut_boilerplate("Ministers meet\nThey spoke.", title="Ministers meet")[0] == "They spoke."
    assert cut_title("Ministers meet - An Invented Site", sites=("An invented site",))[0] == "Ministers meet"
    assert cut_title("Ministers meet - again", sites=("An invented site", "")) == ("Ministers meet - again", [])


@pytest.mark.parametrize(
    ("content", "claim", "language"),
    [
        ("Kim Jong-un se rend en Russie pour y rencontrer le président, a annoncé lundi le Kremlin.", "en-US", "fr"),
        ("Путин прибыл в Пхеньян", "uk", "ru"),
        ("Міністр прибув до столиці, щоб підписати угоду", "ru", "unsupported"),
        ("두 장관이 만났다 (DPRK)", "ht", "ko"),
        ("大統領が平壌に到着した", "ko", "unsupported"),
        ("总统抵达平壤", "", "unsupported"),
        ("Der Minister reiste am Mittwoch nach Russland, um dort über den Handel zu sprechen.", "en", "unsupported"),
        ("N Korea fires missile", "ht", "en"),
        ("12345", "fr", "fr"),
        ("", "", "unsupported"),
    ],
)
def test_language_is_of_the_stated_set_whatever_is_claimed(content, claim, language):
    found, source = find_language(content, claim=claim)
    assert found == language
    assert source.split(":")[0] in {"detected", "claimed", "script"}
