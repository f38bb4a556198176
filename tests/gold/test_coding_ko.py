"""Korean sentences written here, each with the codes that a reader of the Korean press gives it."""

import pytest

from analysis import coding

DAY = "2025-05-20"


def code(body, *, title="", day=DAY):
    return coding.code_article(title, body, language="ko", published=day)


def one(body, family, **where):
    found = [m for m in code(body, **where) if m.family == family]
    assert len(found) == 1, found
    return found[0]


def test_delegation_leaves_for_the_other_country_and_has_the_rank_of_its_head():
    m = one("(평양 5월 20일발) 림광석 상업성 부상을 단장으로 하는 상업성대표단이 로씨야를 방문하기 위하여 19일 평양을 출발하였다.", "visit")
    assert (m.status, m.direction, m.detail, m.date_start) == ("held", "PRK>RUS", "vice", "2025-05-19")


def test_train_that_carries_the_leader_is_the_leader():
    m = one("김정은 위원장을 태운 열차가 20일 오전 러시아 하산역에 들어섰다.", "visit")
    assert (m.status, m.direction, m.detail, m.date_start) == ("held", "PRK>RUS", "leader", DAY)


def test_present_tense_of_a_verb_is_a_plan_and_its_attributive_a_fact():
    # one letter apart: "meets" (to come) and "who met"
    assert one("최선희 북한 외무상이 21일 모스크바에서 푸틴 대통령을 만난다.", "visit").status == "planned"
    assert one("최선희 북한 외무상이 19일 모스크바에서 만난 푸틴 대통령은 웃었다.", "visit").status == "held"


def test_day_after_the_speaker_dates_the_saying():
    m = one("드미트리 페스코프 크렘린궁 대변인은 20일 푸틴 대통령이 북한을 방문할 것이라고 밝혔다.", "visit")
    assert (m.status, m.date_start, m.voice) == ("planned", "", "quoted")


def test_first_since_a_year_is_no_date_of_the_visit():
    assert one("푸틴 대통령의 방북은 2000년 7월 이후 24년 만이다. 러시아와 북한이 준비했다.", "visit").date_start == ""


def test_days_before_special_trains_and_victory_day_are_days_of_the_month():
    assert one("김정은 위원장이 19일 전용열차로 블라디보스토크에 도착했다.", "visit").date_start == "2025-05-19"


@pytest.mark.parametrize(
    ("body", "stage"),
    [
        ("북한과 러시아는 관광 협력을 확대하기로 했다.", "announced"),
        ("로씨야와 조선의 대표들은 두만강자동차다리건설에 관한 협정에 수표하였다.", "signed"),
        ("코로나19로 중단됐던 평양-모스크바 열차 운행이 재개됐다고 러시아와 북한이 밝혔다.", "implemented"),
        ("러시아 연해주가 북한 라선시와 여객열차 운행 재개를 협의하고 있다.", "mooted"),
        ("북한과 러시아는 여객열차 운행을 중단했다.", "ended"),
        ("북한은 러시아와 포탄 공급 계약을 맺은 적이 없다고 주장했다.", "denied"),
    ],
)
def test_stage_of_an_agreement(body, stage):
    assert one(body, "agreement").status == stage


def test_government_that_decides_alone_makes_no_agreement():
    assert not [m for m in code("정부는 북러 군사협력에 공동 대응하기로 했다.") if m.family == "agreement"]


def test_allies_of_two_blocs_react_in_two_mentions():
    found = [m for m in code("한미일 외교장관들은 북러 군사협력을 강력히 규탄했다.") if m.family == "reaction"]
    assert {(m.actor, m.bloc, m.detail) for m in found} == {("KOR+JPN", "rok_japan", "accuse"), ("USA", "western", "accuse")}


def test_sanction_aims_at_whom_it_lists_not_at_whom_they_helped():
    m = one("미국 재무부는 북한군의 러시아 파병에 관여한 북한 고위 장성들을 제재했다.", "reaction")
    assert (m.actor, m.detail, m.counterpart) == ("USA", "sanction", "PRK")


def test_reaction_that_is_only_prepared_is_planned():
    m = one("북한과 러시아가 조약을 맺었다. 정부는 독자 제재를 준비하고 있다.", "reaction")
    assert (m.actor, m.status, m.detail) == ("KOR", "planned", "sanction")


def test_estimate_of_arms_is_neutral_and_the_sender_its_object():
    m = one("합참은 북한이 러시아에 컨테이너 2만개 분량의 무기를 보낸 것으로 추정한다고 밝혔다.", "reaction")
    assert (m.actor, m.detail, m.counterpart, m.voice) == ("KOR", "neutral", "PRK", "narrator")


def test_headline_quotes_whom_it_names_first():
    m = one("", "reaction", title='국정원 "북한 특수부대 1천500명 러시아로 파병"')
    assert (m.actor, m.detail, m.voice) == ("KOR", "neutral", "narrator")


@pytest.mark.parametrize(
    "body",
    [
        "푸틴 대통령은 김정은 위원장에게 축전을 보냈다.",
        "마체고라 북한 주재 러시아 대사가 최선희 외무상을 만났다.",
        "김정은 위원장이 평양에서 열린 러시아 예술단 공연에 참석했다.",
        "조현 장관은 김정은 위원장에게 초청장을 보내지 않았다고 말했다. 러시아는 말을 아꼈다.",
    ],
)
def test_no_visit(body):
    assert not [m for m in code(body) if m.family == "visit"]
