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


def visits(text, published, title=""):
    found = coded(text, published=published, title=title, family="visit")
    return {(m.status, m.direction, m.detail, m.date_start) for m in found}


@pytest.mark.parametrize(
    ("text", "published", "visit"),
    [
        ("Vladimir Poutine a reçu Kim Jong-un à Moscou. Il s'y était rendu en mars.", "2026-05-12",
         ("held", "PRK>RUS", "leader", "2026-03")),
        ("Le ministre russe de la Défense doit voir Kim Jong-un à Pyongyang. Le ministre y est arrivé mardi.", "2024-11-27",
         ("held", "RUS>PRK", "minister", "2024-11-26")),
        ("Sergueï Lavrov effectue une visite en Corée du Nord. Ce dernier s'entretiendra jeudi avec son homologue.",
         "2025-07-09", ("planned", "RUS>PRK", "minister", "2025-07-10")),
        ("Le Kremlin prépare une rencontre entre Vladimir Poutine et Kim Jong-un. Elle aura lieu jeudi à Vladivostok.",
         "2019-04-23", ("planned", "PRK>RUS", "leader", "2019-04-25")),
        ("Vladimir Poutine a reçu Choe Son-hui. La rencontre n'était pas prévue, disait-on. Elle s'est déroulée lundi.",
         "2024-11-05", ("held", "PRK>RUS", "minister", "2024-11-04")),
    ],
)
def test_a_pronoun_or_a_title_takes_up_the_visit_told_before(text, published, visit):
    assert visit in visits(text, published)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("À Wonsan, Sergueï Lavrov a remercié Kim Jong-un de son soutien.", {("held", "RUS>PRK", "minister", "")}),
        ("Depuis Moscou, où elle est en visite, Choe Son-hui a promis à Vladimir Poutine le soutien de Pyongyang.",
         {("held", "PRK>RUS", "minister", "")}),
        ("À Moscou, Dmitri Peskov a salué Kim Jong-un.", set()),
        ("En visite de travail à Koursk, Vladimir Poutine a remercié Kim Jong-un.", set()),
    ],
)
def test_a_place_that_opens_the_sentence_says_where_somebody_is(sentence, expected):
    assert visits(sentence, "2025-07-13") == expected


def test_an_official_aboard_or_among_tourists_visits():
    text = "Un vol direct de Moscou a atterri lundi à Pyongyang. À son bord, le ministre russe Alexandre Kozlov."
    assert ("held", "RUS>PRK", "minister") in {v[:3] for v in visits(text, "2025-07-28")}
    text = "Cent touristes russes sont arrivés vendredi à Pyongyang, accompagnés du vice-gouverneur du Primorié."
    assert visits(text, "2024-02-12") == {("held", "RUS>PRK", "vice", "2024-02-09")}


def test_companions_and_led_delegations_keep_their_heads():
    text = "Le président de la Douma Viatcheslav Volodine, accompagné d'artistes russes, est arrivé jeudi à Pyongyang."
    assert visits(text, "2025-08-15") == {("held", "RUS>PRK", "minister", "2025-08-14")}
    text = "L'émissaire de Vladimir Poutine a été reçu mercredi à Pyongyang par Kim Jong-un."
    assert {v[2] for v in visits(text, "2025-06-05")} != {"leader"}


@pytest.mark.parametrize(
    ("sentence", "published", "visit"),
    [
        ("Kim Jong-un est convié aux cérémonies du 9 mai à Moscou.", "2025-04-01",
         ("planned", "PRK>RUS", "leader", "2025-05-09")),
        ("Vladimir Poutine a invité mercredi Kim Jong-un à Moscou.", "2024-06-20", ("planned", "PRK>RUS", "leader", "")),
        ("Kim Jong-un a renoncé à se rendre à Moscou pour les célébrations du 9 mai.", "2025-05-05",
         ("cancelled", "PRK>RUS", "leader", "2025-05-09")),
        ("Sergueï Lavrov sera en Corée du Nord du vendredi 11 au dimanche 13 juillet.", "2025-07-09",
         ("planned", "RUS>PRK", "minister", "2025-07-11")),
        ("Sergueï Lavrov se trouve en Corée du Nord jusqu'à dimanche.", "2025-07-11", ("held", "RUS>PRK", "minister", "")),
        ("Un accord a été signé en juin lors d'une visite de Vladimir Poutine à Pyongyang.", "2024-11-12",
         ("held", "RUS>PRK", "leader", "2024-06")),
        ("D'après le Kremlin, la visite du président russe à Pyongyang est en préparation.", "2024-06-10",
         ("planned", "RUS>PRK", "leader", "")),
        ("Le Kremlin n'a pas exclu une visite de Kim Jong-un à Moscou en mai.", "2025-04-01",
         ("planned", "PRK>RUS", "leader", "2025-05")),
        ("Kim Jong-il a été reçu samedi au Kremlin par Vladimir Poutine.", "2001-08-05",
         ("held", "PRK>RUS", "leader", "2001-08-04")),
    ],
)
def test_whose_the_date_is(sentence, published, visit):
    assert visits(sentence, published) == {visit}


def test_an_agreement_taken_up_by_it_or_the_text():
    text = "La Russie et la Corée du Nord ont conclu un pacte de défense. Il avait été négocié pendant un an. "
    text += "Le texte, paraphé mercredi à Pyongyang, prévoit une assistance mutuelle."
    found = coded(text, published="2024-06-20", family="agreement")
    assert ("signed", "2024-06-19") in {(m.status, m.date_start) for m in found}
    text = "Le traité russo-nord-coréen est entré en vigueur mercredi. Il avait été signé le 19 juin à Pyongyang."
    found = coded(text, published="2024-12-05", family="agreement")
    assert {(m.status, m.date_start) for m in found} == {("in_force", "2024-12-04"), ("signed", "2024-06-19")}


def test_a_ministry_that_announces_is_no_party_and_is_quoted():
    text = "La Russie et la Corée du Nord ont signé lundi un accord sur la dette, a annoncé mardi le ministère russe des Finances, "
    (m,) = coded(text + "confirmant une information de presse.", published="2012-09-18", family="agreement")
    assert (m.detail, m.voice, m.date_start) == ("state", "quoted", "2012-09-17")


def test_a_comma_after_the_last_of_two_begins_something_else():
    text = "Au lendemain de la signature du traité entre Moscou et Pyongyang, Séoul a condamné cet accord."
    (m,) = coded(text, published="2024-06-20", family="reaction")
    assert (m.actor, m.counterpart) == ("KOR", "RUS+PRK")


def test_a_press_agency_does_not_react():
    text = "Choe Son-hui a rencontré Vladimir Poutine à Moscou, d'après l'agence Yonhap."
    assert coded(text, published="2024-11-05", family="reaction") == []


LEAD = "La Corée du Nord et la Russie ont signé un traité à Pyongyang. "


@pytest.mark.parametrize(
    ("sentence", "actor", "act", "status"),
    [
        # whose a noun is: its adjective, or with "son" the subject
        ("L'inquiétude japonaise grandit devant les transferts de technologies russes vers Pyongyang.", "JPN", "concern", "made"),
        ("Le Japon ne cache pas son inquiétude devant les livraisons d'obus nord-coréens à la Russie.", "JPN", "concern", "made"),
        # a passive whose place acts
        ("L'ambassadeur russe à Séoul a été convoqué lundi au ministère des Affaires étrangères.", "KOR", "accuse", "made"),
        ("Onze Nord-Coréens ont été inscrits mardi sur la liste noire de Tokyo pour leur aide à Moscou.", "JPN", "sanction", "made"),
        # an aside between the auxiliary and its participle; an apposition between the subject and its verb
        ("Séoul a, de concert avec d'autres capitales, condamné le pacte entre Moscou et Pyongyang.", "KOR", "accuse", "made"),
        # who stands before "qui", "où", or opens the sentence
        ("Des preuves ont été remises à l'Otan, qui a dénoncé l'envoi de troupes nord-coréennes en Russie.", "NATO", "accuse", "made"),
        ("L'émotion gagne Tokyo, où le porte-parole du gouvernement a condamné le pacte.", "JPN", "accuse", "made"),
        ("Quant à Londres, on y condamne le pacte.", "GBR", "accuse", "made"),
        # the tag of a quotation
        ("« La Russie devra rendre des comptes », a lâché depuis Rome la ministre canadienne des Affaires étrangères.", "CAN", "warn", "made"),
        ("« C'est une escalade », a insisté le chef du Pentagone.", "USA", "accuse", "made"),
        ("Séoul réexaminera sa politique si Moscou arme Pyongyang, a prévenu le conseiller à la sécurité nationale.", "KOR", "warn", "made"),
        # no comment, and what is only meant to be done or denied
        ("Pékin s'est gardé de critiquer le traité entre Moscou et Pyongyang.", "CHN", "neutral", "made"),
        ("Interrogée sur le traité, la diplomatie chinoise n'y a vu qu'une « affaire entre deux pays ».", "CHN", "neutral", "made"),
        ("Les Vingt-Sept s'apprêtent à sanctionner des généraux nord-coréens envoyés en Russie.", "EU", "sanction", "planned"),
        ("Séoul a démenti avoir sanctionné des banques russes liées à Pyongyang.", "KOR", "sanction", "denied"),
    ],
)
def test_a_reaction_to_what_the_lead_tells(sentence, actor, act, status):
    (m,) = coded(LEAD + sentence, published="2024-10-30", family="reaction")
    assert (m.actor, m.detail, m.status) == (actor, act, status)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("La présidence sud-coréenne s'est exprimée jeudi. Elle a exigé la fin de la coopération militaire entre Moscou et Pyongyang.", ["request"]),
        ("Séoul a condamné l'envoi de troupes nord-coréennes en Russie et exhorté Pyongyang à les retirer.", ["accuse", "request"]),
        ("Séoul a condamné ces livraisons et annoncé que de nouvelles sanctions étaient en préparation.", ["accuse", "sanction"]),
    ],
)
def test_a_second_verb_has_the_subject_of_the_first(text, acts):
    found = coded(LEAD + text, published="2024-10-30", family="reaction")
    assert [m.detail for m in found] == acts
    assert {m.actor for m in found} == {"KOR"}


@pytest.mark.parametrize(
    "sentence",
    [
        "La Russie a rejeté les accusations de Washington sur ses achats d'armes à la Corée du Nord.",
        "La diplomatie russe a exhorté Séoul à ne pas livrer d'armes à Kiev.",
        "Selon un chercheur de Séoul, le traité inquiète la Chine.",
        "Kiev a accusé Moscou d'avoir frappé une centrale électrique.",
        "Washington a annoncé une nouvelle aide militaire à l'Ukraine.",
        "Séoul et Tokyo ont salué la reprise de leur dialogue de défense.",
    ],
)
def test_what_is_no_reaction_to_the_two(sentence):
    assert coded(LEAD + sentence, published="2024-10-30", family="reaction") == []


def test_an_office_that_the_text_gives_is_held():
    text = LEAD + "« C'est une escalade dangereuse », a réagi Mark Rutte, le secrétaire général de l'Otan."
    (m,) = coded(text, published="2024-09-30", family="reaction")
    assert (m.actor, m.detail) == ("NATO", "accuse")


def test_a_headline_and_the_text_below_it_are_one_reaction():
    found = coded("Séoul a fait part de sa vive préoccupation devant l'envoi de soldats nord-coréens en Russie.",
                  title="Séoul fustige le pacte entre Moscou et Pyongyang", published="2024-10-30", family="reaction")
    assert [(m.actor, m.detail, m.field) for m in found] == [("KOR", "concern", "body")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # who: an office, a periphrasis, a delegation
        ("Le maître du Kremlin a débarqué à Pyongyang mardi matin.", ("held", "RUS>PRK", "leader")),
        ("Le patron du Conseil de sécurité russe achève une visite en Corée du Nord.", ("held", "RUS>PRK", "minister")),
        ("La sœur du dirigeant, Kim Yo-jong, est attendue jeudi à Vladivostok.", ("planned", "PRK>RUS", "vice")),
        ("Le groupe d'amitié de la Douma a gagné mardi Pyongyang.", ("held", "RUS>PRK", "delegation")),
        ("Conduite par le ministre Alexandre Kozlov, la délégation russe est arrivée mardi à Pyongyang.",
         ("held", "RUS>PRK", "minister")),
        ("L'avion transportant Sergueï Lavrov a atterri à Wonsan.", ("held", "RUS>PRK", "minister")),
        ("La commission mixte entre la Russie et la Corée du Nord a tenu sa onzième session à Pyongyang.",
         ("held", "RUS>PRK", "delegation")),
        # how: verbs of motion, of being there, of receiving, of meeting
        ("Sergueï Choïgou est à Pyongyang.", ("held", "RUS>PRK", "minister")),
        ("Le gouverneur du Primorié se trouve à Wonsan depuis lundi.", ("held", "RUS>PRK", "vice")),
        ("Choe Son-hui effectue depuis lundi une visite à Vladivostok.", ("held", "PRK>RUS", "minister")),
        ("Le président russe a transité mardi par Wonsan.", ("held", "RUS>PRK", "leader")),
        ("Le chef d'état-major nord-coréen vient de rentrer de Russie.", ("held", "PRK>RUS", "vice")),
        ("Le vice-ministre russe de la Défense visitait mardi une usine à Pyongyang.", ("held", "RUS>PRK", "vice")),
        ("Le général Pak Jong-chon foule le sol russe.", ("held", "PRK>RUS", "minister")),
        ("Choe Son-hui a été l'hôte de Sergueï Lavrov mercredi à Moscou.", ("held", "PRK>RUS", "minister")),
        ("A Moscou, Kim Jong-un était enfin au côté de Vladimir Poutine.", ("held", "PRK>RUS", "leader")),
        ("Sergueï Lavrov et Choe Son-hui ont échangé quelques mots à Minsk.", ("held", "third", "minister")),
        ("Un accord a été négocié cette semaine à Wonsan par le maire de Khabarovsk.", ("held", "RUS>PRK", "vice")),
        ("Le tête-à-tête entre Vladimir Poutine et Kim Jong-un a eu lieu à Pékin.", ("held", "third", "leader")),
        ("Le voyage russe de Kim Jong-un s'est achevé dimanche à Vladivostok.", ("held", "PRK>RUS", "leader")),
        ("Ainsi s'achève la visite de Vladimir Poutine à Pyongyang.", ("held", "RUS>PRK", "leader")),
        ("Le convoi de Kim Jong-un a passé la frontière russe dans la nuit.", ("held", "PRK>RUS", "leader")),
        ("Sergueï Lavrov est allé voir Kim Jong-un à Wonsan.", ("held", "RUS>PRK", "minister")),
        ("Sergueï Lavrov a fait le déplacement de Wonsan pour voir Kim Jong-un.", ("held", "RUS>PRK", "minister")),
        ("Pyongyang a réservé un accueil triomphal à Vladimir Poutine.", ("held", "RUS>PRK", "leader")),
        # plans
        ("Dmitri Medvedev représentera la Russie au défilé de Pyongyang.", ("planned", "RUS>PRK", "minister")),
        ("Kim Jong-un ira-t-il à Moscou le 9 mai ?", ("planned", "PRK>RUS", "leader")),
        ("Kim Jong-un part ce soir pour la Russie.", ("planned", "PRK>RUS", "leader")),
        ("Kim Jong-un rejoindra Moscou vendredi.", ("planned", "PRK>RUS", "leader")),
        ("Le maître du Kremlin devait être en Corée du Nord jeudi.", ("planned", "RUS>PRK", "leader")),
        ("Kim Jong-un projette un déplacement en Russie.", ("planned", "PRK>RUS", "leader")),
        ("La venue de Choe Son-hui à Moscou est confirmée pour mai.", ("planned", "PRK>RUS", "minister")),
        ("A quelques jours de la visite de Kim Jong-un à Vladivostok, rien ne filtre.", ("planned", "PRK>RUS", "leader")),
        ("Des rumeurs font état d'une visite de Kim Jong-un en Russie.", ("planned", "PRK>RUS", "leader")),
        ("Le Kremlin n'a ni confirmé ni démenti une visite de Kim Jong-un.", ("planned", "PRK>RUS", "leader")),
        ("Kim Jong-un a répondu favorablement à l'invitation de Vladimir Poutine.", ("planned", "PRK>RUS", "leader")),
        ("Kim Jong-un sera aux côtés de Vladimir Poutine jeudi à Moscou.", ("planned", "PRK>RUS", "leader")),
        ("Alexandre Kozlov coprésidera à Pyongyang la commission intergouvernementale.", ("planned", "RUS>PRK", "minister")),
        # what comes to nothing
        ("Le président russe a décalé son voyage en Corée du Nord.", ("cancelled", "RUS>PRK", "leader")),
        ("Le report de la visite de Choe Son-hui à Moscou a été confirmé.", ("cancelled", "PRK>RUS", "minister")),
        ("Kim Jong-un devait se rendre à Moscou en mai, mais il s'est ravisé.", ("cancelled", "PRK>RUS", "leader")),
        ("Kim Jong-un fera faux bond à Vladimir Poutine le 9 mai à Moscou.", ("cancelled", "PRK>RUS", "leader")),
        ("Kim Jong-un ne sera pas aux côtés de Vladimir Poutine jeudi à Moscou.", ("denied", "PRK>RUS", "leader")),
        ("Le maître du Kremlin boudera le sommet à Wonsan.", ("denied", "RUS>PRK", "leader")),
        # what is none
        ("Kim Jong-un n'a encore jamais mis les pieds à Moscou.", None),
        ("Vladimir Poutine part pour Kazan, Kim Jong-un reste à Pyongyang.", None),
        ("Kim Jong-un a adressé une lettre à Vladimir Poutine.", None),
    ],
)
def test_who_was_is_or_will_be_with_whom(sentence, expected):
    found = coded(sentence, published="2024-06-13", family="visit")
    assert [(m.status, m.direction, m.detail) for m in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("sentence", "stages"),
    [
        ("Le projet de traité entre Moscou et Pyongyang est prêt.", ["mooted"]),
        ("Moscou et Pyongyang négocient la livraison d'obus.", ["mooted"]),
        ("Kim Jong-un pourrait négocier en Russie des ventes d'armes.", ["mooted"]),
        ("Moscou a offert à Pyongyang de louer des terres arables.", ["mooted"]),
        ("Moscou et Pyongyang discutent de la reprise des croisières.", ["mooted"]),
        ("La Russie s'est engagée à livrer du blé à la Corée du Nord.", ["announced"]),
        ("Le pont routier entre la Russie et la Corée du Nord sera achevé en juin.", ["implemented"]),
        ("Le Parti du travail et Russie unie ont conclu un plan d'échanges.", ["signed"]),
        ("Un accord-cadre lie désormais Rosatom à la Corée du Nord.", ["signed"]),
        ("Le traité entre Moscou et Pyongyang, que la Russie avait laissé s'éteindre, datait de 1961.", ["ended"]),
        ("Séoul accuse Pyongyang de livraisons d'armes à Moscou.", []),
        ("Séoul souhaite que Moscou cesse ses livraisons de pétrole à Pyongyang.", []),
        ("Pyongyang a livré des munitions à la Russie.", []),
    ],
)
def test_goods_are_an_agreement_only_where_they_are_bargained_for(sentence, stages):
    assert [m.status for m in coded(sentence, published="2024-05-13", family="agreement")] == stages


def test_since_a_weekday_is_the_weekday_past():
    (m,) = coded("Choe Son-hui séjourne à Moscou depuis lundi.", published="2024-06-13", family="visit")
    assert (m.status, m.date_start) == ("held", "2024-06-10")


def test_the_pact_signed_and_what_they_agreed_on_besides_are_two():
    text = "Vladimir Poutine et Kim Jong-il ont signé une déclaration commune et sont convenus de raccorder leurs voies."
    assert [m.status for m in coded(text, published="2001-08-05", family="agreement")] == ["signed", "announced"]


def test_a_bare_title_was_the_guest_of_whom_the_text_names():
    (m,) = coded("Le chef de l'Etat y fut l'hôte de Kim Jong-il en juillet 2000.",
                 title="Corée du Nord : Poutine sur les traces de Poutine", published="2024-06-13", family="visit")
    assert (m.status, m.direction, m.date_start) == ("held", "RUS>PRK", "2000-07")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        # whom the troops of the one fight for goes without saying
        ("", "Des soldats nord-coréens sont morts près de Kiev, a confirmé l'armée ukrainienne. Paris a dénoncé ces renforts.",
         [("UKR", "neutral"), ("FRA", "accuse")]),
        ("", "Deux soldats nord-coréens capturés en Ukraine ont été soignés, a rapporté Kiev.", []),
        # what is stated first and judged later is two acts, what is added to a judgement is none of its own
        ("", "Le Canada a confirmé que des soldats nord-coréens étaient en Russie. Ottawa a dénoncé une escalade.",
         [("CAN", "neutral"), ("CAN", "accuse")]),
        ("", "Le Canada a condamné l'arrivée de soldats nord-coréens en Russie et fait savoir qu'il allait revoir sa politique.",
         [("CAN", "accuse"), ("CAN", "warn")]),
        ("", "Le Canada a condamné l'arrivée de soldats nord-coréens en Russie et promis de nouvelles sanctions.",
         [("CAN", "accuse"), ("CAN", "sanction")]),
        # speakers whom only the title or the sentence before names
        ("Oslo, Ottawa et Tokyo haussent le ton", "Les trois pays ont condamné les livraisons d'obus de Pyongyang à Moscou.",
         [("JPN", "accuse"), ("NOR+CAN", "accuse")]),
        ("Ottawa et le pacte entre Moscou et Pyongyang", "Dans une note rendue publique lundi, le ministère dénonce un texte illégal.",
         [("CAN", "accuse")]),
        ("Parquet ukrainien : des missiles nord-coréens recensés",
         "Les Russes ont tiré 60 missiles fournis par la Corée du Nord, d'après le bureau du procureur général.",
         [("UKR", "accuse")]),
        ("", "Moscou et Pyongyang ont ouvert une liaison aérienne. C'est ce qu'a confirmé le ministère sud-coréen de l'Unification.",
         [("KOR", "neutral")]),
        ("", "D'après une estimation du renseignement britannique, la Corée du Nord a envoyé 10.000 soldats en Russie.",
         [("GBR", "neutral")]),
        ("", "Les ministres du G7, rejoints par ceux de la Corée du Sud, ont dénoncé les transferts d'armes entre Pyongyang et Moscou.",
         [("G7", "accuse"), ("KOR", "accuse")]),
        # any verb hands a quotation over
        ("", "« C'est une gifle pour le droit », a persiflé le ministre polonais à propos du pacte entre Moscou et Pyongyang.",
         [("POL", "accuse")]),
        ("", "Vladimir Poutine a été reçu à Pyongyang par Kim Jong-un, a estimé mardi le ministère sud-coréen de l'Unification.",
         [("KOR", "neutral")]),
        # the dyad speaks
        ("", "Berlin s'est dit inquiet du traité entre Moscou et Pyongyang. Poutine n'a pas démenti : c'est « notre affaire », a-t-il dit.",
         [("DEU", "concern")]),
        ("Rencontre entre Russes et Nord-Coréens à l'ONU", "Sergueï Lavrov y a vu son homologue nord-coréenne, a indiqué la diplomatie russe.", []),
        ("Séoul sur le qui-vive", "Vladimir Poutine a reçu Kim Jong-un au Kremlin, ont annoncé les deux capitales.", []),
    ],
)
def test_who_reacts_and_how_often(title, text, expected):
    found = coded(text, title=title, published="2024-11-08", family="reaction")
    assert sorted((m.actor, m.detail) for m in found) == sorted(expected)
