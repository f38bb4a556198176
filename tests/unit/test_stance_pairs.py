"""Ten pairs a language: a bad event in neutral words moves event valence only, hostile words the narrator's stance only."""

import pandas as pd
import pytest

from analysis import actors, coding, stance
from analysis.schema import LANGUAGES

PUBLISHED = "2024-06-20"
SIDES = ("RUS", "PRK")


def valence(text, language):
    """Mean valence of the events that the coder finds."""
    found = coding.code_article("", text, language=language, published=PUBLISHED)
    table = pd.DataFrame([(m.family, m.status, m.detail) for m in found], columns=["family", "status", "detail"])
    return stance.event_valence(table)["valence"].mean()


def narrator(text, language):
    """Lowest score of the narrator towards either side, and the labels."""
    sentences = pd.DataFrame({"article_id": "a", "sentence": [1], "text": [text], "is_quote": [False]})
    articles = pd.DataFrame({"article_id": ["a"], "language": [language]})
    mentions = pd.DataFrame(
        [("a", 1, s.start, s.end, s.actor_id, s.country) for s in actors.find(text, language=language)],
        columns=["article_id", "sentence", "start", "end", "actor_id", "country"],
    )
    out = stance.score_stance(sentences, articles=articles, actor_mentions=mentions)
    out = out[out["target"].isin(SIDES) & (out["voice"] == "narrator")]
    return out["score"].min(), set(out["label"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_events_and_hostile_words_move_one_measure_each(language, root):
    pairs = pd.read_csv(root / "tests" / "gold" / f"stance_pairs_{language}.csv")
    assert len(pairs) == 10
    for pair in pairs.itertuples():
        base, bad, hostile = (valence(t, language) for t in (pair.base, pair.bad_event, pair.hostile_words))
        assert bad < base, pair.bad_event
        assert hostile == base, pair.hostile_words
        (base_score, base_labels), (bad_score, bad_labels), (hostile_score, hostile_labels) = (
            narrator(t, language) for t in (pair.base, pair.bad_event, pair.hostile_words)
        )
        assert hostile_score < base_score - 0.25 and "negative" in hostile_labels, pair.hostile_words
        assert abs(bad_score - base_score) < 0.05 and base_labels == bad_labels == {"neutral"}, pair.bad_event
