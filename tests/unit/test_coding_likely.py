"""The model of likely mentions: what it reads, what it refuses, and what is made of its word."""

import json

import numpy as np
import pytest

from analysis.coding import code_article, likely
from analysis.coding._reading import read_scenes
from analysis.coding.article import split


def scene_of(sentence: str, *, language: str = "en", published: str = "2025-03-24"):
    return read_scenes(split("", sentence, language), language=language, published=published)[0][0]


def model_of(card=None, **rows) -> likely.Likely:
    """A model whose families are sure, or sure of the contrary."""
    weights = np.zeros((len(likely.FAMILIES), likely.N_FEATURES), dtype=np.float32)
    bias = np.array([rows.get(f, -20.0) for f in likely.FAMILIES])
    return likely.Likely(weights, bias, card or {"sentences": {"en": {"all": 1}}})


@pytest.fixture
def sure_of(monkeypatch):
    def put(**rows):
        monkeypatch.setattr(likely, "load", lambda: model_of(**rows))
    return put


def test_it_learns_the_language_and_not_the_news():
    one = likely.features(scene_of("Sergei Shoigu toured a plant near Pyongyang."))
    other = likely.features(scene_of("Sergei Lavrov toured a plant near Wonsan."))
    assert one.tolist() == other.tolist()
    assert one.tolist() != likely.features(scene_of("Kim Jong Un toured a plant near Vladivostok.")).tolist()


def test_a_file_is_read_back_and_an_altered_one_refused():
    content, card = likely.pack(model_of(visit=1.5))
    again = likely.unpack(content, json.loads(card))
    assert again.bias.tolist() == [1.5, -20.0, -20.0]
    with pytest.raises(ValueError, match="cut short or altered"):
        likely.unpack(content[:-1], json.loads(card))


def test_the_shipped_model_agrees_with_its_card_and_knows_every_language_of_the_coder():
    from analysis.coding.lexicon import languages

    model = likely.load()
    assert set(model.card["sentences"]) == set(languages())
    assert "no human" in model.card["data"]


def test_a_language_the_model_has_not_seen_is_left_to_the_rules(sure_of):
    sure_of(reaction=20.0)
    assert likely.likelihood(scene_of("Séoul a dit que Moscou et Pyongyang coopèrent.", language="fr"), "reaction") == 0.0


def test_without_a_model_the_rules_alone_code(monkeypatch):
    monkeypatch.setattr(likely, "load", lambda: None)
    (m,) = code_article("", "Vladimir Putin arrived in Pyongyang on Wednesday.", language="en", published="2024-06-19")
    assert m.is_listed and m.status == "held"


BALK = "In Brussels the Union balked on Monday at the shells that North Korea ships to Russia."


def test_what_only_likeness_proposes_says_so_and_is_less_sure(sure_of):
    sure_of()
    assert not code_article("", BALK, language="en", published="2024-11-20")
    sure_of(reaction=20.0)
    (m,) = code_article("", BALK, language="en", published="2024-11-20")
    assert (m.family, m.actor, m.bloc, m.status, m.is_listed) == ("reaction", "EU", "western", "made", False)
    assert m.confidence < 0.9
    assert any("no word of the lexicon" in c.reason for c in m.cues)


def test_a_visit_by_likeness_needs_a_day_or_more_likeness(sure_of):
    sure_of(visit=0.5)
    assert not code_article("", "Sergei Shoigu had a look at Pyongyang.", language="en", published="2025-03-24")
    (m,) = code_article("", "Sergei Shoigu had a look at Pyongyang on Friday.", language="en", published="2025-03-24")
    assert (m.family, m.direction, m.status, m.date_start, m.is_listed) == ("visit", "RUS>PRK", "held", "2025-03-21", False)
    sure_of(visit=20.0)
    (m,) = code_article("", "Sergei Shoigu had a look at Pyongyang.", language="en", published="2025-03-24")
    assert (m.direction, m.status, m.date_start, m.is_listed) == ("RUS>PRK", "held", "", False)


def test_a_visit_by_likeness_takes_up_the_journey_that_the_article_tells_of(sure_of):
    sure_of(visit=20.0)
    first, second = code_article("", "Kim Jong Un received Sergei Shoigu in Pyongyang on Friday. A look at Moscow is to follow in May.",
                                 language="en", published="2025-03-24")
    assert (first.direction, first.is_listed, second.is_listed) == ("RUS>PRK", True, False)
    assert (second.direction, second.status) == ("PRK>RUS", "planned")
    assert not code_article("", "Sergei Shoigu had a look at Beijing.", language="en", published="2025-03-24")


def test_an_agreement_by_likeness_is_between_the_two_alone(sure_of):
    sure_of(agreement=20.0)
    (m,) = code_article("", "Russia and North Korea put their heads together over a coal protocol.", language="en", published="2025-03-24")
    assert (m.family, m.actor, m.counterpart, m.is_listed) == ("agreement", "RUS", "PRK", False)
    assert not code_article("", "Russia, North Korea and China put their heads together over a coal protocol.", language="en", published="2025-03-24")


def test_a_title_and_a_request_to_others_are_no_reaction_by_likeness(sure_of):
    sure_of(reaction=20.0)
    others = "The leaders of Russia and North Korea embraced. Donald Trump pressed the Europeans on Thursday about Russian oil."
    told = code_article("Brussels balks at North Korean shells for Russia", others, language="en", published="2025-09-05")
    assert not [m for m in told if m.family == "reaction" and not m.is_listed]
