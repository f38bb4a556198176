"""Topics on a planted corpus."""

import numpy as np
import pandas as pd
import pytest

from analysis import schema, topics

PLANTED = {
    "rail": ["rail", "station", "freight", "track", "wagon", "border", "cargo", "bridge", "customs", "timetable"],
    "school": ["students", "language", "university", "exchange", "teachers", "faculty", "course", "exam", "library", "dean"],
    "arms": ["missile", "artillery", "shells", "launcher", "warhead", "test", "range", "factory", "ammunition", "depot"],
}


def make_corpus(n=60, seed=0, language="en"):
    rng = np.random.default_rng(seed)
    names = [*PLANTED]
    kinds = [names[i % 3] for i in range(n)]
    bodies = [" ".join(rng.choice(PLANTED[k], 30)) + " " + " ".join(rng.choice(["summit", "talks", "report"], 4)) for k in kinds]
    table = pd.DataFrame({
        "article_id": [f"a{i:03}" for i in range(n)], "language": language, "title": None, "body": bodies, "is_copy": False,
    })
    return table, dict(zip(table["article_id"], kinds, strict=True))


def test_planted_topics_are_found_and_stable():
    articles, kinds = make_corpus()
    found, terms, weights = topics.fit(articles, language="en", n_topics=3, seed=1, n_seeds=4)
    tops = terms[terms["rank"] < 5].groupby("topic")["term"].agg(set)
    names = {t: next(k for k, words in PLANTED.items() if top <= set(words)) for t, top in tops.items()}
    assert sorted(names.values()) == sorted(PLANTED)
    assert (found["stability"] > 0.8).all()
    strongest = weights.sort_values("weight").drop_duplicates("article_id", keep="last")
    assert (strongest["topic"].map(names) == strongest["article_id"].map(kinds)).all()
    assert found["n_articles"].tolist() == [20, 20, 20]


def test_topics_of_words_at_random_are_unstable():
    rng = np.random.default_rng(2)
    vocabulary = ["word" + "".join(chr(97 + (i // 26**k) % 26) for k in range(2)) for i in range(300)]
    articles, _ = make_corpus()
    noise = articles.assign(body=[" ".join(rng.choice(vocabulary, 30)) for _ in range(len(articles))])
    found, _, _ = topics.fit(noise, language="en", n_topics=3, seed=1, n_seeds=4)
    assert found["stability"].max() < 0.5


def test_the_same_articles_give_the_same_topics_in_any_order():
    articles, _ = make_corpus()
    once = topics.fit(articles, language="en", n_topics=3, n_seeds=2)
    again = topics.fit(articles.sample(frac=1, random_state=9), language="en", n_topics=3, n_seeds=2)
    assert all(a.equals(b) for a, b in zip(once, again, strict=True))


def test_copies_do_not_move_topics():
    articles, _ = make_corpus()
    copies = pd.concat([articles.head(1)] * 50).assign(is_copy=True, article_id=[f"c{i}" for i in range(50)])
    once = topics.fit(articles, language="en", n_topics=3, n_seeds=2)
    again = topics.fit(pd.concat([articles, copies]), language="en", n_topics=3, n_seeds=2)
    assert all(a.equals(b) for a, b in zip(once, again, strict=True))


def test_too_few_texts_give_empty_typed_tables_and_the_reason():
    articles, _ = make_corpus(n=10)
    found, terms, weights = topics.fit(articles, language="en", n_topics=3)
    assert found.attrs["reason"] == "language 'en': 10 texts without copies; 20 are needed for 3 topics"
    assert [list(t) for t in (found, terms, weights)] == [
        schema.TABLES[n].names for n in ("topics", "topic_terms", "article_topics")
    ]


def test_tables_without_text_and_texts_without_a_common_word_give_none():
    articles, _ = make_corpus()
    assert topics.fit(articles.assign(body=None), language="en", n_topics=3)[0].empty
    lonely = articles.assign(body=["".join(chr(97 + (i // 26**k) % 26) for k in range(5)) for i in range(len(articles))])
    found = topics.fit(lonely, language="en", n_topics=3)[0]
    assert found.empty and "too few for 3 topics" in found.attrs["reason"]


def test_every_language_is_fitted_apart():
    articles, _ = make_corpus(n=40)
    both = pd.concat([articles, articles.assign(language="fr", article_id=lambda t: "f" + t["article_id"])])
    tables = topics.fit_all(both, n_seeds=1)
    assert set(tables["topics"]["language"]) == {"en", "fr"}
    assert len(tables["topics"].attrs["reasons"]) == 2
    assert not set(tables["article_topics"]["article_id"]) ^ set(both["article_id"])


def test_one_article_is_placed_by_its_words():
    articles, _ = make_corpus()
    _, terms, _ = topics.fit(articles, language="en", n_topics=3, n_seeds=1)
    placed = topics.assign("Freight wagons crossed the border bridge", topic_terms=terms, language="en")
    assert set(placed[0]["label"].split(", ")) <= set(PLANTED["rail"]) and placed[0]["weight"] > 0.8
    assert topics.assign("Ничего общего", topic_terms=terms, language="ru") == []
    assert topics.assign("", topic_terms=terms, language="en") == []


def test_one_topic_is_refused():
    with pytest.raises(ValueError, match="at least 2"):
        topics.fit(make_corpus()[0], language="en", n_topics=1)
