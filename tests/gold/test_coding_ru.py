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


def test_without_articles_a_noun_that_opens_its_sentence_is_the_visit_just_told():
    text = "Глава МИД РФ Сергей Лавров находится в Вонсане. Переговоры начались утром 12 июля. КНДР принимает гостя."
    m, = [m for m in coding.code_article(TITLE, text, language="ru", published="2025-07-14") if m.family == "visit"]
    assert (m.direction, m.date_start) == ("RUS>PRK", "2025-07-12")


def test_how_long_a_visit_under_way_will_last_is_no_other_visit():
    text = "Сергей Лавров прибыл в КНДР в пятницу. Визит продлится два дня."
    assert one(text, family="visit", published="2025-07-14").status == "held"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("В Приморье встречали северокорейского лидера Ким Чен Ира.", "PRK>RUS"),
        ("На станции Хасан лидер КНДР Ким Чен Ир пров\u0065л полчаса.", "PRK>RUS"),
        ("Глава МИД РФ Сергей Лавров два дня провел в Пхеньяне.", "RUS>PRK"),
        ("Российский балет выступил в Пхеньяне. КНДР аплодировала артистам.", "RUS>PRK"),
        ("В последний раз Ким Чен Ын был в России в 2019 году.", "PRK>RUS"),
    ],
)
def test_visits_without_a_verb_of_motion(text, direction):
    m = one(text, family="visit")
    assert (m.status, m.direction) == ("held", direction)


def test_who_fought_in_a_region_did_not_visit_it():
    text = "Лидер КНДР встретился с командирами, которые участвовали в освобождении Курской области. Россия благодарит."
    assert mentions(text, family="visit") == []


def test_headline_tells_the_visit_that_the_body_only_touches_on():
    title = "Почти неделю лидер Северной Кореи Ким Чен Ын находился в России"
    found = [m for m in coding.code_article(title, "Он посетил университет на острове Русский и посмотрел балет.",
                                            language="ru", published="2023-09-17") if m.family == "visit"]
    assert [m.field for m in found] == ["title"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Со вторника в Пхеньяне находится делегация Минкультуры РФ.", "2025-07-08"),
        ("К вечеру вторника глава Минприроды РФ Александр Козлов прибудет в Пхеньян.", "2025-07-15"),
    ],
)
def test_weekdays_in_other_cases(text, day):
    assert one(text, family="visit", published="2025-07-14").date_start == day


def test_to_decline_comment_is_neutral_whatever_is_asked():
    m = one("Китай не стал комментировать военное сотрудничество России и КНДР.", family="reaction")
    assert (m.actor, m.detail) == ("CHN", "neutral")


def test_what_the_two_agreed_to_do_is_announced():
    assert one("Россия и КНДР договорились о создании торговых домов.", family="agreement").status == "announced"


def test_where_somebody_is_received_is_no_part_of_the_guest():
    text = "Владимир Путин в понедельник принял в Кремле министра иностранных дел КНДР Цой Сон Хи."
    m = one(text, family="visit", published="2025-11-04")
    assert (m.status, m.direction, m.detail, m.date_start) == ("held", "PRK>RUS", "minister", "2025-11-03")


def test_summoned_ambassador_is_a_protest():
    text = "Власти Южной Кореи вызвали российского посла из-за договора Москвы с Пхеньяном."
    assert one(text, family="reaction").detail == "accuse"


@pytest.mark.parametrize(
    ("text", "actor", "act"),
    [
        ("Озабоченность сотрудничеством России и КНДР выразил генсек НАТО.", "NATO", "concern"),
        ("Озабоченность передачей технологий высказали и в Токио.", "JPN", "concern"),
        ("«Это нарушение резолюций», — подытожил глава южнокорейского МИД.", "KOR", "accuse"),
        ("Генсек альянса предостерёг Россию от помощи ракетной программе КНДР.", "NATO", "warn"),
        ("Евродепутаты проголосовали за резолюцию о военном сотрудничестве РФ и КНДР.", "EU", "vote"),
        ("Санкции против северокорейских банкиров ввёл Минфин США.", "USA", "sanction"),
        ("Официальный представитель МИД КНР заявил, что Пекин не в курсе ситуации.", "CHN", "neutral"),
        ("Постпред США при ООН обвинила Москву в покрывательстве Пхеньяна.", "USA", "accuse"),
        ("Китай с одобрением отнёсся к развитию дружбы двух соседей.", "CHN", "support"),
        ("Россия и КНДР нарушали резолюции, следует из доклада Многосторонней группы по мониторингу санкций.", "MSMT", "accuse"),
    ],
)
def test_who_speaks_behind_an_object_a_quotation_or_a_body(text, actor, act):
    m = one(text, family="reaction")
    assert (m.actor, m.detail, m.status) == (actor, act, "made")


def test_two_who_speak_for_one_country_have_an_act_each():
    text = "В Госдепе США призвали КНДР отказаться от поставок оружия России, а советник президента Джейк Салливан предупредил о последствиях."
    assert {(m.actor, m.detail) for m in mentions(text, family="reaction")} == {("USA", "request"), ("USA", "warn")}


def test_a_second_verb_of_one_subject_is_a_second_act():
    text = "Соединённые Штаты вместе с Японией и Южной Кореей осудили отправку войск КНДР и потребовали их вывода."
    assert {(m.actor, m.detail) for m in mentions(text, family="reaction")} >= {("USA", "accuse"), ("USA", "request")}


def test_who_will_not_impose_sanctions_denies_them():
    assert one("США не планируют вводить санкции против российских банков за работу с КНДР.", family="reaction").status == "denied"


def test_another_country_does_likewise():
    text = "США ввели санкции за поставки оружия из КНДР в Россию. Канада обещает последовать примеру союзников."
    assert [(m.actor, m.detail, m.status) for m in mentions(text, family="reaction")] == [("USA", "sanction", "made"), ("CAN", "sanction", "planned")]


def test_soldiers_at_the_front_need_no_name_of_the_country_they_fight_for():
    found = coding.code_article("", "Канцлер Германии осудил отправку солдат КНДР на фронт.", language="ru", published="2024-11-20")
    assert [(m.actor, m.detail) for m in found] == [("DEU", "accuse")]


@pytest.mark.parametrize(
    ("text", "status", "direction", "rank"),
    [
        ("Документы подписали во Владивостоке, куда приехал председатель комитета Син Чан Иль.", "held", "PRK>RUS", "vice"),
        ("Побывав в Пхеньяне, Сергей Лавров отправился в Китай.", "held", "RUS>PRK", "minister"),
        ("В столицу КНДР на днях летал один из заместителей директора ФСБ.", "held", "RUS>PRK", "vice"),
        ("В Пхеньяне с рабочим визитом находится замглавы МИД РФ Андрей Руденко.", "held", "RUS>PRK", "vice"),
        ("Губернатор Приморья Олег Кожемяко принял делегацию из КНДР.", "held", "PRK>RUS", "delegation"),
        ("Володин возглавит делегацию Госдумы на торжествах в Пхеньяне.", "planned", "RUS>PRK", "minister"),
        ("Глава Минздрава Михаил Мурашко примет в Пхеньяне участие в открытии больницы.", "planned", "RUS>PRK", "minister"),
    ],
)
def test_visits_told_by_other_verbs_than_to_go(text, status, direction, rank):
    m = one(text, family="visit")
    assert (m.status, m.direction, m.detail) == (status, direction, rank)


def test_who_had_been_there_is_the_one_who_will_go_again():
    text = "Губернатор Приморья Олег Кожемяко собирается в Пхеньян. В декабре он там уже был."
    assert [(m.status, m.date_start) for m in mentions(text, family="visit", published="2024-06-05")] == [("planned", ""), ("held", "2023-12")]


def test_an_official_aboard_the_first_plane_is_on_a_visit():
    text = "Рейс из Москвы приземлился в Пхеньяне. Пассажиром стал и министр природных ресурсов Александр Козлов."
    assert one(text, family="visit").detail == "minister"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("По итогам переговоров подписано соглашение о строительстве моста через реку Туманная.", "signed"),
        ("Россия и КНДР договорились запустить паромное сообщение.", "announced"),
        ("Подписание договора ожидается в ходе визита.", "mooted"),
        ("Соглашение о воздушном сообщении между странами остаётся в силе.", "in_force"),
        ("Строители двух стран состыковали пролёты пограничного моста.", "implemented"),
    ],
)
def test_a_pact_and_a_service_at_their_stage(text, stage):
    assert one(text, family="agreement").status == stage


def test_who_speaks_between_two_commas_is_not_who_is_spoken_of():
    assert mentions("Южная Корея, предупредил Лавров, не должна создавать блоки против КНДР.", family="reaction") == []


def test_an_envoy_who_is_summoned_does_not_speak():
    assert one("Российского посла вызвали в МИД Южной Кореи.", family="reaction").actor == "KOR"


def test_a_government_that_expects_a_visit_states_something():
    m = one("В Южной Корее допускают, что Ким Чен Ын поедет в Москву в мае.", family="reaction")
    assert (m.actor, m.detail) == ("KOR", "neutral")


def test_an_invitation_that_somebody_holds_or_is_handed_is_to_come():
    handed = mentions("Приглашение вручил руководителю КНДР посетивший Пхеньян Сергей Лавров.", family="visit")
    assert {(m.status, m.direction) for m in handed} == {("planned", "PRK>RUS"), ("held", "RUS>PRK")}
    m = one("Приглашение у северокорейского лидера есть, сказал Дмитрий Песков.", family="visit")
    assert (m.status, m.direction, m.detail) == ("planned", "PRK>RUS", "leader")


@pytest.mark.parametrize(
    ("text", "status", "direction", "rank"),
    [
        ("Ким Чен Ын, которого Владимир Путин лично встретил у вокзала, поблагодарил хозяина.", "held", "PRK>RUS", "leader"),
        ("В особняке на Спиридоновке с утра принимали Чхве Сон Хи.", "held", "PRK>RUS", "minister"),
        ("Сергей Шойгу, оказавшийся в Пхеньяне впервые, осмотрел выставку.", "held", "RUS>PRK", "minister"),
        ("Ким Чен Ир, чей поезд добрался до Ярославского вокзала, вышел на перрон.", "held", "PRK>RUS", "leader"),
        ("Лидер КНДР уже пересекал российскую границу.", "held", "PRK>RUS", "leader"),
        ("Чхве Сон Хи вечером ждут в Кремле.", "planned", "PRK>RUS", "minister"),
    ],
)
def test_guests_told_by_those_who_receive_them_and_by_where_they_are(text, status, direction, rank):
    m = one(text, family="visit", published="2025-10-27")
    assert (m.status, m.direction, m.detail) == (status, direction, rank)


def test_a_visit_in_return_goes_the_other_way():
    text = "Путин и Ким Чен Ын провели пять часов на космодроме Восточный, и хозяин согласился нанести ответный визит."
    found = {(m.status, m.direction) for m in mentions(text, family="visit", published="2023-09-14")}
    assert found == {("held", "PRK>RUS"), ("planned", "RUS>PRK")}


def test_the_north_has_no_president():
    text = "Путин уговорил Ким Чен Ира. Возвратившись из Пхеньяна, президент вылетел в Благовещенск."
    assert {m.direction for m in mentions(text, family="visit", published="2000-07-21")} == {"RUS>PRK"}


def test_after_is_no_ambassador():
    m = one("По словам лидера КНДР, после договора с Россией сотрудничество ширится.", family="agreement", title="")
    assert m.voice == "quoted"


def test_signing_together_in_a_named_place_is_a_meeting():
    m = one("В Москве министры Сергей Лавров и Чхве Сон Хи подписали план обменов.", family="visit")
    assert (m.status, m.direction) == ("held", "PRK>RUS")
    assert not mentions("Министры Сергей Лавров и Чхве Сон Хи подписали план обменов.", family="visit")


def test_a_treaty_and_another_pact_of_the_same_text_are_two():
    text = (
        "Владимир Путин и Ким Чен Ын поставили подписи под договором о стратегическом партнёрстве. "
        "Министры обменялись подписанными межправительственными соглашениями о медицине."
    )
    found = coding.code_article("", text, language="ru", published="2024-06-20")
    assert len([m for m in found if (m.family, m.status) == ("agreement", "signed")]) == 2


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("О прошлогоднем визите Владимира Путина в Пхеньян вспоминали оба министра.", "2024"),
        ("После июньского визита Владимира Путина в КНДР об этом говорят все.", "2024-06"),
        ("Ким Чен Ир посетил Россию летом 2001-го.", "2001-06-01"),
        ("О поездке говорили ещё в ноябре, когда в Пхеньяне побывал Александр Козлов.", "2024-11"),
    ],
)
def test_days_told_by_adjectives_and_shared_with_a_clause(text, date):
    found = mentions(text, family="visit", published="2025-03-10")
    assert found and found[0].date_start[: len(date[:7])] == date[:7]


def test_days_earlier_count_from_the_news_and_not_from_a_day_to_come():
    text = "Песков не сказал, ждать ли Ким Чен Ына 9 мая. Двумя днями ранее из Пхеньяна вернулся Сергей Шойгу."
    found = [m for m in mentions(text, family="visit", published="2025-03-24") if m.direction == "RUS>PRK"]
    assert [m.date_start for m in found] == ["2025-03-22"]


@pytest.mark.parametrize(
    "text",
    [
        "Ким Чен Ын посетит Владивосток, рассказали в краевой думе.",
        "В Росавиации сообщили, что Ким Чен Ын посетит Владивосток.",
        "Ким Чен Ын, по словам проректора, посетит Владивосток.",
    ],
)
def test_a_body_that_no_lexicon_knows_is_a_named_source(text):
    assert one(text, family="visit").voice == "quoted"
    assert one("Ким Чен Ын, по словам экспертов, посетит Владивосток.", family="visit").voice == "narrator"


@pytest.mark.parametrize(
    ("text", "actor", "act"),
    [
        ("Отправку солдат КНДР в Россию верховный представитель ЕС Жозеп Боррель квалифицировал как враждебный акт.", "EU", "accuse"),
        ("В Вашингтоне выразили глубокое разочарование договором Москвы и Пхеньяна.", "USA", "concern"),
        ("Осудив отправку войск КНДР в Россию, Сеул созвал совещание.", "KOR", "accuse"),
        ("Белый дом, предупредивший КНДР о последствиях поставок оружия России, ждёт ответа.", "USA", "warn"),
        ("Сближение России и КНДР настораживает Токио.", "JPN", "concern"),
        ("Тревоги из-за сближения России и КНДР в Токио не скрывают.", "JPN", "concern"),
        ("Отправку северокорейских солдат в Россию осудил министр иностранных дел Австралии.", "AUS", "accuse"),
        ("Шесть тысяч контейнеров с боеприпасами отгрузила России КНДР, подсчитали в Сеуле.", "KOR", "neutral"),
        ("Украина разорвала дипломатические отношения с КНДР из-за признания «независимости» самопровозглашённых республик.", "UKR", "sanction"),
    ],
)
def test_more_ways_in_which_the_press_tells_of_a_reaction(text, actor, act):
    m = one(text, family="reaction")
    assert (m.actor, m.detail) == (actor, act)


def test_who_is_meant_by_a_plural_without_a_subject_or_a_ministry_without_a_country():
    text = "Сеул осудил отправку войск КНДР в Россию. Послу предъявили требование вывести контингент."
    assert [(m.actor, m.detail) for m in mentions(text, family="reaction")] == [("KOR", "accuse"), ("KOR", "request")]
    text = "Украина осудила отправку войск КНДР в Россию. Решение Пхеньяна в МИД заклеймили как преступление."
    assert [(m.actor, m.detail) for m in mentions(text, family="reaction")] == [("UKR", "accuse"), ("UKR", "accuse")]


def test_what_worries_says_more_than_what_does_not():
    text = "Белый дом не беспокоит поездка Путина в КНДР, зато настораживает сближение двух стран."
    assert one(text, family="reaction").detail == "concern"


def test_a_visit_that_somebody_judges_is_the_one_told():
    text = "Путин намерен посетить КНДР. Столтенберг видит в визите, намеченном на июнь, признак зависимости Кремля."
    found = mentions(text, family="visit", published="2024-06-10")
    assert {(m.status, m.direction) for m in found} == {("planned", "RUS>PRK")}


def test_who_is_named_in_the_accusative_is_received():
    m = one("Кима в Хасане встречал губернатор Олег Кожемяко.", family="visit")
    assert (m.direction, m.detail) == ("PRK>RUS", "leader")
    m = one("Секретаря Совбеза РФ Сергея Шойгу в Пхеньяне встречали с почётным караулом.", family="visit")
    assert (m.direction, m.detail) == ("RUS>PRK", "minister")


def test_an_envoy_is_not_the_leader_who_sent_him():
    m = one("Спецпосланник Ким Чен Ына секретарь ЦК Трудовой партии Кореи прибыл в Москву.", family="visit")
    assert m.detail == "vice"


def test_a_person_may_be_there_without_a_verb():
    assert one("Лидер КНДР уже во Владивостоке.", family="visit").direction == "PRK>RUS"


def test_a_minister_of_an_unknown_name_and_a_colleague_meet():
    m = one("Министр культуры РФ Пётр Незнамов и вице-премьер КНДР провели переговоры в Пхеньяне.", family="visit")
    assert (m.direction, m.status) == ("RUS>PRK", "held")


def test_a_delegation_that_flies_home_had_come():
    assert one("Российская делегация вылетела на родину в четверг.", family="visit").direction == "RUS>PRK"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Слухи об оружейной сделке КНДР с Россией беспочвенны, заявил Песков.", "denied"),
        ("Россия и КНДР взяли на себя обязательство совместно развивать порт Раджин.", "announced"),
        ("Под документом о сотрудничестве России и КНДР в области науки стоят подписи двух министров.", "signed"),
        ("Железнодорожное сообщение между Россией и КНДР прервано из-за пандемии.", "ended"),
        ("Железная дорога Хасан — Раджин вновь в строю.", "implemented"),
        ("По итогам бесед Путина и Ким Чен Ира будет принята совместная декларация.", "mooted"),
    ],
)
def test_more_stages_of_an_agreement(text, stage):
    assert one(text, family="agreement").status == stage


def test_what_an_envoy_is_called_in_about_is_no_agreement_planned():
    assert mentions("Сеул собирается вызвать российского посла из-за договора с КНДР.", family="agreement") == []


def test_who_ratifies_a_treaty_with_another_is_named_first():
    assert one("Нижняя палата ратифицировала договор с КНДР.", family="agreement").actor == "RUS"
