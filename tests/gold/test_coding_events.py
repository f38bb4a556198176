"""Slips that made false, double or misdated events on a timeline: sentences written for this file, one test a mechanism."""

from __future__ import annotations

import pytest

from analysis.coding import code_article, subject_of


def coded(body: str, *, title: str = "", language: str = "en", published: str = "2024-11-20", family: str = "") -> list:
    mentions = code_article(title, body, language=language, published=published)
    return [m for m in mentions if not family or m.family == family]


def test_the_time_right_behind_a_verb_of_reaction_is_that_verbs():
    body = "The broker, whom the United States sanctioned in March for attempting to arrange an arms deal between Russia and North Korea, denies it."
    assert [m.date_start for m in coded(body, family="agreement")] == [""]
    body = "Russia and North Korea signed in March an arms deal."
    assert [m.date_start for m in coded(body, family="agreement")] == ["2024-03"]


def test_what_lies_days_after_a_time_has_its_own():
    body = "It was the plane that Russia had used in August, just days after Sergei Shoigu travelled to Pyongyang."
    assert [m.date_start for m in coded(body, family="visit")] == [""]
    body = "In August Sergei Shoigu travelled to Pyongyang."
    assert [m.date_start for m in coded(body, family="visit")] == ["2024-08"]


def test_the_day_of_a_paper_is_not_that_of_its_news():
    news = "US warns of arms talks between Russia and North Korea"
    assert [m.date_start for m in coded(f"Also in today's newsletter, {news}.", family="reaction")] == [""]
    assert [m.date_start for m in coded(f"Wednesday Briefing: {news}.", family="reaction")] == [""]


@pytest.mark.parametrize(
    ("sentence", "trigger", "language", "subject"),
    [
        ("Moscow seeks an arms-for-food deal.", "deal", "en", "arms"),
        ("They signed a pact of mutual aid.", "pact", "en", "treaty"),
        ("A military support deal is near.", "deal", "en", "arms"),
        ("A military support and technology deal is near.", "technology deal", "en", "arms"),
        ("A health and tourism deal is near.", "deal", "en", "travel"),
        ("북한과 러시아가 치안 협력에 관한 협정을 맺은 데 이어 문화 대표단도 갔다.", "협정", "ko", "justice"),
        ("Стороны обсудили договоренности о поставках.", "договоренности", "ru", ""),
    ],
)
def test_what_an_agreement_is_about(sentence, trigger, language, subject):
    start = sentence.index(trigger)
    assert subject_of(sentence, start=start, end=start + len(trigger), language=language) == subject


def test_a_title_says_what_a_deal_is_about_where_the_text_does_not():
    body = "A deal between Russia and North Korea could be signed soon."
    (m,) = coded(body, title="Putin and Kim Jong Un to hold arms talks", family="agreement")
    assert m.subject == "arms"


def test_a_treaty_in_whose_spirit_views_are_exchanged_is_not_signed_again():
    body = "There was a good exchange of views in the spirit of the DPRK-Russia treaty on strategic partnership."
    assert not coded(body, title="DPRK minister meets Russian counterpart in Moscow", family="agreement")
    body = "There was an exchange of signed copies of the DPRK-Russia treaty on strategic partnership."
    assert [m.status for m in coded(body, family="agreement")] == ["signed"]


def test_traffic_with_every_country_is_no_service_of_the_two():
    title = "Российские туристы вернулись из КНДР"
    assert not coded("Пхеньян прекратил международное железнодорожное сообщение.", title=title, language="ru", family="agreement")
    told = coded("Россия и КНДР прекратили железнодорожное сообщение.", title=title, language="ru", family="agreement")
    assert [m.status for m in told] == ["ended"]


@pytest.mark.parametrize(
    ("language", "of_old", "of_new"),
    [
        ("ru", "Стороны обсудят реализацию соглашений России и КНДР.", "Россия и КНДР обсудят соглашение о туризме."),
        ("en", "Russia and North Korea will discuss the implementation of their agreements.", "Russia and North Korea will discuss an agreement on tourism."),
    ],
)
def test_an_agreement_that_is_being_carried_out_is_not_mooted(language, of_old, of_new):
    assert "mooted" not in [m.status for m in coded(of_old, language=language, family="agreement")]
    assert [m.status for m in coded(of_new, language=language, family="agreement")] == ["mooted"]


def test_a_step_only_held_possible_is_not_taken():
    told = coded("Russia and North Korea met this week, possibly cementing an arms deal.", family="agreement")
    assert [(m.status, m.date_start) for m in told] == [("mooted", "")]
    assert [m.status for m in coded("Russia and North Korea met this week, cementing an arms deal with a handshake.", family="agreement")] != ["mooted"]


def test_what_somebody_worries_about_is_no_agreement():
    title = "North Korean and Russian officials discuss trade as Seoul raises labor export concerns"
    assert not [m for m in coded("", title=title, family="agreement") if m.subject == "labour"]


def test_a_diplomats_posting_is_no_visit():
    assert not coded("Командировка российских дипломатов в КНДР завершилась.", language="ru", family="visit")
    assert coded("Командировка российских экспертов в КНДР завершилась.", language="ru", family="visit")


def test_where_they_met_is_not_where_one_was_only_invited():
    title = "Putin accepts Kim Jong Un's invitation to North Korea"
    body = "During his meeting with Kim Jong Un, Vladimir Putin thanked him."
    met = [m for m in coded(body, title=title, family="visit") if m.status == "held"]
    assert [m.confidence < 0.5 for m in met] == [True]  # a guess, on which a timeline does not rely


def test_who_has_just_come_is_the_guest_of_the_meeting_ahead():
    body = "Kim Jong Un arrived in Russia today ahead of a meeting with Vladimir Putin."
    assert {m.direction for m in coded(body, family="visit")} == {"PRK>RUS"}


def test_who_speaks_behind_a_quotation_is_not_received_in_it():
    body = "“Kim Jong Un gave a rifle and received a Russian one,” Kremlin spokesman Dmitry Peskov said."
    assert not coded(body, family="visit")


def test_a_group_that_is_no_delegation_receives_the_one_who_came():
    body = "North Korean economic officials have met with the governor of a Russian region."
    assert [m.direction for m in coded(body, family="visit")] == ["RUS>PRK"]
    body = "A North Korean delegation has met with the governor of a Russian region."
    assert [m.direction for m in coded(body, family="visit")] == ["PRK>RUS"]


def test_whom_a_verb_of_meeting_governs_keeps_others_out():
    body = "À la veille d'un voyage pour rencontrer son homologue américain, Vladimir Poutine et Kim Jong-un ont loué leur amitié."
    assert not coded(body, language="fr", family="visit")


def test_a_place_left_behind_is_not_where_they_meet():
    title = "김정은, 오늘 평양서 출발할 듯"
    body = "베이징 열병식에는 김정은 북한 국무위원장이 푸틴 대통령과 나란히 참석한다. 북·러 회담도 열릴 가능성이 있다."
    assert {m.direction for m in coded(body, title=title, language="ko", family="visit")} == {"third"}


def test_a_parade_and_the_talks_beside_it_are_both_planned():
    body = "베이징 열병식에는 김정은 북한 국무위원장이 푸틴 대통령과 나란히 참석할 예정이다. 북·러 정상회담도 열릴 예정이다."
    assert len(coded(body, language="ko", family="visit")) == 2


def test_a_warning_of_one_sides_own_doings_is_no_reaction():
    title = "North Korea shows unity with Russia and China at parade"
    assert not coded("Japan warns that Kim Jong Un's regime is more dangerous than ever.", title=title, family="reaction")
    told = coded("Japan warns that Kim Jong Un's regime is sending shells to Russia.", title=title, family="reaction")
    assert [m.actor for m in told] == ["JPN"]


def test_what_is_urged_on_others_is_no_reaction():
    before = "Vladimir Putin thanked North Korea and Russia's friends."
    body = "Putin's threats require NATO to answer, the chief of the Polish armed forces urged on Tuesday."
    assert not coded(f"{before} {body}", title="NATO should answer Russia, says Polish general", family="reaction")


def test_nobody_speaks_from_within_what_is_said():
    body = "White House spokesman John Kirby warned Pyongyang not to arm Russia, saying it would “violate U.N. Security Council resolutions.”"
    assert [m.actor for m in coded(body, family="reaction")] == ["USA"]


def test_a_headlines_quotation_of_one_alone_is_no_reaction_to_both():
    assert not coded("", title='中 "김정은, 9월 열병식 참석"…북러 정상 한자리에', language="ko", family="reaction")
    told = coded("", title='中 "북러 협력은 주권 국가의 일"', language="ko", family="reaction")
    assert [m.actor for m in told] == ["CHN"]


def test_nuclear_weapons_are_no_deliveries():
    body = "미국 대통령은 “중국·러시아·북한 모두 핵실험을 한다”며 핵무기를 점검해야 한다고 주장했다."
    assert not coded(body, language="ko", family="reaction")


def test_what_is_only_said_of_a_country_is_not_what_it_says():
    title = "북한·러시아 정상, 베이징서 회담"
    assert not coded("북한·러시아와 연합을 강화한 중국은 새 무인 무기를 공개하며 의지를 드러냈다.", title=title, language="ko", family="reaction")


def test_whoever_a_leader_passes_over_and_criticises_does_not_speak():
    body = "김정은 국무위원장이 러시아와 관계가 밀착하고 있다고 강조했다. 한국을 언급하지는 않았고, 미국은 비판했다."
    assert not coded(body, language="ko", family="reaction")


def test_a_title_takes_the_day_of_its_speaker_in_the_lead():
    title = "조현 장관, 북러 밀착에 “한계 있을 것”"
    body = "조현 외교부 장관은 18일 “양국이 어떤 협력을 할지 주목한다”고 말했다."
    told = coded(body, title=title, language="ko", family="reaction")
    assert {m.date_start for m in told} == {"2024-11-18"}
