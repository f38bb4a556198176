"""French sentences written for this project, each with the codes that a reader gives them."""

import pytest

from analysis.coding import code_article


def coded(text, *, published, title="", family="", repeats=False):
    mentions = code_article(title, text, language="fr", published=published, repeats=repeats)
    return [m for m in mentions if not family or m.family == family]


@pytest.mark.parametrize(
    ("sentence", "published", "status", "direction", "rank", "date"),
    [
        ("Le dirigeant nord-coréen Kim Jong-un a franchi mardi matin la frontière russe.", "2023-09-12",
         "held", "PRK>RUS", "leader", "2023-09-12"),
        ("Sergueï Lavrov, reçu samedi par Kim Jong-un à Wonsan, a promis davantage de touristes.", "2025-07-15",
         "held", "RUS>PRK", "minister", "2025-07-12"),
        ("Mi-janvier, la cheffe de la diplomatie nord-coréenne a passé trois jours à Moscou.", "2024-01-19",
         "held", "PRK>RUS", "minister", "2024-01-11"),
        ("Le Kremlin a confirmé lundi que le président russe se rendrait en Corée du Nord.", "2024-06-17",
         "planned", "RUS>PRK", "leader", ""),
        ("Une visite de députés russes à Pyongyang, prévue fin avril, a été reportée sine die.", "2020-04-02",
         "cancelled", "RUS>PRK", "delegation", "2020-04-21"),
        ("« Aucun déplacement du dirigeant nord-coréen en Russie n'est envisagé », a assuré Dmitri Peskov.", "2025-07-09",
         "denied", "PRK>RUS", "leader", ""),
    ],
)
def test_a_visit(sentence, published, status, direction, rank, date):
    (m,) = coded(sentence, published=published, family="visit")
    assert (m.status, m.direction, m.detail, m.date_start) == (status, direction, rank, date)


def test_during_the_visit_is_planned_only_after_a_future():
    ahead = "Un traité sera signé lors de la visite de Vladimir Poutine en Corée du Nord."
    past = "Un traité a été signé lors de la visite de Vladimir Poutine en Corée du Nord."
    assert [m.status for m in coded(ahead, published="2024-06-10", family="visit")] == ["planned"]
    assert [m.status for m in coded(past, published="2024-07-10", family="visit")] == ["held"]


def test_the_trip_put_off_is_the_trip_told_before():
    text = "Kim Jong-un doit se rendre à Moscou, selon le Kremlin. Le déplacement a finalement été reporté."
    statuses = {(m.status, m.direction, m.detail) for m in coded(text, published="2015-04-30", family="visit")}
    assert ("cancelled", "PRK>RUS", "leader") in statuses


def test_the_title_says_where_the_talks_were():
    (m,) = coded(
        "Vladimir Poutine et Kim Jong-un se sont entretenus mercredi pendant deux heures.",
        title="Pékin : tête-à-tête entre Poutine et Kim", published="2025-09-03", family="visit",
    )
    assert (m.direction, m.status) == ("third", "held")


def test_years_of_a_plan_are_not_its_date():
    (m,) = coded("Moscou et Pyongyang ont signé un plan d'échanges pour 2024-2025.", published="2023-10-20")
    assert (m.family, m.status, m.date_start) == ("agreement", "signed", "")


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("Les deux partis, russe et nord-coréen, ont paraphé à Moscou un protocole prévoyant des échanges de cadres.", "signed"),
        ("La Russie et la Corée du Nord ont conclu un accord sur la construction d'un pont routier.", "signed"),
        ("Le Kremlin a démenti tout accord sur des livraisons d'armes avec Pyongyang.", "denied"),
        ("Les liaisons ferroviaires entre la Russie et la Corée du Nord sont suspendues depuis 2020.", "ended"),
        ("Moscou et Pyongyang négocient un accord sur les voyages de leurs ressortissants.", "mooted"),
        ("Les premiers trains directs entre Moscou et Pyongyang ont recommencé à circuler mardi.", "implemented"),
    ],
)
def test_an_agreement_is_one_mention_at_its_stage(sentence, stage):
    (m,) = coded(sentence, published="2025-06-20", family="agreement")
    assert m.status == stage


@pytest.mark.parametrize(
    ("sentence", "actor", "act", "status"),
    [
        ("L'envoi de soldats nord-coréens en Russie a été condamné par la France.", "FRA", "accuse", "made"),
        ("La Corée du Nord « paiera le prix » si elle arme la Russie, a prévenu mardi Jake Sullivan.", "USA", "warn", "made"),
        ("Le Royaume-Uni étudie de nouvelles sanctions contre la Corée du Nord pour son aide à la Russie.", "GBR", "sanction", "planned"),
        ("Séoul estime à 13.000 le nombre de conteneurs expédiés par la Corée du Nord en Russie.", "KOR", "neutral", "made"),
        ("La Suisse suit avec inquiétude le rapprochement entre Moscou et Pyongyang.", "CHE", "concern", "made"),
        ("L'alliance entre Moscou et Pyongyang inquiète le Japon.", "JPN", "concern", "made"),
    ],
)
def test_a_reaction(sentence, actor, act, status):
    (m,) = coded(sentence, published="2023-09-06", family="reaction")
    assert (m.actor, m.detail, m.status) == (actor, act, status)


def test_who_does_likewise_reacts_likewise():
    text = (
        "La France a convoqué lundi le représentant nord-coréen pour protester contre l'envoi de troupes en Russie. "
        "L'Autriche et l'Allemagne avaient fait de même la semaine dernière."
    )
    found = {(m.actor, m.detail, m.date_start) for m in coded(text, published="2024-10-28", family="reaction")}
    assert found == {("FRA", "accuse", "2024-10-28"), ("AUT+DEU", "accuse", "2024-10-21")}


def test_officials_are_of_the_capital_that_opens_the_sentence():
    text = "Moscou et Pyongyang ont signé un traité. À Tokyo, deux ministres ont exprimé leur préoccupation."
    (m,) = coded(text, published="2024-06-21", family="reaction")
    assert (m.actor, m.detail) == ("JPN", "concern")


@pytest.mark.parametrize(
    "sentence",
    [
        "Vladimir Poutine et Kim Jong-un se sont parlé au téléphone mardi.",
        "L'ambassadeur de Russie à Pyongyang a été reçu par la ministre Choe Son-hui.",
        "Des touristes russes sont arrivés vendredi à Pyongyang.",
        "Séoul a condamné le tir d'un missile balistique par la Corée du Nord, tandis que la Russie a appelé au calme.",
        "Analystes et anciens diplomates s'inquiètent du rapprochement entre la Russie et la Corée du Nord.",
        "Xi Jinping a achevé jeudi une visite à Pyongyang, suivie de près par la Russie.",
    ],
)
def test_what_is_no_mention(sentence):
    assert coded(sentence, published="2024-02-12") == []


def test_he_added_is_in_the_words_of_the_one_named_before():
    text = (
        "Le vice-ministre russe des Affaires étrangères, Andreï Roudenko, s'est exprimé jeudi. "
        "Un accord avec Pyongyang sur les voyages est en cours de négociation, a-t-il ajouté."
    )
    (m,) = coded(text, published="2026-03-06", family="agreement")
    assert (m.status, m.voice) == ("mooted", "quoted")
