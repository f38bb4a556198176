"""What a reader of the coded tables relies on. The sentences were written here while the rules were; they guard, they do not measure."""

import pandas as pd
import pytest

from analysis import coding
from analysis.coding.article import code_article
from analysis.coding.lexicon import lowered


def codes(body, *, language="en", published="2024-06-19", title=""):
    return [
        (m.family, m.status, m.detail, m.direction or f"{m.actor}>{m.counterpart}", m.date_start, m.voice)
        for m in coding.code_article(title, body, language=language, published=published)
    ]


@pytest.mark.parametrize(("language", "published", "body", "expected"), [
    ("en", "2024-06-19", "Vladimir Putin landed in Pyongyang early Wednesday.",
     ("visit", "held", "leader", "RUS>PRK", "2024-06-19", "narrator")),
    ("en", "2024-11-07", "Russia's upper house ratified the mutual defence treaty with North Korea on Wednesday.",
     ("agreement", "ratified", "state", "RUS>PRK", "2024-11-06", "narrator")),
    ("en", "2024-12-16", "The EU on Monday imposed sanctions on two North Korean officials over their support for Russia's war.",
     ("reaction", "made", "sanction", "EU>PRK", "2024-12-16", "narrator")),
    ("fr", "2025-07-12", "Sergueï Lavrov a été reçu samedi à Wonsan par Kim Jong-un.",
     ("visit", "held", "minister", "RUS>PRK", "2025-07-12", "narrator")),
    ("fr", "2024-12-05", "Le traité de partenariat entre la Russie et la Corée du Nord est entré en vigueur mercredi.",
     ("agreement", "in_force", "state", "RUS>PRK", "2024-12-04", "narrator")),
    ("ru", "2024-11-30", "Министр обороны РФ Андрей Белоусов в пятницу прибыл в Пхеньян во главе военной делегации.",
     ("visit", "held", "minister", "RUS>PRK", "2024-11-29", "narrator")),
    ("ru", "2024-10-24", "США обвинили КНДР в отправке солдат в Россию.",
     ("reaction", "made", "accuse", "USA>PRK", "", "narrator")),
    ("ko", "2024-06-17", "푸틴 러시아 대통령이 18∼19일 북한을 국빈 방문한다고 크렘린궁이 17일 밝혔다.",
     ("visit", "planned", "leader", "RUS>PRK", "2024-06-18", "quoted")),
])
def test_a_plain_sentence_gives_its_codes(language, published, body, expected):
    assert codes(body, language=language, published=published) == [expected]


@pytest.mark.parametrize("body", [
    "Pyongyang, August 2 (KCNA) -- Kim Jong Un received a message of greeting from Vladimir Putin.",
    "The first Russian tourists to visit North Korea since the pandemic arrived on Friday.",
    "A Russian governor received the North Korean ambassador in Vladivostok.",
    "Kim Jong Un and Putin spoke in a telephone call.",
])
def test_letters_calls_tourists_and_posted_ambassadors_are_no_visits(body):
    assert codes(body) == []


@pytest.mark.parametrize("published", ["2021-05-01", "2023-09-13", "2024-06-18", "2025-09-03"])
def test_a_meeting_without_a_place_takes_nothing_from_history(published):
    """The direction comes from the words of the item: the same words give the same direction whatever the day."""
    (mention,) = code_article("", "Kim Jong Un will meet Vladimir Putin, the Kremlin said.", language="en", published=published)
    assert (mention.direction, mention.status, mention.date_start) == ("PRK>RUS", "planned", "")


def test_the_place_decides_the_direction_not_the_order_of_names():
    here = codes("Putin met Kim Jong Un in Pyongyang.")
    there = codes("Putin met Kim Jong Un in Vladivostok.")
    assert [here[0][3], there[0][3]] == ["RUS>PRK", "PRK>RUS"]


def test_the_body_decides_what_a_headline_in_the_present_means():
    title = "Putin visits North Korea"
    assert {c[1] for c in codes("The Russian president arrived in Pyongyang overnight.", title=title)} == {"held"}
    assert {c[1] for c in codes("The Russian president will travel to Pyongyang next week.", title=title)} == {"planned"}


def test_an_accepted_invitation_is_one_planned_visit_without_a_date():
    (only,) = codes("Last year Putin accepted Kim Jong Un's invitation to visit North Korea.")
    assert only[:5] == ("visit", "planned", "leader", "RUS>PRK", "")


def test_repeats_are_told_once_unless_asked_for():
    text = "Putin arrived in Pyongyang on Wednesday. Putin arrived in Pyongyang on Wednesday."
    once = code_article("", text, language="en", published="2024-06-19")
    every = code_article("", text, language="en", published="2024-06-19", repeats=True)
    assert (len(once), len(every)) == (1, 2)


def test_every_cue_quotes_its_sentence():
    for m in code_article("", "Putin arrived in Pyongyang on Wednesday, TASS reported.", language="en", published="2024-06-19"):
        assert m.sentence[m.trigger_start : m.trigger_end] == m.trigger
        assert all(m.sentence[c.start : c.end] == c.text for c in m.cues)


@pytest.mark.parametrize("text", ["", "Putin and", "PUTIN ARRIVES IN PYONGYANG", "- Putin\n- Kim\n- ;;;", "Путин arrived 평양에 in « "])
def test_scraps_do_not_crash(text):
    for language in ("en", "fr", "ru", "ko", "de"):
        code_article(text, text, language=language, published=None)


def test_lower_case_keeps_every_character_in_its_place():
    assert len(lowered("İstanbul ß Ё")) == len("İstanbul ß Ё")


def test_the_table_holds_to_its_schema():
    sentences = pd.DataFrame({
        "article_id": ["a", "a"], "sentence": [0, 1], "field": ["title", "body"], "start": [0, 0], "end": [10, 50],
        "text": ["Kim in Russia", "Kim Jong Un arrived in Vladivostok on Tuesday to meet Putin."], "is_quote": [False, False],
    })
    articles = pd.DataFrame({"article_id": ["a"], "language": ["en"], "published_on": [pd.Timestamp("2023-09-13")]})
    table = coding.code_mentions(sentences, articles=articles)
    assert set(table["family"]) == {"visit"} and set(table["direction"]) == {"PRK>RUS"}
