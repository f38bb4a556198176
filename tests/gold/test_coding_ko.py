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


@pytest.mark.parametrize(
    "body",
    [
        "김정은 국무위원장이 푸틴 대통령에게 축전을 보냈다.",
        "김정은 국무위원장이 러시아 파병 부대를 방문했다.",
        "김정은은 쿠르스크에 파병된 병사들을 만났다. 러시아 장교도 있었다.",
        "시진핑 주석이 김정은과 푸틴을 차례로 만났다.",
        "푸틴 대통령은 김정은 위원장과 전화로 대화를 나눴다.",
        "김정은은 평양을 찾은 럼 베트남 서기장과 회담했다. 메드베데프 러시아 안보회의 부의장도 보였다.",
        "외교부 장관은 외국 정상들에게 APEC 초청장을 보냈지만 김정은에게는 보내지 않았다고 말했다. 러시아 대표도 온다.",
    ],
)
def test_what_is_no_visit_between_the_two(body):
    assert [m for m in code(body) if m.family == "visit"] == []


@pytest.mark.parametrize(
    ("body", "direction", "rank"),
    [
        ("북한 국방상 노광철이 러시아 전승절에 참석하기 위해 4일 평양을 출발했다.", "PRK>RUS", "minister"),
        ("러시아 국립발레단이 평양에서 공연했다. 북한 관객이 박수를 보냈다.", "RUS>PRK", "delegation"),
        ("푸틴 대통령이 쇼이구 서기를 평양에 보냈다.", "RUS>PRK", "minister"),
    ],
)
def test_visits_told_by_an_event_a_show_or_who_is_sent(body, direction, rank):
    m = one(body, "visit")
    assert (m.direction, m.detail, m.status) == (direction, rank, "held")


def test_three_leaders_in_one_word_and_in_one_place():
    m = one("3일 중국 베이징 열병식에서 북·중·러 정상이 한자리에 모였다.", "visit", day="2025-09-04")
    assert (m.direction, m.detail, m.status, m.date_start) == ("third", "leader", "held", "2025-09-03")


def test_a_comparison_is_no_event():
    body = "북·중·러 정상이 한자리에 모이는 것은 냉전 종식 이후 처음이라고 중국 언론이 전했다."
    assert [m for m in code(body) if m.family == "visit"] == []


def test_a_lead_cut_short_gives_its_headline_the_day():
    title, lead = "북 최선희, 푸틴과 만나", "최선희 북한 외무상이 19일(현지시간)..."
    assert one(lead, "visit", title=title).date_start == "2025-05-19"


def test_what_follows_the_invitation_says_that_a_visit_is_planned():
    m = one("김정은 국무위원장은 푸틴 대통령이 편리한 시기에 방북해달라고 초청했다.", "visit")
    assert (m.status, m.direction) == ("planned", "RUS>PRK")


def test_named_powers_of_a_collective_speak_for_it():
    found = [m for m in code("미국과 일본 등 서방은 북러 군사협력을 비판했다.") if m.family == "reaction"]
    assert {(m.actor, m.bloc, m.detail) for m in found} == {("USA", "western", "accuse"), ("JPN", "rok_japan", "accuse")}


def test_whom_somebody_criticises_does_not_speak():
    body = "김정은 위원장이 푸틴 대통령을 만났다. 김 위원장은 서방을 비판했다."
    assert [m for m in code(body) if m.family == "reaction"] == []


def test_minister_by_surname_is_the_one_named_before():
    body = "조태열 외교부 장관은 24일 연설했다. 조 장관은 북한의 러시아 파병을 강하게 규탄했다."
    m = one(body, "reaction", day="2024-10-25")
    assert (m.actor, m.detail) == ("KOR", "accuse")


def test_statement_of_others_on_the_two_is_no_agreement_of_theirs():
    found = code("G7 외교장관들은 북러 군사협력을 규탄하는 공동성명을 발표했다.")
    assert [(m.family, m.actor) for m in found] == [("reaction", "G7")]


def test_signing_a_bill_of_ratification_ratifies():
    assert one("푸틴 대통령이 북러 조약 비준안에 서명했다.", "agreement").status == "ratified"


def test_pact_that_opens_its_sentence():
    body = "러시아 하원이 북한과의 조약을 비준했다. 조약은 지난해 6월 19일 평양에서 체결됐다."
    found = [m for m in code(body) if m.family == "agreement"]
    assert [(m.status, m.date_start) for m in found] == [("ratified", ""), ("signed", "2024-06-19")]


def test_step_only_scheduled_is_no_second_mention():
    body = "북한과 러시아를 잇는 두만강 자동차 다리 건설이 시작됐다. 다리는 내년 중반 완공될 예정이다."
    assert one(body, "agreement").status == "implemented"


def test_who_spoke_goes_on_speaking():
    body = "코즐로프 러시아 천연자원부 장관은 평양을 방문할 계획이라고 19일 밝혔다. 두만강 자동차 다리는 6월에 개통될 예정이라고 덧붙였다."
    m = one(body, "agreement")
    assert (m.voice, m.date_start) == ("quoted", "2025-06")


def test_joint_commission_is_a_body_of_neither_alone():
    assert one("제11차 무역경제 및 과학기술협조위원회 회의를 위해 러시아 대표단이 평양을 방문했다.", "visit").direction == "RUS>PRK"


def test_verb_that_hands_over_what_is_said_names_the_act():
    m = one("외교부 당국자는 북러 조약을 빌미로 한 불법적 군사 협력을 즉각 멈춰야 한다고 촉구했다.", "reaction")
    assert (m.actor, m.detail) == ("KOR", "request")


def test_day_behind_who_reacts_is_that_of_the_reaction():
    m = one("정부는 19일 북한과 러시아가 전날 체결한 조약을 강력히 규탄했다.", "reaction")
    assert m.date_start == "2025-05-19"


def test_two_verbs_of_one_subject_are_two_acts():
    found = [m for m in code("캐나다는 북한의 러시아 파병을 규탄하고 병력 철수를 촉구했다.") if m.family == "reaction"]
    assert [m.detail for m in found] == ["accuse", "request"]


@pytest.mark.parametrize(
    ("body", "direction", "rank"),
    [
        ("김정은 위원장이 탄 열차가 20일 러시아 땅에 들어섰다.", "PRK>RUS", "leader"),
        ("최선희 외무상은 20일 크렘린에서 푸틴 대통령의 손을 맞잡았다.", "PRK>RUS", "minister"),
        ("20일 평양에 간 라브로프 외교장관은 김정은 위원장에게 친서를 전했다.", "RUS>PRK", "minister"),
        ("러시아를 방문 중인 최선희 북한 외무상이 크렘린궁에서 푸틴 대통령을 만났다.", "PRK>RUS", "minister"),
        ("울란우데 외곽에서 20일 만난 김정은 위원장과 푸틴 대통령이 사업을 논의했다.", "PRK>RUS", "leader"),
        ("20일 크렘린에서 김정은 위원장과 푸틴 대통령이 서명한 선언이 공개됐다.", "PRK>RUS", "leader"),
    ],
)
def test_visits_told_without_the_word_visit(body, direction, rank):
    found = [m for m in code(body) if m.family == "visit"]
    assert [(m.status, m.direction, m.detail) for m in found] == [("held", direction, rank)]


@pytest.mark.parametrize(
    "body",
    [
        "미국은 북한과 러시아의 주장을 깎아내렸다.",
        "젤렌스키 대통령은 김정은이 러시아에 잡힌 병사를 풀어 주면 포로를 돌려보낼 수 있다고 했다.",
        "푸틴 대통령을 태운 차가 북한 대사가 묵는 초대소로 갔다는 말은 없다.",
    ],
)
def test_words_that_only_look_like_a_journey(body):
    assert not [m for m in code(body) if m.family == "visit"]


def test_who_had_come_goes_home():
    body = "라브로프 장관이 19일 평양에 도착해 김정은 위원장을 만났다. 그는 이튿날 모스크바로 돌아갔다."
    assert {m.direction for m in code(body) if m.family == "visit"} == {"RUS>PRK"}


def test_a_name_that_father_and_son_bear_is_the_leaders_of_the_day():
    body = "김정일 국방위원장이 26일 러시아 하산에 도착했다. 푸틴 대통령은 모스크바에서 김 위원장을 맞았다."
    found = [m for m in code(body, day="2001-07-27") if m.family == "visit"]
    assert found and all(m.detail == "leader" for m in found)


def test_an_aide_of_a_president_is_no_leader():
    m = one("트루트네프 러시아 부총리 겸 극동연방지구 대통령 전권대표가 20일 평양을 방문했다.", "visit")
    assert m.detail in ("minister", "vice")


def test_what_two_agree_to_do_is_announced():
    m = one("북한과 러시아는 무역액을 10억달러로 끌어올린다는 데 의견을 같이했다.", "agreement")
    assert m.status == "announced"


def test_ministries_between_two_countries_are_those_of_the_two():
    m = one("라브로프 장관은 최선희 외무상과 외교부 간 교류계획서에 서명했다.", "agreement")
    assert (m.status, m.actor) == ("signed", "RUS")


@pytest.mark.parametrize(
    ("body", "actor", "act"),
    [
        ("미국 국무부 대변인은 북러 조약이 동북아를 위태롭게 할까 걱정스럽다고 말했다.", "USA", "concern"),
        ("한국 외교부는 북러 무기 거래가 안보리 결의를 정면으로 어기는 것이라고 지적했다.", "KOR", "accuse"),
        ("패트릭 라이더 국방부 대변인은 북러 무기 거래를 규탄했다.", "USA", "accuse"),
        ("독일은 북한군 파병에 대해 북한 대리대사를 불러 따져 물었다.", "DEU", "accuse"),
        ("국가정보원은 김정은 위원장이 러시아를 방문할 가능성이 높다고 보고했다.", "KOR", "neutral"),
    ],
)
def test_more_ways_in_which_the_korean_press_tells_of_a_reaction(body, actor, act):
    m = one(body, "reaction", day="2023-10-20")
    assert (m.actor, m.detail) == (actor, act)


def test_a_reaction_to_a_visit_may_speak_of_denuclearisation():
    body = "푸틴 대통령이 20일 평양에 도착해 김정은 위원장과 회담했다. 정부는 한반도 비핵화에 도움이 되기를 기대한다고 논평했다."
    m = one(body, "reaction")
    assert (m.actor, m.status) == ("KOR", "made")


def test_a_headlines_quotation_is_of_who_stands_behind_it():
    found = [m for m in code("", title="\"우크라 무기 지원 재검토\"…정부, 북러 조약 규탄") if m.family == "reaction"]
    assert {m.actor for m in found} == {"KOR"}


def test_a_ministry_right_after_a_state_is_that_states():
    m = one("러시아와 북한이 손을 잡았다. 폴란드 외교부는 북한군 파병에 항의했다.", "reaction")
    assert (m.actor, m.detail) == ("POL", "accuse")


def test_the_purpose_before_a_journey_is_no_plan_of_its_own():
    m = one("최선희 북한 외무상이 러시아를 방문하려고 18일 평양을 떠났다.", "visit")
    assert (m.status, m.direction, m.date_start) == ("held", "PRK>RUS", "2025-05-18")


def test_the_minister_of_the_title_leads_the_delegation_of_the_text():
    m = one("북한 사회안전성 대표단이 러시아를 방문하기 위해 19일 평양을 출발했다.", "visit", title="사회안전상, 러시아 방문")
    assert (m.status, m.detail) == ("held", "minister")


@pytest.mark.parametrize(
    "body",
    [
        "중국은 열병식에 북한·러시아 등 국가 정상들을 초청해 세를 과시했다.",
        "푸틴은 회담 첫머리에 쿠르스크에서 싸운 북한 병사들을 치하했다.",
    ],
)
def test_guests_of_a_third_and_what_is_told_at_talks_are_no_visit(body):
    assert [m for m in code(body) if m.family == "visit"] == []


def test_talks_of_three_in_a_third_country():
    body = "북·중·러 정상회담은 1959년 9월 베이징에서 열린 북·중·소 정상회담 이후 처음이다. 러시아와 북한은 가깝다."
    assert {m.direction for m in code(body) if m.family == "visit"} <= {"third"}


@pytest.mark.parametrize("body", ["북러 밀착에 한국 외교 우려 증폭.", "리처드 하스 미국외교협회(CFR) 명예회장은 북한과 러시아의 밀착을 우려했다."])
def test_a_papers_analysis_and_a_think_tank_do_not_react(body):
    assert [m for m in code(body) if m.family == "reaction"] == []
