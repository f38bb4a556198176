"""Whether a text is about the two countries together."""

import json

import pytest

from analysis.clean import evidence, repair
from analysis.clean._relevance import NORTH_KOREA, RUSSIA, find_names, missing_side, screen_pattern
from analysis.clean._repair import strip_markup
from analysis.lexicons import read_lexicon


@pytest.mark.parametrize(
    ("title", "body", "how"),
    [
        ("Putin lands in Pyongyang", "", "title"),
        ("KIM JONG UN LEAVES FOR VLADIVOSTOK", "", "title"),
        ("N Korea sends workers to Russia", "", "title"),
        ("Putin and Kim to talk trade", "", "title"),
        ("", "North Korean troops were seen near Kursk.", "same sentence"),
        ("", "The Democratic People's Republic of Korea thanked the Kremlin.", "same sentence"),
        ("Лидер КНДР приехал в Приморье", "", "title"),
        ("Поездка завершена", "Северокорейская делегация побывала в Москве.", "same sentence"),
        ("Poutine invité en Corée du Nord", "", "title"),
        ("Un accord entre la RPDC et Moscou", "", "title"),
        ("北, 러에 감사", "", "title"),
        ("북러 정상회담 열려", "", "title"),
        ("조로 친선의 밤", "", "title"),
        ("Kim Jong Un leaves", "His train is slow. He is to meet the Russian president.", "title and lead"),
        ("A visit", "Kim Jong Un was there. The Kremlin was pleased.", "neighbouring sentences"),
        ("朝鲜外相访问俄罗斯", "", "title"),
        ("Nordkoreas Außenministerin besucht Russland", "", "title"),
        ("Fomin in talks", "Alexander Fomin met his colleague in Pyongyang.", "same sentence"),
        ("An axis of China, Russia and North Korea", "", "title, a list with a word of a relation"),
    ],
)
def test_evidence_names_the_rule_and_the_two_names(title, body, how):
    found, lack = evidence(title, body)
    assert found.startswith(f"{how}: ") and lack == ""


@pytest.mark.parametrize(
    ("title", "body", "lack"),
    [
        ("Kim Jong Un fires missiles", "", "names North Korea ('Kim Jong Un') but not Russia"),
        ("Putin speaks", "The Republic of Korea and South Korea took note.", "does not name North Korea"),
        ("Korea and Russia trade", "Kim Min-su, a singer, toured.", "does not name North Korea"),
        ("Sanctions", "They hit Iran, Russia and North Korea.", "named only in a list of states"),
        ("Bulletin", "Путин открыл мост; пожар на складе; в КНДР прошел парад; погода.", "names both, but never close"),
        ("Live", "Russia struck. " + "It rained in the city. " * 40 + "North Korea held a parade.", "names both, but never close"),
        ("전북 콘서트", "러시아 발레단이 왔다. 북 카페도 열렸다.", "does not name North Korea"),
        ("태평양의 밤", "러시아 함대가 태평양에 있다.", "does not name North Korea"),  # the Pacific ends like Pyongyang
        ("근로조건 개선", "러시아식 근로조건을 다룬다.", "does not name North Korea"),  # and terms of work like Russia and Korea
        ("", "", "does not name North Korea"),
    ],
)
def test_what_lacks_is_said(title, body, lack):
    found, why = evidence(title, body)
    assert found == "" and why.startswith(lack)


def test_a_list_of_states_elsewhere_does_not_spoil_a_pair():
    body = "Iran, Russia and North Korea are under sanctions. Putin thanked Kim Jong Un for shells."
    assert evidence("", body)[0] == "same sentence: 'Putin' + 'Kim Jong Un'"


def test_every_name_has_a_hint_that_the_fast_pass_looks_for():
    table = read_lexicon("relevance")
    hinted = table[table["side"].isin(["PRK", "RUS", "both", "list"])]
    assert (hinted["hint"] != "").all()
    hints = {side: screen_pattern(side).replace("\\", "").split("|") for side in (NORTH_KOREA, RUSSIA)}
    surfaces = [
        "North Korea", "N. Korea", "NKorea", "D.P.R.K.", "DPR Korea", "Pyong-yang", "Kim Jung Un", "Kim Yo-jong", "Choe Son Hui",
        "Corée du Nord", "nord-coréen", "RPDC", "КНДР", "Северная Корея", "северокорейский", "Пхеньяне", "Ким Чен Ын", "북한", "방북",
        "北,", "北러", "평양", "朝鲜", "北朝鮮", "Nordkorea", "Corea del Norte", "Kuzey Kore",
    ]
    for surface in surfaces:
        assert any(n.side in (NORTH_KOREA, "both") for n in find_names(surface)), surface
        assert any(h in surface.lower() for h in hints[NORTH_KOREA]), surface
    for surface in ["Russian", "Moscow", "Kremlin", "Belousov", "Kursk", "Poutine", "российский", "Москве", "Путин", "러시아", "방러", "俄罗斯"]:
        assert any(n.side == RUSSIA for n in find_names(surface)), surface
        assert any(h in surface.lower() for h in hints[RUSSIA]), surface


def test_what_is_missing_is_found_by_full_names_too():
    assert missing_side("Alexander Fomin spoke in Pyongyang") == ""


@pytest.mark.shared
def test_relevance_agrees_with_the_coded_sample(shared):
    """Both coders are one language model, and the sample was drawn among texts that name both countries."""
    counts = {(a, b): 0 for a in (True, False) for b in (True, False)}
    for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        title, body = (repair(strip_markup(item[f])[0]) for f in ("title", "text"))
        counts[all(item["relevant"]), bool(evidence(title, body, language=item["language"])[0])] += 1
    precision = counts[True, True] / (counts[True, True] + counts[False, True])
    recall = counts[True, True] / (counts[True, True] + counts[True, False])
    assert precision >= 0.77 and recall >= 0.98, (precision, recall)
