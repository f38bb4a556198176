"""Words against hand arithmetic."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis import terms, text
from analysis.lexicons import read_lexicon


def make_articles(texts, language="en", **more):
    n = len(texts)
    return pd.DataFrame({
        "article_id": [f"a{i}" for i in range(n)], "language": language, "title": [None] * n, "body": texts,
        "is_copy": False, "bloc": "western", **more,
    })


@pytest.mark.parametrize(("language", "content", "expected"), [
    ("en", "The ministers' visit of 2024: Russia's envoy won't return", ["ministers", "visit", "russia", "envoy", "return"]),
    ("fr", "L’ambassadeur d'une délégation qu'il a reçue", ["ambassadeur", "délégation", "reçue"]),
    ("ru", "Министр прибыл в Пхеньян и подписал протокол", ["министр", "прибыл", "пхеньян", "подписал", "протокол"]),
    ("ko", "러시아의 외무장관이 평양에서 회담을 했다", ["러시아", "외무장관", "평양", "회담"]),
    ("xx", "the of and", ["the", "of", "and"]),
])
def test_tokens_are_the_words_that_say_something(language, content, expected):
    assert terms.tokens(content, language=language) == expected


def test_a_short_word_that_ends_like_a_particle_stays_whole():
    assert terms.tokens("조약은 미래", language="ko") == ["조약", "미래"]
    assert terms.tokens("국가 회의", language="ko") == ["국가", "회의"]


def test_stop_words_can_be_met_by_our_own_tokeniser():
    table = read_lexicon("stopwords")
    whole = table[(table["kind"] == "word")]
    split = [f for f in whole["form"] if text.words(f) != [f]]
    assert split == []
    assert not table.duplicated(["language", "kind", "form"]).any()
    assert set(table["language"]) == {"en", "fr", "ru", "ko"}


def test_tf_idf_by_hand():
    counts = terms.count_terms(make_articles(["rail bridge bridge treaty", "treaty summit"]))
    got = terms.tf_idf(counts).set_index(["article_id", "term"])
    assert got.loc[("a0", "bridge"), "tf"] == 2 / 4
    assert got.loc[("a0", "bridge"), "idf"] == pytest.approx(math.log(2))
    assert got.loc[("a1", "treaty"), "tf_idf"] == 0
    assert got.loc[("a1", "summit"), "tf_idf"] == pytest.approx(0.5 * math.log(2))


def test_a_broken_grain_is_refused():
    counts = pd.DataFrame({"article_id": ["a", "a"], "term": ["x", "x"], "n": [1, 2]})
    with pytest.raises(ValueError, match="stand in two rows; sum n"):
        terms.tf_idf(counts)


def test_copies_do_not_multiply_their_words():
    articles = make_articles(["treaty"] * 3).assign(is_copy=[False, True, True])
    assert terms.count_terms(articles)["n"].sum() == 1
    assert terms.count_terms(articles, copies=True)["n"].sum() == 3


def test_tables_without_text_give_no_terms():
    assert terms.count_terms(make_articles([None, None])).empty


def make_counts(target, reference):
    rows = [("t", w, n) for w, n in target.items()] + [("r", w, n) for w, n in reference.items()]
    return pd.DataFrame(rows, columns=["bloc", "term", "n"])


def test_keyness_is_symmetric_and_equal_words_score_nothing():
    counts = make_counts({"threat": 30, "talks": 10, "envoy": 20}, {"threat": 10, "talks": 30, "envoy": 20})
    one = terms.keyness(counts, by="bloc", target="t").set_index("term")
    other = terms.keyness(counts, by="bloc", target="r").set_index("term")
    assert one["z"].sort_index().to_numpy() == pytest.approx(-other["z"].sort_index().to_numpy())
    assert one.loc["envoy", "log_odds"] == pytest.approx(0)
    assert one.index[0] == "threat" and one.loc["threat", ["n_target", "n_reference"]].tolist() == [30, 10]


def test_keyness_by_hand():
    # Two words, prior 10: the prior of "threat" is 10 * 2 * 40/80 = 10 pseudo-words, of "talks" the same.
    counts = make_counts({"threat": 30, "talks": 10}, {"threat": 10, "talks": 30})
    row = terms.keyness(counts, by="bloc", target="t").set_index("term").loc["threat"]
    expected = math.log((30 + 10) / (40 + 20 - 40)) - math.log((10 + 10) / (40 + 20 - 20))
    assert row["log_odds"] == pytest.approx(expected)
    assert row["z"] == pytest.approx(expected / math.sqrt(1 / 40 + 1 / 20))


def test_a_frequent_difference_beats_a_rare_one():
    counts = make_counts({"common": 400, "rare": 5, "rest": 600}, {"common": 200, "rare": 0, "rest": 800})
    table = terms.keyness(counts, by="bloc", target="t")
    assert table["term"].tolist()[0] == "common"


def test_names_are_marked_for_the_reader_to_set_aside():
    counts = make_counts({"kim": 9, "talks": 9}, {"kim": 9, "talks": 9})
    table = terms.keyness(counts, by="bloc", target="t", names=frozenset({"kim"})).set_index("term")
    assert table["is_name"].to_dict() == {"kim": True, "talks": False}


def test_keyness_needs_two_groups():
    with pytest.raises(ValueError, match="two groups are needed"):
        terms.keyness(make_counts({"a": 1}, {}), by="bloc", target="t")


def test_kwic_stays_in_its_sentence_and_keeps_offsets():
    sentences = pd.DataFrame({"article_id": "a", "sentence": [0, 1], "text": ["No match here.", "A treaty, and TREATIES."]})
    articles = pd.DataFrame({"article_id": ["a"], "outlet_id": ["o"], "published_on": ["2024-06-19"], "url": ["u"]})
    table = terms.kwic(sentences, r"treat\w+", articles=articles, width=4)
    assert table[["sentence", "start", "end", "before", "match", "after"]].to_numpy().tolist() == [
        [1, 2, 8, "A ", "treaty", ", an"], [1, 14, 22, "and ", "TREATIES", "."],
    ]
    assert table["outlet_id"].tolist() == ["o", "o"]


def test_a_bad_pattern_is_explained():
    with pytest.raises(ValueError, match="escape special characters"):
        terms.kwic(pd.DataFrame({"article_id": [], "sentence": [], "text": []}), "(", articles=pd.DataFrame())


def test_random_text_never_breaks_the_tokeniser():
    rng = np.random.default_rng(3)
    for _ in range(200):
        content = "".join(chr(c) for c in rng.integers(1, 0xD7FF, 40))
        for language in ("en", "fr", "ru", "ko"):
            assert all(len(t) > 1 for t in terms.tokens(content, language=language))
