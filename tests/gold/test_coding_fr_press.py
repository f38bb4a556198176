"""Turns of the French-speaking press, in sentences written for this project, each with the codes that a reader gives them."""

import pytest

from analysis.coding import code_article


def coded(text, published, *, family, title=""):
    return [m for m in code_article(title, text, language="fr", published=published) if m.family == family]


@pytest.mark.parametrize(
    ("sentence", "published", "status", "direction", "rank", "date"),
    [
        ("Reçu jeudi soir au Kremlin, le ministre nord-coréen de la Défense, No Kwang-chol, s'est vu remettre une médaille par "
         "Vladimir Poutine.", "2025-10-10", "held", "PRK>RUS", "minister", "2025-10-09"),
        ("La ministre nord-coréenne des Affaires étrangères, que Vladimir Poutine a reçue mardi au Kremlin, n'est pas repartie "
         "les mains vides.", "2024-01-17", "held", "PRK>RUS", "minister", "2024-01-16"),
        ("Le secrétaire du Conseil de sécurité russe, Sergueï Choïgou, était mardi l'hôte de Kim Jong-un à Pyongyang.",
         "2025-06-18", "held", "RUS>PRK", "minister", "2025-06-17"),
        ("L'homme qui trinquait jeudi avec Kim Jong-un à Pyongyang n'était autre que Sergueï Choïgou.", "2023-07-28",
         "held", "RUS>PRK", "minister", "2023-07-27"),
        ("Des agronomes nord-coréens parcourent depuis lundi les kolkhozes de la région de Khabarovsk.", "2024-02-14",
         "held", "PRK>RUS", "delegation", "2024-02-12"),
        ("Sergueï Lavrov, rentré la semaine dernière de Corée du Nord, a parlé de rumeurs.", "2023-10-26",
         "held", "RUS>PRK", "minister", "2023-10-16"),
        ("Choe Son-hui a remercié le dirigeant russe de lui avoir accordé cet entretien.", "2025-10-29",
         "held", "PRK>RUS", "minister", ""),
        ("Ce mardi, sauf contretemps, Vladimir Poutine posera le pied à Pyongyang.", "2024-06-18",
         "planned", "RUS>PRK", "leader", "2024-06-18"),
        ("Kim Jong-un boudera le défilé du 9 mai à Moscou, a confirmé mardi le Kremlin.", "2025-05-06",
         "denied", "PRK>RUS", "leader", "2025-05-09"),
        ("La visite que devait effectuer à Pyongyang Valentina Matvienko a été remise à des jours meilleurs.", "2025-11-05",
         "cancelled", "RUS>PRK", "minister", ""),
    ],
)
def test_a_visit(sentence, published, status, direction, rank, date):
    (m,) = coded(sentence, published, family="visit")
    assert (m.status, m.direction, m.detail, m.date_start) == (status, direction, rank, date)


@pytest.mark.parametrize(
    ("sentence", "published", "status", "date"),
    [
        ("Le texte a été paraphé par le ministre nord-coréen des Relations économiques extérieures, Yun Jong-ho, et le ministre "
         "russe des Ressources naturelles, Alexandre Kozlov.", "2024-11-21", "signed", ""),
        ("Kim Jong-un a signé le décret ratifiant le traité avec la Russie.", "2024-11-12", "ratified", ""),
        ("Le Sénat russe a donné mercredi sa bénédiction au traité d'assistance avec Pyongyang.", "2024-11-07", "ratified",
         "2024-11-06"),
        ("Aux termes d'un contrat passé en janvier, une société de Vladivostok livrera du blé à la Corée du Nord.",
         "2025-02-05", "signed", "2025-01"),
        ("Suspendue pendant cinq ans, la liaison ferroviaire entre Moscou et Pyongyang a été remise sur les rails mardi.",
         "2025-06-18", "implemented", "2025-06-17"),
        ("L'accord qui dispensait de visa les Russes en Corée du Nord est arrivé à échéance.", "2026-01-15", "ended", ""),
        ("Kim Jong-un et Vladimir Poutine sont convenus mercredi de créer une commission mixte.", "2011-08-25", "announced",
         "2011-08-24"),
        ("Pyongyang nie avoir conclu le moindre marché d'armement avec Moscou.", "2024-05-03", "denied", ""),
    ],
)
def test_an_agreement(sentence, published, status, date):
    (m,) = coded(sentence, published, family="agreement")
    assert (m.status, m.date_start) == (status, date)


def test_a_second_step_counts_where_it_has_its_own_day():
    both = "La Russie a ratifié vendredi l'accord conclu en septembre avec la Corée du Nord."
    one = "La Russie a ratifié vendredi l'accord conclu avec la Corée du Nord."
    assert {m.status for m in coded(both, "2024-11-10", family="agreement")} == {"ratified", "signed"}
    assert {m.status for m in coded(one, "2024-11-10", family="agreement")} == {"ratified"}


@pytest.mark.parametrize(
    ("sentence", "actors", "act", "status"),
    [
        ("Paris tient à rappeler que tout achat d'armes à la Corée du Nord par la Russie viole les résolutions.", ["FRA"],
         "accuse", "made"),
        ("Rien ne justifie que Pyongyang prête ses soldats à Moscou, tonne-t-on à Varsovie.", ["POL"], "accuse", "made"),
        ("Le Conseil de l'Atlantique Nord a « fermement condamné » l'engagement de soldats nord-coréens aux côtés de la "
         "Russie.", ["NATO"], "accuse", "made"),
        ("La coopération militaire entre Moscou et Pyongyang a été vivement critiquée par l'Australie.", ["AUS"], "accuse",
         "made"),
        ("À Séoul, la colère le dispute à la gêne depuis la signature du traité entre Moscou et Pyongyang.", ["KOR"], "accuse",
         "made"),
        ("Sept Nord-Coréens font désormais l'objet de sanctions pour leurs livraisons à la Russie, a annoncé Ottawa.", ["CAN"],
         "sanction", "made"),
        ("Le gouvernement britannique a procédé au gel des avoirs de deux généraux nord-coréens liés à l'envoi de troupes en "
         "Russie.", ["GBR"], "sanction", "made"),
        ("La présidence sud-coréenne dément toute livraison d'armes à Kiev en réponse à l'envoi de soldats nord-coréens en "
         "Russie.", ["KOR"], "warn", "denied"),
        ("Pékin ne connaît pas la situation précise des échanges entre la Corée du Nord et la Russie.", ["CHN"], "neutral",
         "made"),
        ("Le porte-parole du Pentagone n'a pas voulu confirmer l'arrivée de soldats nord-coréens en Russie.", ["USA"],
         "neutral", "made"),
        ("Tout en se gardant de condamner Pyongyang, Pékin appelle à la retenue après l'envoi de soldats en Russie.", ["CHN"],
         "request", "made"),
        ("D'après Séoul et Tokyo, ces cargaisons cachent des livraisons d'armes illicites de Pyongyang à Moscou.", ["KOR+JPN"],
         "accuse", "made"),
    ],
)
def test_a_reaction(sentence, actors, act, status):
    found = coded(sentence, "2024-10-22", family="reaction")
    assert [m.actor for m in found] == actors
    assert {(m.detail, m.status) for m in found} == {(act, status)}


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("La Maison Blanche a condamné l'envoi de troupes nord-coréennes en Russie, qu'elle juge « dangereux ».",
         {"accuse", "concern"}),
        ("Le secrétaire d'État américain a jugé « inacceptables » les liens entre Pyongyang et Moscou, avant d'exhorter Pékin à "
         "agir.", {"accuse", "request"}),
    ],
)
def test_two_acts_of_one_subject(sentence, acts):
    assert {m.detail for m in coded(sentence, "2024-10-22", family="reaction")} == acts


def test_who_is_reproached_stands_behind_the_preposition():
    (m,) = coded("Kiev a reproché à Pyongyang de fournir des hommes à l'armée russe.", "2024-10-16", family="reaction")
    assert m.counterpart == "PRK"


def test_a_question_of_what_might_be_is_no_sanction():
    text = "Washington pourrait imposer de nouvelles sanctions après les livraisons d'armes de Pyongyang à Moscou."
    assert not coded(text, "2024-10-16", family="reaction")


def test_the_north_takes_its_preposition_in():
    text = "La Corée du Nord attend du monde. Sergueï Lavrov est arrivé ce dimanche au Nord."
    (m,) = coded(text, "2025-07-14", family="visit")
    assert (m.direction, m.date_start) == ("RUS>PRK", "2025-07-13")


def test_the_place_of_a_dateline_does_not_react():
    text = "SEOUL, 26 octobre - Pyongyang a condamné les propos tenus la veille sur ses livraisons d'armes à Moscou."
    assert not coded(text, "2023-10-26", family="reaction")


def test_the_tour_of_another_is_not_that_of_who_is_received():
    title = "Poutine reçoit la ministre nord-coréenne avant la tournée asiatique de Trump"
    text = "Vladimir Poutine a reçu lundi Choe Son-hui au Kremlin."
    assert {m.status for m in coded(text, "2025-10-27", family="visit", title=title)} == {"held"}


def test_the_text_tells_with_its_day_what_a_headline_sums_up():
    (m,) = coded(
        "Les livraisons d'armes de Pyongyang à Moscou constituent une violation des résolutions, a affirmé jeudi Séoul.",
        "2023-10-27", family="reaction", title="Séoul condamne les livraisons d'armes de Pyongyang à Moscou",
    )
    assert (m.field, m.detail, m.date_start) == ("body", "accuse", "2023-10-26")
