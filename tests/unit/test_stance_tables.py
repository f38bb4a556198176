"""The stance tables of a build, and how ``explain`` prints them; every sentence here is ours."""

import pandas as pd

from analysis import actors, explain, pipeline, trend

TEXTS = {
    "a": ("en", "Reckless Pyongyang", "Moscow and Pyongyang met. “A glorious day for Russia and North Korea”, he said. It rained."),
    "b": ("de", "Moskau", "Putin traf Kim Jong Un."),
}


def tables():
    articles = pd.DataFrame([
        {"article_id": key, "title": title, "body": body, "language": language, "published_on": pd.NaT}
        for key, (language, title, body) in TEXTS.items()
    ])
    sentences = pipeline.split_sentences(articles)
    named = actors.find_mentions(sentences, articles=articles)
    return sentences, *pipeline.score_stances(sentences, articles=articles, actor_mentions=named)


def test_a_build_holds_the_tone_of_every_sentence_and_a_row_a_target_and_voice():
    sentences, stances, whole = tables()
    tone = stances[stances["target"] == "sentence"]
    assert len(tone) == len(sentences)
    towards = stances[stances["target"] != "sentence"]
    assert {"PRK", "RUS", "RUS+PRK"} <= set(towards.loc[towards["article_id"] == "a", "target"])
    quoted = towards[(towards["target"] == "RUS+PRK") & (towards["voice"] == "quoted")]
    assert quoted["label"].tolist() == ["positive"]
    assert towards.loc[towards["label"] != "unscored", "model"].notna().all()
    assert whole["article_id"].tolist() == ["a", "b"]


def test_what_is_not_scored_has_a_reason_and_no_score():
    _, stances, whole = tables()
    unscored = stances[stances["label"] == "unscored"]
    assert set(unscored["article_id"]) == {"b"}
    assert unscored["score"].isna().all() and unscored["reason"].str.contains("'de'").all()
    other = whole.set_index("article_id").loc["b"]
    assert other["label"] == "unscored" and "'de'" in other["reason"] and pd.isna(other["score"])


def test_tone_and_stance_are_never_averaged_together():
    _, stances, _ = tables()
    articles = pd.DataFrame({
        "article_id": ["a"], "story_id": ["a"], "outlet_id": ["invented.example"], "source_id": ["s"], "is_copy": [False],
        "published_on": [pd.Timestamp("2024-06-19")], "date_precision": ["day"],
    })
    totals = pd.DataFrame({"source_id": ["s"], "outlet_id": ["invented.example"], "day": [pd.Timestamp("2024-06-19")], "n_items": [1]})
    scored = stances[(stances["article_id"] == "a") & (stances["label"] != "unscored")]
    tone = trend.mean_tone(stances, articles, totals)
    assert tone["denominator"].sum() == (scored["target"] == "sentence").sum()
    assert trend.mean_stance(stances, articles, totals)["denominator"].sum() == (scored["target"] != "sentence").sum()


def test_explain_prints_the_whole_then_a_line_a_target_then_the_tone():
    language, title, body = TEXTS["a"]
    item = explain.explain({"title": title, "body": body}, published="2024-06-19", language=language)
    lines = explain.as_text(item).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("stance to Russian-North Korean cooperation, as a whole: "))
    targets = [line.split()[0] for line in lines[start + 1 : -1]]
    assert targets == list(dict.fromkeys(s["target"] for s in item["stance"] if s["target"] != "sentence"))
    assert "quoted: 1 positive" in next(line for line in lines if line.startswith("  RUS+PRK"))
    assert lines[-1].startswith("lexicon tone: mean")
    page = explain.as_html(item)
    assert all(line.strip() in page for line in ("RUS+PRK narrator: ", "lexicon tone: mean"))
