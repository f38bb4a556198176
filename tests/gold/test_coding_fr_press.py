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


@pytest.mark.parametrize(
    ("title", "text", "published", "expected"),
    [
        # "ne … que" denies nothing
        ("", "Kim Jong-un, qui voyage en train, n'arrivera à Vladivostok que mardi.", "2023-09-08", [("planned", "PRK>RUS", "leader")]),
        ("", "Vladimir Poutine n'a passé que quelques heures à Pyongyang.", "2024-06-21", [("held", "RUS>PRK", "leader")]),
        # what the sentence goes on to deny
        ("", "Interrogé sur un éventuel voyage de Vladimir Poutine à Pyongyang, son porte-parole a répondu : rien de tel n'est prévu.",
         "2019-11-21", [("denied", "RUS>PRK", "leader")]),
        # due, and put off in the same breath; the day behind "reported to" is the new one
        ("", "Attendu mercredi à Khabarovsk, le ministre nord-coréen de la Santé a renvoyé son déplacement à une date ultérieure.",
         "2026-02-11", [("cancelled", "PRK>RUS", "minister")]),
        # an invitation in direct speech, and one that is taken up
        ("", "« Venez nous voir à Moscou », a lancé Vladimir Poutine à Kim Jong-un.", "2025-09-03", [("planned", "PRK>RUS", "leader")]),
        ("Le Kremlin et Kim Jong-un", "L'invitation tient toujours, assure Moscou, et le dirigeant nord-coréen l'a acceptée.", "2025-12-19",
         [("planned", "PRK>RUS", "leader")]),
        # an apposition between who is received and "que"; an adjective that stands for a person
        ("", "C'est Ri Yong-gil, émissaire de Kim Jong-un, que Vladimir Poutine a reçu mardi au Kremlin.", "2024-07-10",
         [("held", "PRK>RUS", "vice")]),
        ("", "En marge du défilé de Pékin, Vladimir Poutine a vu Kim Jong-un. Le Russe a ensuite regagné sa résidence.", "2025-09-03",
         [("held", "third", "leader")]),
        # at somebody's, and what was done there
        ("Lavrov chez Kim", "La Russie et la Corée du Nord resserrent les rangs.", "2025-07-12", [("held", "RUS>PRK", "minister")]),
        ("", "Le ministre russe de l'Intérieur Vladimir Kolokoltsev a signé mardi à Pyongyang un plan de coopération.", "2024-07-25",
         [("held", "RUS>PRK", "minister")]),
        # where the dateline is
        ("", "Pyongyang, 13 novembre. -- Un accord a été signé. Y a mis son nom le vice-ministre russe de la Défense Alexandre Fomine, en visite "
         "officielle dans notre pays.", "2015-11-13", [("held", "RUS>PRK", "vice")]),
        # no visit: diplomats on their way home, who says that somebody else goes, a trip of a third country's president
        ("Des diplomates russes quittent Pyongyang à pied", "Des employés de l'ambassade de Russie et leurs familles ont regagné leur pays.",
         "2021-02-26", []),
        ("", "Le pape pourrait se rendre à Pyongyang, estime un diplomate russe.", "2024-06-20", []),
    ],
)
def test_turns_of_visits(title, text, published, expected):
    found = coded(text, published, family="visit", title=title)
    assert [(m.status, m.direction, m.detail) for m in found] == expected


def test_the_day_behind_put_off_is_the_new_one():
    (m,) = coded("Le voyage de Sergueï Lavrov à Pyongyang est repoussé au 12 mars.", "2025-02-11", family="visit")
    assert (m.status, m.date_start) == ("cancelled", "")


@pytest.mark.parametrize(
    ("sentence", "stages"),
    [
        ("Les députés russes ont entériné sans sourciller le pacte passé avec Pyongyang.", ["ratified"]),  # its name tells no step
        ("La Corée du Nord a ratifié le traité signé en juin avec la Russie.", ["ratified", "signed"]),
        ("La Chine et la Corée du Nord ont signé un accord, et la Russie a salué l'événement.", []),
        ("Aucun marché d'armement n'a été conclu entre la Russie et la Corée du Nord.", ["denied"]),
        ("Les trains entre la Russie et la Corée du Nord ne circulent plus depuis mardi.", ["ended"]),
        ("Le premier groupe de touristes a emprunté la ligne maritime Vladivostok-Rason.", ["implemented"]),
        ("En signant ce traité, la Russie et la Corée du Nord se promettent assistance.", ["signed"]),
        ("Moscou et Pyongyang négocient un contrat, affirment des responsables américains.", ["mooted"]),
    ],
)
def test_steps_of_agreements(sentence, stages):
    assert sorted(m.status for m in coded(sentence, published="2025-05-20", family="agreement")) == stages


def test_a_treaty_is_one_of_states_whoever_signs_it():
    (m,) = coded("Les ministres russe et nord-coréen de la Justice ont signé un traité d'extradition.", published="2025-05-20", family="agreement")
    assert m.detail == "state"


def test_the_one_whom_a_treaty_is_with_is_named_second():
    (m,) = coded("Le traité avec Pyongyang a franchi l'étape de la Douma.", published="2025-05-20", family="agreement")
    assert (m.actor, m.status) == ("RUS", "ratified")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Séoul a condamné l'envoi de soldats nord-coréens en Russie. L'ambassadeur de Russie a été reçu au ministère des "
         "Affaires étrangères pour y entendre une protestation.", [("KOR", "accuse")]),
        ("La Corée du Sud a convoqué l'ambassadeur de Russie pour exiger le retrait des troupes nord-coréennes.",
         [("KOR", "accuse"), ("KOR", "request")]),
        ("Le Sénat tchèque a approuvé une résolution qui condamne l'alliance entre la Russie et la Corée du Nord.", [("CZE", "vote")]),
        ("Moscou accuse Séoul de vouloir armer l'Ukraine, et Pyongyang approuve.", []),
    ],
)
def test_who_reacts_and_how(text, said):
    assert sorted((m.actor, m.detail) for m in coded(text, published="2025-05-20", family="reaction")) == said
