"""Lexicon tone: masked names, honest gaps."""

import re

import pandas as pd
import pytest

from analysis import stance
from analysis.lexicons import read_lexicon


def score(*texts, language="en", is_quote=False):
    sentences = pd.DataFrame({"article_id": "a", "sentence": range(len(texts)), "text": list(texts), "is_quote": is_quote})
    return stance.score_tone(sentences, articles=pd.DataFrame({"article_id": ["a"], "language": [language]}))


@pytest.mark.parametrize("text", [
    "The Supreme Leader met the General Secretary of the Workers’ Party of Korea.",
    "The United Nations Security Council met on Tuesday.",
    "He took part in the special military operation.",
    "The defence minister and the Treasury Secretary spoke by telephone.",
    "SUPREME LEADER MEETS WORKERS' PARTY",
    "The comprehensive strategic partnership treaty was read out.",
    "Shin Won-sik and Sin Hong-chol spoke.",
])
def test_names_and_titles_carry_no_tone(text):
    table = score(text)
    assert (table["label"][0], table["score"][0]) == ("neutral", 0)


def test_words_of_praise_and_blame_still_count_beside_names():
    table = score("The Supreme Leader praised the wonderful friends.", "The Security Council condemned the terrible attack.")
    assert table["label"].tolist() == ["positive", "negative"]


def test_every_english_name_with_a_scored_word_is_masked():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    forms = read_lexicon("tone_mask")["form"]
    loud = [f for f in forms if not any(w.strip(".,'’").lower() in analyser.lexicon for w in re.split(r"[\s-]+", f))]
    assert loud == []  # masking a name that holds no scored word would do nothing
    assert not forms.str.lower().duplicated().any()
    assert score(*forms)["score"].abs().max() == 0


@pytest.mark.parametrize(("language", "text", "reason"), [
    ("ru", "Прекрасная новость.", "no tone lexicon for language 'ru'"), ("ko", "좋은 소식", "no tone lexicon for language 'ko'"),
    ("unsupported", "Great", "no tone lexicon for language 'unsupported'"), ("en", None, "no text"), ("en", "  ", "no text"),
    ("en", "awful " * 1000, "longer than 2000 characters: not a sentence"), ("en", "😀 19.06.2024", "no word"),
])
def test_what_cannot_be_scored_is_unscored_with_the_reason_and_never_zero(language, text, reason):
    row = score(text, language=language).iloc[0]
    assert (row["label"], row["reason"]) == ("unscored", reason)
    assert pd.isna(row["score"]) and pd.isna(row["model"])


def test_quotation_changes_the_voice_and_not_the_score():
    said, quoted = score("A wonderful day."), score("A wonderful day.", is_quote=True)
    assert (said["voice"][0], quoted["voice"][0]) == ("narrator", "quoted")
    assert said["score"][0] == quoted["score"][0]


def test_no_sentence_gives_an_empty_table():
    assert score().empty


def test_the_model_names_itself_as_lexicon_tone():
    assert score("A good day.")["model"][0].startswith("lexicon tone: vaderSentiment 3")
