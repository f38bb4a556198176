"""Case, voice and verbs that judge: read from endings, so that the target's name itself says nothing."""

import pytest

from analysis.lexicons import read_lexicon
from analysis.stance import core, features
from analysis.stance.context import describe
from analysis.stance.frames import frame_tokens

RUSSIAN = features.Settings("ru", "russian")


def found(text, target):
    start = text.index(target)
    return features.signs(text, start, start + len(target), settings=RUSSIAN)["frame"]


def test_who_beats_and_who_is_beaten_stand_on_different_sides_of_the_verb():
    text = "Спартак обыграл Зенит"
    assert "f:+1-1R" in found(text, "Спартак") and "f:+1-1L" in found(text, "Зенит")


def test_the_voice_and_a_denial_are_seen():
    assert "f:0-1Rshort passivec" in found("Иванов арестован", "Иванов")
    assert "f:0-1!" in found("Иванова не арестовали", "Иванова") and "f:0-1" in found("Иванова арестовали", "Иванова")


def test_a_preposition_before_the_target_is_seen():
    assert "pp:против" in found("Они выступили против Иванова", "Иванова")


def test_a_longer_stem_that_says_nothing_masks_a_shorter_one():
    assert not [w for w in found("Чемпионат начался в Москве", "Москве") if w.startswith("f:+1")]
    assert "f:+10L" in found("Чемпион приехал в Москву", "Москву")


@pytest.mark.parametrize("language", ["en", "fr", "ko"])
def test_a_language_without_endings_gets_none(language):
    assert frame_tokens(["a"], ["b"], "C", clause=(0, 0), language=language) == []


def test_stems_are_one_each_and_signs_are_three():
    frames = read_lexicon("verb_frames")
    assert not frames.duplicated(["language", "stem"]).any() and frames["stem"].str.len().min() >= 3
    assert set(frames["subject"]) | set(frames["object"]) == {"+1", "0", "-1"}


def test_a_description_has_length_one_and_does_not_know_the_targets_name():
    space = core.load("core-ru").context.space
    one, other = (
        describe(f"По словам врача, {name} помог детям", 17, 17 + len(name), settings=RUSSIAN, space=space)
        for name in ("Петров", "Киров")
    )
    assert one @ one == pytest.approx(1) and one @ other > 0.99
