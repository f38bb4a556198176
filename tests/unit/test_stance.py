"""Stance towards targets: reasons instead of zeros, voices that add up, models that are what their cards say."""

import json

import numpy as np
import pandas as pd
import pytest

from analysis import actors, stance
from analysis.lexicons import read_lexicon
from analysis.schema import LANGUAGES
from analysis.stance import core, evaluative
from analysis.stance.targets import EVALUATIVE
from analysis.stance.voices import mask_events

ACTS = {  # written for these tests: a state praises, then condemns, a state
    "en": ("Beijing praised Moscow yesterday", "Beijing condemned Moscow yesterday", "Moscow"),
    "fr": ("Pékin a félicité Moscou hier", "Pékin a condamné Moscou hier", "Moscou"),
    "ru": ("Пекин похвалил Москву вчера", "Пекин осудил Москву вчера", "Москву"),
    "ko": ("베이징은 어제 모스크바를 칭찬했다", "베이징은 어제 모스크바를 규탄했다", "모스크바"),
}


def table(text, target, language):
    start = text.index(target)
    return pd.DataFrame({"text": [text], "start": [start], "end": [start + len(target)], "language": [language]})


def tables(text, language, **sentence):
    """Tables sentences, articles and actor_mentions of one sentence."""
    sentences = pd.DataFrame({"article_id": "a", "sentence": [1], "text": [text], "is_quote": [False]}).assign(**sentence)
    articles = pd.DataFrame({"article_id": ["a"], "language": [language]})
    found = [("a", 1, s.start, s.end, s.actor_id, s.country) for s in actors.find(text, language=language)]
    columns = ["article_id", "sentence", "start", "end", "actor_id", "country"]
    return sentences, articles, pd.DataFrame(found, columns=columns)


def scored(text, language, **options):
    sentences, articles, mentions = tables(text, language)
    return stance.score_stance(sentences, articles=articles, actor_mentions=mentions, **options)


@pytest.mark.parametrize("language", LANGUAGES)
def test_praise_is_positive_and_condemnation_negative_in_every_language(language):
    praise, blame, target = ACTS[language]
    good, bad = (stance.score_targets(table(t, target, language), model=EVALUATIVE) for t in (praise, blame))
    assert (good["label"][0], bad["label"][0]) == ("positive", "negative")
    assert good["score"][0] > 0.25 > -0.25 > bad["score"][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_one_who_condemns_is_hit_less_than_the_one_condemned(language):
    text, target = ACTS[language][1:]
    found = evaluative.find_evaluations(text, language=language)
    first = text.split()[0].removesuffix("은")
    spans = [(text.index(w), text.index(w) + len(w)) for w in (first, target)]
    speaker, object_ = (evaluative.link(text, [s], language=language, evaluations=found) for s in spans)
    assert object_ < 2 * speaker < 0


def test_negation_turns_and_passive_finds_its_object():
    plain = stance.score_targets(table("It was a reckless act by Moscow", "Moscow", "en"), model=EVALUATIVE)
    denied = stance.score_targets(table("It was not a reckless act by Moscow", "Moscow", "en"), model=EVALUATIVE)
    assert plain["score"][0] < -0.25 < denied["score"][0]
    passive = table("Moscow was condemned by Tokyo", "Moscow", "en")
    agent = table("Moscow was condemned by Tokyo", "Tokyo", "en")
    scores = [stance.score_targets(t, model=EVALUATIVE)["score"][0] for t in (passive, agent)]
    assert scores[0] < scores[1]


BAD = [
    ("Moskau verurteilt Seoul scharf", 0, 6, "de", "language 'de'"),
    ("Moscow", 0, 6, "en", "fewer than two words"),
    ("😀 😀 😀", 0, 1, "en", "fewer than two words"),
    ("", 0, 1, "en", "no text"),
    (None, 0, 1, "en", "no text"),
    ("word " * 10_000, 0, 4, "en", "10000 words"),
    ("Moscow said so", 40, 46, "en", "not in the sentence"),
    ("Moscow said so", 6, 6, "en", "not in the sentence"),
    ("Moscow said so", -3, 6, "en", "not in the sentence"),
    ("Moscow said so", None, 6, "en", "not in the sentence"),
    ("Moscow said so", float("nan"), 6, "ru", "not in the sentence"),
    ("Moscow said so", 0, 14, "en", "no word beside the target"),
    ("Moscow said so", 0, 6, None, "language 'None'"),
]


@pytest.mark.parametrize(("text", "start", "end", "language", "reason"), BAD)
def test_bad_input_is_unscored_with_a_reason_and_never_zero(text, start, end, language, reason):
    rows = pd.DataFrame({"text": [text], "start": [start], "end": [end], "language": [language]}, dtype=object)
    out = stance.score_targets(rows).iloc[0]
    assert out["label"] == "unscored" and reason in out["reason"] and np.isnan(out["score"])


def test_columns_and_index_stay_and_missing_ones_are_named():
    rows = table("Beijing praised Moscow yesterday", "Moscow", "en").assign(mine=7).set_axis([42])
    out = stance.score_targets(rows)
    assert out.index.tolist() == [42] and out["mine"].tolist() == [7] and "label" not in rows
    with pytest.raises(ValueError, match="missing: end"):
        stance.score_targets(rows.drop(columns="end"))
    with pytest.raises(ValueError, match="core-en"):
        stance.score_targets(rows, model="core-xx")


def test_an_empty_table_gives_an_empty_table():
    out = stance.score_targets(pd.DataFrame({"text": [], "start": [], "end": [], "language": []}))
    assert out.empty and {"label", "score", "reason", "model"} <= set(out)


def test_order_of_rows_does_not_matter():
    rows = pd.concat([table(t, ACTS[k][2], k) for k in LANGUAGES for t in ACTS[k][:2]], ignore_index=True)
    mixed = rows.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(stance.score_targets(rows), stance.score_targets(mixed).sort_index())


def test_a_model_of_ones_own_can_score():
    class Always:
        name, languages = "always", frozenset(["en"])

        def score(self, text, start, end, *, language):
            return "positive", 1.0, ""

    rows = pd.concat([table(ACTS[k][1], ACTS[k][2], k) for k in ("en", "fr")], ignore_index=True)
    out = stance.score_targets(rows, model=Always())
    assert out["label"].tolist() == ["positive", "unscored"] and out["reason"][1] == "always does not read language 'fr'"


@pytest.mark.parametrize("name", ["core-en", "core-ru"])
def test_the_name_of_the_target_does_not_matter_to_the_trained_models(name):
    language = name[-2:]
    texts = {"en": "Critics say that {} has betrayed voters", "ru": "По мнению критиков, {} нарушает закон"}
    names = {"en": ("Trump", "Biden"), "ru": ("Минск", "Киров")}
    rows = [table(texts[language].format(n), n, language) for n in names[language]]
    scores = [stance.score_targets(r)["score"][0] for r in rows]
    # Only what a name looks like, capitals and the ending that carries case, may count.
    assert abs(scores[0] - scores[1]) < 0.1


@pytest.mark.parametrize("name", ["core-en", "core-ru"])
def test_shipped_models_are_small_carded_and_true_to_their_lexicons(name, root):
    folder = root / "analysis" / "stance" / "models"
    card = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert (folder / f"{name}.npz").stat().st_size == card["bytes"] < 2_500_000
    assert {"data", "licence", "split", "figures", "date", "command", "limits"} <= set(card)
    assert card["lexicon"] == core.lexicon_digest(name[-2:]), f"the lexicons changed: run `{card['command']}`"
    with np.load(folder / f"{name}.npz", allow_pickle=False) as data:
        assert {a.dtype.kind for a in data.values()} <= {"u", "i", "f"}


def test_an_altered_or_cut_model_file_is_refused(root):
    folder = root / "analysis" / "stance" / "models"
    card = json.loads((folder / "core-en.json").read_text(encoding="utf-8"))
    content = (folder / "core-en.npz").read_bytes()
    assert core.unpack(content, card=card).settings.language == "en"
    for wrong in (content[:-100], content[:1000] + b"x" + content[1001:], b""):
        with pytest.raises(core.ModelError, match="cut short or altered"):
            core.unpack(wrong, card=card)


def test_an_altered_model_file_makes_rows_unscored(monkeypatch):
    def refuse(name):
        raise core.ModelError(f"model file of '{name}' is cut short or altered")

    monkeypatch.setattr(core, "load", refuse)
    out = stance.score_targets(table(*ACTS["en"][::2], "en")).iloc[0]
    assert out["label"] == "unscored" and "altered" in out["reason"] and np.isnan(out["score"])


WRAPPED = [
    ("en", "The reckless regime in Pyongyang is a menace to peace", "“{}”, said Emmanuel Macron."),
    ("fr", "Le régime brutal de Pyongyang est un danger pour la paix", "« {} », a déclaré Sergueï Lavrov."),
    ("fr", "La Russie est un ami fidèle et courageux", "«{}», a déclaré Kim Jong-un."),
    ("ru", "КНДР — надёжный и героический друг", "«{}», — заявил Сергей Лавров."),
    ("ko", "북한은 무모한 독재 국가다", "“{}”라고 라브로프 장관은 말했다."),
]


@pytest.mark.parametrize(("language", "text", "frame"), WRAPPED)
@pytest.mark.parametrize("model", [EVALUATIVE, None])
def test_quotation_marks_move_a_sentence_to_the_other_voice_and_change_no_total(language, text, frame, model):
    plain, wrapped = scored(text, language, model=model), scored(frame.format(text), language, model=model)
    assert set(plain["voice"]) == {"narrator"} and set(wrapped["voice"]) == {"quoted"}
    assert plain.groupby("target")["score"].sum().round(6).to_dict() == wrapped.groupby("target")["score"].sum().round(6).to_dict()
    if model == EVALUATIVE:
        assert plain["score"].abs().max() > 0.25


def test_spans_of_reported_speech_are_quoted_too():
    text = "Lavrov said that Washington is reckless and hypocritical"
    sentences, articles, mentions = tables(text, "en")
    spans = pd.DataFrame({"article_id": ["a"], "sentence": [1], "start": [text.index("Washington")], "end": [len(text)]})
    out = stance.score_stance(sentences, articles=articles, actor_mentions=mentions, quotes=spans)
    us = out[out["target"] == "USA"]
    assert us["voice"].tolist() == ["quoted"] and us["label"].tolist() == ["negative"]


def test_a_sentence_inside_a_longer_quotation_is_quoted():
    sentences, articles, mentions = tables("Pyongyang is a reckless regime", "en", is_quote=True)
    out = stance.score_stance(sentences, articles=articles, actor_mentions=mentions)
    assert set(out["voice"]) == {"quoted"} and set(out["label"]) == {"negative"}


def test_cooperation_needs_both_and_the_west_is_many():
    assert set(scored("Kim and Putin mocked Macron", "en")["target"]) == {"PRK", "RUS", "RUS+PRK", "WEST"}
    assert set(scored("Putin flew home on Monday", "en")["target"]) == {"RUS"}
    assert scored("Nobody of note came on Monday", "en").empty


def test_what_is_reported_is_not_the_narrators_stance():
    assert mask_events("Seoul condemned a missile test", language="en").count("_") == len("condemned") + len("missile")
    out = scored("Seoul condemned Pyongyang over a missile test", "en")
    assert set(out["label"]) == {"neutral"}


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Seoul condemned the reckless launch by Pyongyang"), ("fr", "Séoul a condamné le tir irresponsable de Pyongyang"),
    ("ru", "Сеул осудил безрассудный запуск, проведённый КНДР"), ("ko", "서울은 평양의 무모한 발사를 규탄했다"),
])
def test_the_object_of_an_act_is_worded_not_its_subject(language, text):
    out = scored(text, language).set_index("target")["score"]
    assert out["PRK"] < out["KOR"] - 0.15 and out["KOR"] < 0


def test_speakers_and_their_targets():
    cases = [
        ("Seoul condemned Pyongyang over a missile test", "KOR", "PRK", "act", "negative"),
        ("Pyongyang was condemned by Tokyo", "JPN", "PRK", "act", "negative"),
        ("“The United States is a reckless aggressor”, said Sergei Lavrov.", "RUS", "USA", "quote", "negative"),
    ]
    for text, speaker, target, kind, label in cases:
        sentences, articles, mentions = tables(text, "en")
        out = stance.speaker_targets(sentences, articles=articles, actor_mentions=mentions)
        hit = out[(out["target"] == target) & (out["kind"] == kind)]
        assert hit[["speaker", "label"]].values.tolist() == [[speaker, label]], text
        assert not (out["speaker"] == out["target"]).any()


def test_valence_of_events_follows_its_scale_and_leaves_the_unknown_missing():
    rows = [("visit", "held", "leader"), ("visit", "cancelled", "leader"), ("agreement", "signed", "region"),
            ("reaction", "made", "sanction"), ("reaction", "planned", "sanction"), ("visit", "held", "")]
    mentions = pd.DataFrame(rows, columns=["family", "status", "detail"])
    values = stance.event_valence(mentions)["valence"]
    assert values[:5].tolist() == [0.8, -0.6, 0.7, -1.0, -0.5] and np.isnan(values[5])


def test_every_language_has_the_same_depth_of_evaluative_language():
    forms = read_lexicon("evaluative")
    assert not forms.duplicated(["language", "form", "role"]).any()
    counts = forms.groupby("language").size()
    assert set(counts.index) == set(LANGUAGES) and counts.min() >= 250 and counts.max() < 1.2 * counts.min()
    senses = forms.groupby("language")["sense"].agg(frozenset)
    assert len(set(senses)) == 1
    assert set(forms["polarity"]) == {"+1", "-1"} and forms["intensity"].astype(float).between(0, 1).all()
    assert set(forms["role"]) == {"object", "subject", "any"} and set(forms["owner"]) == {"actor", "writer"}
    cues = read_lexicon("evaluative_cues")
    for kind in ("order", "negation", "booster", "softener", "break", "agent", "speech"):
        assert set(cues.loc[cues["kind"] == kind, "language"]) == set(LANGUAGES)


def test_every_form_is_found_where_it_stands():
    table_ = read_lexicon("evaluative")
    for language, rows in table_.groupby("language"):
        for form in rows["form"].drop_duplicates():
            text = "x " + form.replace("*", "") + " y"
            found = evaluative.find_evaluations(text, language=language)
            assert any(e.start <= 2 for e in found), (language, form)


@pytest.mark.shared
@pytest.mark.parametrize(("split", "peer"), [("dev_rw", 65.4), ("dev_mt", 63.2)])
def test_the_english_model_scores_what_its_card_says_and_beats_the_peers(split, peer, shared, root):
    card = json.loads((root / "analysis" / "stance" / "models" / "core-en.json").read_text(encoding="utf-8"))
    lines = (shared / "bench" / "newsmtsc" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [
        {"text": s["sentence_normalized"], "start": t["from"], "end": t["to"], "language": "en",
         "gold": {2.0: "negative", 4.0: "neutral", 6.0: "positive"}[t["polarity"]]}
        for s in map(json.loads, lines) for t in s["targets"]
    ]
    out = stance.score_targets(pd.DataFrame(rows))
    # An unscored row counts as wrong, so the figure can only be lower than the card's.
    f1 = []
    for label in core.LABELS:
        right = ((out["gold"] == label) & (out["label"] == label)).sum()
        f1.append(200 * right / ((out["gold"] == label).sum() + (out["label"] == label).sum()))
    assert np.mean(f1) == pytest.approx(card["figures"][split]["macro-F1"], abs=1.0)
    assert np.mean(f1) > peer
    assert (out["label"] == "unscored").mean() < 0.03


@pytest.mark.shared
def test_the_russian_model_reaches_its_goal_on_unseen_sentences_and_knows_those_it_was_trained_on(shared, root):
    card = json.loads((root / "analysis" / "stance" / "models" / "core-ru.json").read_text(encoding="utf-8"))
    assert card["figures"]["cross-validation, five folds by sentence"]["F1 over positive and negative"] >= 45
    path = shared / "bench" / "rusentne" / "train_data.csv"
    table = pd.read_csv(path, sep="\t").sample(300, random_state=0)
    rows = pd.DataFrame({
        "text": table["sentence"], "start": table["entity_pos_start_rel"], "end": table["entity_pos_end_rel"], "language": "ru",
    })
    said, gold = stance.score_targets(rows)["label"], table["label"].map({-1: "negative", 0: "neutral", 1: "positive"})
    # Shipped weights saw these rows: this holds the file, not the method.
    f1 = [2 * ((said == k) & (gold == k)).sum() / ((said == k).sum() + (gold == k).sum()) for k in ("negative", "positive")]
    assert np.mean(f1) > 0.7


@pytest.mark.parametrize(("text", "target", "sign"), [
    ("Суд признал Петрова виновным в мошенничестве и приговорил его к тюремному сроку", "Петрова", -1),
    ("Тренер похвалил Петрова за блестящую победу на чемпионате", "Петрова", 1),
])
def test_the_russian_model_hears_plain_cases(text, target, sign):
    assert sign * stance.score_targets(table(text, target, "ru"))["score"][0] > 0.1
