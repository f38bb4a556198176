"""English sentences written for this file and the codes that the codebook gives them: one test a mechanism."""

from __future__ import annotations

import pytest

from analysis.coding import code_article

PUBLISHED = "2024-11-20"  # a Wednesday
LANDED = "Vladimir Putin landed in Pyongyang on Tuesday for talks with Kim Jong Un."


def _coded(body: str, title: str = "", family: str = "") -> list:
    mentions = code_article(title, body, language="en", published=PUBLISHED, repeats=True)
    return [m for m in mentions if not family or m.family == family]


@pytest.mark.parametrize(
    ("sentence", "act", "actor"),
    [
        ("In Tokyo, two ministers spoke of grave concern.", "concern", "JPN"),
        ("Canberra voiced alarm.", "concern", "AUS"),
        ("Asked about the visit, Beijing declined to comment.", "neutral", "CHN"),
        ("Britain called the trip a reckless provocation.", "accuse", "GBR"),
        ("The White House warned of consequences.", "warn", "USA"),
    ],
)
def test_a_reaction_that_names_no_object_is_about_what_was_just_told(sentence, act, actor):
    (m,) = _coded(f"{LANDED} {sentence}", family="reaction")
    assert (m.detail, m.actor, m.counterpart, m.status) == (act, actor, "RUS+PRK", "made")


def test_a_judgement_on_another_matter_is_no_reaction():
    assert not _coded(f"{LANDED} Seoul condemned the missile test of last week.", family="reaction")
    assert not _coded("Analysts in Seoul warned that Russia may give North Korea submarine technology.")


def test_a_second_verb_and_a_pronoun_keep_their_source():
    first = "South Korea condemned the transfer of shells from North Korea to Russia and urged Moscow to stop it."
    assert [(m.detail, m.actor) for m in _coded(first, family="reaction")] == [("accuse", "KOR"), ("request", "KOR")]
    second = "The G7 condemned the transfer of shells from North Korea to Russia. They called on Pyongyang to stop its supplies."
    assert ("request", "G7") in [(m.detail, m.actor) for m in _coded(second, family="reaction")]


def test_a_participle_takes_the_subject_and_the_day_of_the_main_verb():
    body = "NATO said on Monday that North Korean troops were in Russia's Kursk region, calling it a dangerous escalation."
    (m,) = _coded(body, family="reaction")
    assert (m.detail, m.actor, m.date_start) == ("accuse", "NATO", "2024-11-18")


def test_a_colon_after_the_source_reports_in_a_headline():
    (m,) = _coded("", title="Seoul: North Korea sends more shells to Russia")
    assert (m.family, m.detail, m.actor) == ("reaction", "accuse", "KOR")


def test_sanctions_still_weighed_or_denied():
    told = "The United States blacklisted four firms over arms that went from North Korea to Russia."
    planned = [m for m in _coded(f"{told} Japan is weighing further sanctions.", family="reaction") if m.actor == "JPN"]
    assert [(m.detail, m.status) for m in planned] == [("sanction", "planned")]
    body = f"{told} Japan denied a report that it had threatened Moscow with a ban over the shipments."
    denied = [m for m in _coded(body, family="reaction") if m.actor == "JPN"]
    assert [(m.detail, m.status, m.counterpart) for m in denied] == [("warn", "denied", "RUS")]


@pytest.mark.parametrize(
    ("sentence", "status", "direction"),
    [
        ("Sergei Lavrov flies to North Korea on Friday for three days of talks.", "planned", "RUS>PRK"),
        ("A North Korean parliamentary delegation leaves for Moscow tomorrow.", "planned", "PRK>RUS"),
        ("Russia's foreign minister will be in North Korea from Friday.", "planned", "RUS>PRK"),
        ("Kim Jong Un's trip to Moscow for the parade is off, the Kremlin announced.", "cancelled", "PRK>RUS"),
        ("The Kremlin said no trip by Putin to North Korea was being prepared.", "denied", "RUS>PRK"),
        ("Reports that Kim Jong Un was heading for Vladivostok are untrue, the Kremlin said.", "denied", "PRK>RUS"),
        ("Kim Jong Un stepped off his train in Vladivostok.", "held", "PRK>RUS"),
        ("North Korea's foreign minister has been in Moscow since Monday.", "held", "PRK>RUS"),
        ('"I invite you, come and visit," Putin told Kim Jong Un.', "planned", "PRK>RUS"),
    ],
)
def test_status_and_direction_of_a_visit(sentence, status, direction):
    found = {(m.status, m.direction) for m in _coded(sentence, title="Russia and North Korea", family="visit")}
    assert found == {(status, direction)}


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("Russia has proposed a new agreement on fisheries to North Korea.", "mooted"),
        ("Moscow and Pyongyang are in talks on resuming ferry services between Vladivostok and Rason.", "mooted"),
        ("The road bridge that Russia and North Korea agreed on in June is under construction.", "implemented"),
        ("Russian lawmakers voted unanimously to ratify the partnership treaty with North Korea.", "ratified"),
        ('North Korea has never had an "arms deal" with Russia, its defence ministry said.', "denied"),
        ("TASS and KCNA have renewed their cooperation agreement.", "signed"),
    ],
)
def test_stage_of_an_agreement(sentence, stage):
    assert [m.status for m in _coded(sentence, family="agreement")] == [stage]


def test_years_that_a_plan_covers_do_not_date_its_signing():
    (m,) = _coded("Russia and North Korea have signed a plan of cultural exchange for 2025-2027.", family="agreement")
    assert (m.status, m.date_start) == ("signed", "")


def test_a_ministry_and_a_pronoun_are_sources():
    assert _coded("Vladimir Putin will visit North Korea, his spokesman said.")[0].voice == "quoted"
    body = "Alexander Matsegora, Russia's ambassador to North Korea, spoke to reporters. A treaty with Russia is being drafted in North Korea, he said."
    assert [m.voice for m in _coded(body, family="agreement")] == ["quoted"]
    assert _coded("Vladimir Putin will visit North Korea, officials said.")[0].voice == "narrator"
