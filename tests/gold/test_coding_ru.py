"""Russian: one test for each mechanism of the coder, on sentences written for it."""

import pytest

from analysis import coding

TITLE = "Россия и КНДР расширяют сотрудничество"


def mentions(text, *, family, title=TITLE, published="2024-11-20"):
    found = coding.code_article(title, text, language="ru", published=published, repeats=True)
    return [m for m in found if m.family == family and m.field == "body"]


def one(text, **how):
    found = mentions(text, **how)
    assert len(found) == 1, [(m.status, m.detail, m.actor, m.trigger) for m in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "actor", "act"),
    [
        ("В Сеуле резко раскритиковали договор Москвы и Пхеньяна.", "KOR", "accuse"),
        ("Поставки оружия из КНДР в Россию недопустимы, заявил в пятницу официальный представитель МИД Японии.", "JPN", "accuse"),
        ("Правительство Японии ввело санкции против российских банков за торговлю оружием с КНДР.", "JPN", "sanction"),
        ("Украинский МИД осудил поездку Ким Чен Ына в Россию.", "UKR", "accuse"),
        ("НАТО считает отправку солдат КНДР в Россию «опасной эскалацией».", "NATO", "accuse"),
        ("По оценке южнокорейской разведки, в России находятся 12 тысяч северокорейских военных.", "KOR", "neutral"),
    ],
)
def test_who_reacts_and_how_whatever_the_word_order(text, actor, act):
    m = one(text, family="reaction")
    assert (m.actor, m.detail, m.status) == (actor, act, "made")


def test_a_judgement_without_an_object_is_on_what_the_article_is_about():
    text = "Россия и КНДР подписали договор о взаимной помощи. Токио выразил глубокую озабоченность."
    m = one(text, family="reaction")
    assert (m.actor, m.detail, m.counterpart) == ("JPN", "concern", "RUS+PRK")


def test_two_reactions_in_one_sentence_are_two_mentions():
    text = "Россия и КНДР подписали договор. Сеул осудил документ, а Вашингтон назвал его угрозой миру."
    assert [(m.actor, m.detail) for m in mentions(text, family="reaction")] == [("KOR", "accuse"), ("USA", "concern")]


@pytest.mark.parametrize(
    "text",
    [
        "Сеул осудил пуск Северной Кореей баллистической ракеты.",
        "Песков назвал обеспокоенность Сеула договором с КНДР беспочвенной.",
        "Бывший посол США в Сеуле критикует договор Москвы и Пхеньяна.",
        "МИД РФ осудил учения США и Южной Кореи у границ КНДР.",
    ],
)
def test_no_reaction_to_the_north_alone_nor_by_moscow_nor_by_retired_people(text):
    assert not mentions(text, family="reaction")


def test_sanctions_planned_and_sanctions_denied():
    assert one("Сеул готовит новые санкции против российских судов за помощь КНДР.", family="reaction").status == "planned"
    denied = one("В Токио опровергли, что Япония ввела санкции против российских портов за поставки из КНДР.", family="reaction")
    assert (denied.actor, denied.status) == ("JPN", "denied")


@pytest.mark.parametrize(
    ("text", "direction", "status", "rank"),
    [
        ("КНДР на этой неделе посетит министр обороны РФ Андрей Белоусов.", "RUS>PRK", "planned", "minister"),
        ("Министра обороны РФ Андрея Белоусова принял лидер КНДР Ким Чен Ын.", "RUS>PRK", "held", "minister"),
        ("Самолет с министром Александром Козловым приземлился в Пхеньяне.", "RUS>PRK", "held", "minister"),
        ("Лидер КНДР Ким Чен Ын въехал на территорию России.", "PRK>RUS", "held", "leader"),
        ("Делегация Министерства культуры КНДР примет участие в форуме во Владивостоке.", "PRK>RUS", "planned", "delegation"),
        ("Сегодня Путин вылетает в Пхеньян.", "RUS>PRK", "planned", "leader"),
        ("Ким Чен Ын на торжества в Москву не приедет.", "PRK>RUS", "denied", "leader"),
    ],
)
def test_who_travels_where(text, direction, status, rank):
    m = one(text, family="visit")
    assert (m.direction, m.status, m.detail) == (direction, status, rank)


def test_arrived_on_a_visit_is_one_mention():
    one("Сергей Лавров прибыл с двухдневным визитом в Пхеньян.", family="visit", published="2024-06-20")


def test_a_time_before_when_dates_its_clause_and_not_the_departure():
    text = "Сегодня президент отправляется в КНДР — впервые с июля 2000 года, когда Путин встретился с Ким Чен Иром."
    dates = {m.status: m.date_start for m in mentions(text, family="visit", title="Зачем Путин едет в Пхеньян", published="2024-06-18")}
    assert dates == {"planned": "2024-06-18", "held": "2000-07"}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Россия и КНДР договорились о строительстве моста через Туманную.", "announced"),
        ("Россия и КНДР прорабатывают вопрос открытия прямых рейсов.", "mooted"),
        ("Прямой поезд Москва — Пхеньян отправился в путь.", "implemented"),
        ("Никаких договоренностей о поставках оружия между РФ и КНДР нет.", "denied"),
        ("Договор России и КНДР о дружбе прекратил действие.", "ended"),
        ("Россия и КНДР приступили к строительству автомобильного моста через пограничную реку.", "implemented"),
    ],
)
def test_stage_of_an_agreement(text, stage):
    assert one(text, family="agreement").status == stage


def test_who_signs_in_the_others_capital_is_the_guest():
    text = "Россия и КНДР расширяют обмены. В Пхеньяне подписано соглашение о сотрудничестве ведомств."
    m = mentions(text, family="agreement")[-1]
    assert (m.actor, m.detail) == ("RUS", "agency")


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Ким Чен Ын приедет в Москву, сообщило посольство республики.", "quoted"),
        ("Визит Ким Чен Ына в Москву состоится, заверил он.", "quoted"),
        ("Ким Чен Ын приедет в Москву, сообщили СМИ.", "narrator"),
    ],
)
def test_a_source_named_before_is_a_named_source(text, voice):
    assert one(text, family="visit").voice == voice


def test_letters_with_dots_and_joining_spaces_change_nothing():
    plain = one("Путин прилетел в Пхеньян, где его ждет Ким Чен Ын.", family="visit", published="2024-06-20")
    printed = one("Путин прилетел в\u00a0Пхеньян, где его ждёт Ким Чен Ын.", family="visit", published="2024-06-20")
    assert (plain.status, plain.direction, plain.voice) == (printed.status, printed.direction, printed.voice)
