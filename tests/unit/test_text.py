"""Sentences, words and quotation marks in four languages."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import text


@pytest.mark.parametrize(
    ("language", "content", "expected"),
    [
        ("en", "Mr. Lavrov met Gen. Kim on Oct. 18. They signed.", 2),
        ("en", "The U.S. warned Moscow. Seoul agreed.", 2),
        ("en", "Will he go? Nobody knows!", 2),
        ("fr", "M. Poutine s'est rendu à Pyongyang. Il y a signé un traité.", 2),
        ("fr", "« Il viendra. » C'est ce qu'a dit l'ambassadeur.", 2),
        ("ru", "В 2023 г. Ким приехал в Россию. Визит продлился 5 дней.", 2),
        ("ru", "С. Лавров прибыл в Пхеньян. Его встретили.", 2),
        ("ko", "푸틴 대통령이 평양을 방문했다. 두 정상은 조약에 서명했다.", 2),
        ("ko", '그는 "방문할 것"이라고 말했다. 일정은 미정이다.', 2),
        ("en", "Oil rose 2.5 percent. No deal.", 2),
        ("en", "He said: “We will come.” Then he left.", 2),
    ],
)
def test_sentences(language, content, expected):
    assert len(text.sentences(content, language=language)) == expected


def test_a_line_break_ends_a_sentence():
    assert len(text.sentences("Headline without stop\nThe lead.", language="en")) == 2


@pytest.mark.parametrize(
    ("content", "inside"),
    [
        ("Il a dit « oui » hier.", ["« oui »"]),
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" today.', ['"yes"']),
        ("Он сказал: „да“ и ушёл.", ["„да“"]),
        ("그는 ‘좋다’고 했다.", ["‘좋다’"]),
        ("Kim's visit isn't 'over' yet", ["'over'"]),
        ("L'accord et l’avenir de l’Asie", []),
        ("Russia’s leaders’ visit", []),
        ("An opening “ without an end", []),
    ],
)
def test_quote_spans(content, inside):
    assert [content[a:b] for a, b in text.quote_spans(content)] == inside


@given(st.text(max_size=300))
def test_spans_are_ordered_stripped_and_lose_no_character_but_space(content):
    spans = text.sentences(content)
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans))
    kept = sum(len("".join(content[a:b].split())) for a, b in spans)
    assert kept == len("".join(content.split()))


@given(st.text(max_size=200))
def test_normalise_is_idempotent(content):
    once = text.normalise(content)
    assert text.normalise(once) == once


@given(st.text(alphabet="«»“”„\"'‘’ ab\n", max_size=120))
def test_quote_spans_never_overlap(content):
    spans = text.quote_spans(content)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans))


def test_words_keep_scripts():
    assert text.words("Ким Чен Ын 김정은은 Kim") == ["Ким", "Чен", "Ын", "김정은은", "Kim"]
