"""English sentences written for this file and the codes that the codebook gives them: one test a mechanism."""

from __future__ import annotations

import pytest

from analysis.coding import code_article

PUBLISHED = "2024-11-20"  # a Wednesday
LANDED = "Vladimir Putin landed in Pyongyang on Tuesday for talks with Kim Jong Un."


def _coded(body: str, title: str = "", family: str = "") -> list:
    mentions = code_article(title, body, language="en", published=PUBLISHED, repeats=True)
    return [m for m in mentions if not family or m.family == family]


@pytest.mark.parametrize(
    ("sentence", "act", "actor"),
    [
        ("In Tokyo, two ministers spoke of grave concern.", "concern", "JPN"),
        ("Canberra voiced alarm.", "concern", "AUS"),
        ("Asked about the visit, Beijing declined to comment.", "neutral", "CHN"),
        ("Britain called the trip a reckless provocation.", "accuse", "GBR"),
        ("The White House warned of consequences.", "warn", "USA"),
    ],
)
def test_a_reaction_that_names_no_object_is_about_what_was_just_told(sentence, act, actor):
    (m,) = _coded(f"{LANDED} {sentence}", family="reaction")
    assert (m.detail, m.actor, m.counterpart, m.status) == (act, actor, "RUS+PRK", "made")


def test_a_judgement_on_another_matter_is_no_reaction():
    assert not _coded(f"{LANDED} Seoul condemned the missile test of last week.", family="reaction")
    assert not _coded("Analysts in Seoul warned that Russia may give North Korea submarine technology.")


def test_a_second_verb_and_a_pronoun_keep_their_source():
    first = "South Korea condemned the transfer of shells from North Korea to Russia and urged Moscow to stop it."
    assert [(m.detail, m.actor) for m in _coded(first, family="reaction")] == [("accuse", "KOR"), ("request", "KOR")]
    second = "The G7 condemned the transfer of shells from North Korea to Russia. They called on Pyongyang to stop its supplies."
    assert ("request", "G7") in [(m.detail, m.actor) for m in _coded(second, family="reaction")]


def test_a_participle_takes_the_subject_and_the_day_of_the_main_verb():
    body = "NATO said on Monday that North Korean troops were in Russia's Kursk region, calling it a dangerous escalation."
    (m,) = _coded(body, family="reaction")
    assert (m.detail, m.actor, m.date_start) == ("accuse", "NATO", "2024-11-18")


def test_a_colon_after_the_source_reports_in_a_headline():
    (m,) = _coded("", title="Seoul: North Korea sends more shells to Russia")
    assert (m.family, m.detail, m.actor) == ("reaction", "accuse", "KOR")


def test_sanctions_still_weighed_or_denied():
    told = "The United States blacklisted four firms over arms that went from North Korea to Russia."
    planned = [m for m in _coded(f"{told} Japan is weighing further sanctions.", family="reaction") if m.actor == "JPN"]
    assert [(m.detail, m.status) for m in planned] == [("sanction", "planned")]
    body = f"{told} Japan denied a report that it had threatened Moscow with a ban over the shipments."
    denied = [m for m in _coded(body, family="reaction") if m.actor == "JPN"]
    assert [(m.detail, m.status, m.counterpart) for m in denied] == [("warn", "denied", "RUS")]


@pytest.mark.parametrize(
    ("sentence", "status", "direction"),
    [
        ("Sergei Lavrov flies to North Korea on Friday for three days of talks.", "planned", "RUS>PRK"),
        ("A North Korean parliamentary delegation leaves for Moscow tomorrow.", "planned", "PRK>RUS"),
        ("Russia's foreign minister will be in North Korea from Friday.", "planned", "RUS>PRK"),
        ("Kim Jong Un's trip to Moscow for the parade is off, the Kremlin announced.", "cancelled", "PRK>RUS"),
        ("The Kremlin said no trip by Putin to North Korea was being prepared.", "denied", "RUS>PRK"),
        ("Reports that Kim Jong Un was heading for Vladivostok are untrue, the Kremlin said.", "denied", "PRK>RUS"),
        ("Kim Jong Un stepped off his train in Vladivostok.", "held", "PRK>RUS"),
        ("North Korea's foreign minister has been in Moscow since Monday.", "held", "PRK>RUS"),
        ('"I invite you, come and visit," Putin told Kim Jong Un.', "planned", "PRK>RUS"),
    ],
)
def test_status_and_direction_of_a_visit(sentence, status, direction):
    found = {(m.status, m.direction) for m in _coded(sentence, title="Russia and North Korea", family="visit")}
    assert found == {(status, direction)}


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("Russia has proposed a new agreement on fisheries to North Korea.", "mooted"),
        ("Moscow and Pyongyang are in talks on resuming ferry services between Vladivostok and Rason.", "mooted"),
        ("The road bridge that Russia and North Korea agreed on in June is under construction.", "implemented"),
        ("Russian lawmakers voted unanimously to ratify the partnership treaty with North Korea.", "ratified"),
        ('North Korea has never had an "arms deal" with Russia, its defence ministry said.', "denied"),
        ("TASS and KCNA have renewed their cooperation agreement.", "signed"),
    ],
)
def test_stage_of_an_agreement(sentence, stage):
    assert [m.status for m in _coded(sentence, family="agreement")] == [stage]


def test_years_that_a_plan_covers_do_not_date_its_signing():
    (m,) = _coded("Russia and North Korea have signed a plan of cultural exchange for 2025-2027.", family="agreement")
    assert (m.status, m.date_start) == ("signed", "")


def test_a_ministry_and_a_pronoun_are_sources():
    assert _coded("Vladimir Putin will visit North Korea, his spokesman said.")[0].voice == "quoted"
    body = "Alexander Matsegora, Russia's ambassador to North Korea, spoke to reporters. A treaty with Russia is being drafted in North Korea, he said."
    assert [m.voice for m in _coded(body, family="agreement")] == ["quoted"]
    assert _coded("Vladimir Putin will visit North Korea, officials said.")[0].voice == "narrator"


def _on(published: str, body: str, title: str = "", family: str = "visit") -> list[tuple]:
    mentions = code_article(title, body, language="en", published=published)
    return [(m.status, m.direction, m.detail, m.date_start) for m in mentions if m.family == family]


def test_a_weekday_told_as_done_that_is_tomorrow_here_is_today_there():
    told = "Sergei Shoigu landed in Pyongyang on Thursday."
    assert _on("2024-11-20", told) == [("held", "RUS>PRK", "minister", "2024-11-21")]  # published on a Wednesday in the west
    assert _on("2024-11-21", told) == [("held", "RUS>PRK", "minister", "2024-11-21")]
    last = "Sergei Shoigu landed in Pyongyang last Thursday."
    assert _on("2024-11-20", last) == [("held", "RUS>PRK", "minister", "2024-11-14")]
    named = "Sergei Shoigu landed in Pyongyang on November 21."
    assert _on("2024-11-20", named) == [("held", "RUS>PRK", "minister", "2024-11-21")]
    noun = "The Kremlin said Sergei Shoigu's arrival in Pyongyang on November 21 was agreed."
    assert [m[0] for m in _on("2024-11-20", noun)] == ["planned"]  # only a verb in the past tells what is done


def test_two_visits_of_a_sentence_keep_their_own_times():
    body = "Kim Jong Un arrived in Vladivostok on Tuesday for expected talks with Vladimir Putin."
    assert _on("2019-04-24", body) == [("held", "PRK>RUS", "leader", "2019-04-23"), ("planned", "PRK>RUS", "leader", "")]
    body = "Kim Jong Un arrives in Vladivostok for talks with Vladimir Putin, due to begin on Thursday."
    assert _on("2019-04-24", body) == [("held", "PRK>RUS", "leader", ""), ("planned", "PRK>RUS", "leader", "2019-04-25")]


@pytest.mark.parametrize(
    ("published", "sentence", "date"),
    [
        ("2023-07-28", "Sergei Shoigu's trip to North Korea marks the truce that ended the 1950-53 Korean War.", ""),
        ("2023-09-05", "A diplomat told a newspaper in Tokyo on Monday that Kim Jong Un plans to travel to Russia.", ""),
        ("2023-09-12", "The 2019 summit of Kim Jong Un and Vladimir Putin in Vladivostok brought no deal.", "2019"),
    ],
)
def test_a_time_that_belongs_to_something_else_dates_no_visit(published, sentence, date):
    assert [m[3] for m in _on(published, sentence)] == [date]


def test_the_day_in_the_name_of_a_newsletter_is_no_date():
    assert _on("2023-09-04", "", title="Tuesday Briefing: Kim Jong Un and Putin Plan Talks in Russia") == [("planned", "PRK>RUS", "leader", "")]


@pytest.mark.parametrize(
    ("sentence", "direction", "rank"),
    [
        ("North Korean Premier Kim Tok Hun met the Russian delegation led by Deputy Minister Ivan Petrov.", "RUS>PRK", "vice"),
        ("Alexander Kozlov called on North Korean Premier Kim Tok Hun.", "RUS>PRK", "minister"),
        ("Choe Son Hui, on a visit to Russia, had a talk with Sergei Lavrov.", "PRK>RUS", "minister"),
        ("Kim Jong Un was welcomed by a Russian governor.", "PRK>RUS", "leader"),
        ("Vladimir Putin met his North Korean counterpart in Vladivostok.", "PRK>RUS", "leader"),
        ("Seoul asked Moscow to be careful during the visit from North Korea.", "PRK>RUS", "delegation"),
        ("Kim Jong Un was handed a gift by Sergei Shoigu, who was in Pyongyang.", "RUS>PRK", "minister"),
        ("Arriving on Monday in Pyongyang, Sergei Lavrov praised North Korea.", "RUS>PRK", "minister"),
        ("Speaking in the North Korean capital, Pyongyang, Sergei Lavrov promised help.", "RUS>PRK", "minister"),
        ("A North Korean delegation returned home after a session of the commission with Russia.", "PRK>RUS", "delegation"),
        ("Kim Jong Un praised Vladivostok, where he met Vladimir Putin.", "PRK>RUS", "leader"),
    ],
)
def test_who_is_the_guest(sentence, direction, rank):
    assert {m[:3] for m in _on(PUBLISHED, sentence)} == {("held", direction, rank)}


def test_an_arrival_with_its_purpose_is_one_visit_and_one_plan_at_most():
    body = "A Russian delegation arrived in Pyongyang on Monday to attend the book fair of the two countries."
    assert _on("2024-10-30", body) == [("held", "RUS>PRK", "delegation", "2024-10-28")]
    title = "Sergei Shoigu arrives in Pyongyang, expected to meet Kim Jong Un"
    assert {m[0] for m in _on("2025-06-04", "", title=title)} == {"held", "planned"}


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("Kim Jong Un was due to visit Moscow in May but stayed at home.", {"cancelled"}),
        ("Had Kim Jong Un gone to Moscow, it would have been his first trip abroad.", {"planned"}),
        ("If Vladimir Putin visits Pyongyang, it would be the first time he has met Kim Jong Un there.", {"planned"}),
        ("Why is Kim Jong Un travelling to Russia?", {"planned"}),
        ("A meeting between Kim Jong Un and Vladimir Putin would be watched closely.", {"planned"}),
        ("Kim Jong Un asked for food during his visit to Russia.", {"held"}),
        ("The pact will be signed during Kim Jong Un's visit to Russia.", {"planned"}),
        ("Kim Jong Un is on the second day of his visit to Russia.", {"held"}),
    ],
)
def test_no_visit_that_did_not_take_place_is_held(sentence, statuses):
    assert {m[0] for m in _on(PUBLISHED, sentence)} == statuses


def test_an_invitation_to_others_invites_nobody_of_the_dyad():
    title = "North Korea invites foreign runners to race"
    assert not _on(PUBLISHED, "Officials of Russia and China had watched a show.", title=title)


def test_leaders_who_will_stand_together_in_a_third_country():
    title = "Kim Jong Un to attend a parade in Beijing"
    body = "He will join Chinese leader Xi Jinping and Vladimir Putin – an old friend of North Korea – at the parade on September 3."
    assert _on("2025-08-28", body, title=title) == [("planned", "third", "leader", "2025-09-03")]


@pytest.mark.parametrize(
    "sentence",
    [
        "North Korea scolded the president for a U.N. speech against its ties with Russia.",
        "A trader is accused of breaching US-imposed sanctions on North Korea with friends in Russia.",
        "Washington could impose new sanctions on Russia and North Korea.",
        "The president says Russia, Iran and North Korea are enemies of peace, a Ukrainian daily wrote.",
        "Zelensky says Russia, Iran and North Korea want disorder.",
        "Washington voted for sanctions on Russia over elections and on North Korea over its weapons programs.",
        "Pyongyang and Moscow rejoiced; also, Beijing warns over the price of pork.",
        "The secretary of a party in Sweden voiced full support for North Korea and the friendship with Russia.",
        "Russia confirmed that its envoy to North Korea was well.",
    ],
)
def test_what_is_no_reaction(sentence):
    assert not _coded(sentence, family="reaction")


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("South Korea's spy agency reports that North Korea has shipped shells to Russia.", [("KOR", "accuse")]),
        ("Tokyo told Moscow to send the North Korean troops home.", [("JPN", "request")]),
        ("The pact of Russia and North Korea has alarmed Tokyo.", [("JPN", "concern")]),
        ("Sergei Lavrov will go to North Korea amid Western fears of new arms sales.", [("", "concern")]),
        ("Kyiv's allies voiced alarm over North Korean troops in Russia.", [("", "concern")]),
        ("Washington slapped new sanctions on a trader who sold North Korean shells to Russia.", [("USA", "sanction")]),
        ("Kim Jong Un wants to visit Vladimir Putin to discuss arms sales, Washington says.", [("USA", "neutral")]),
        ("The US confirms that North Korea sent shells to Russia and, without naming China, threatens its banks.", [("USA", "accuse")]),
        ("London accuses Russia of blocking the UN response to the missile launches of North Korea.", [("GBR", "accuse")]),
    ],
)
def test_who_reacts_and_how(sentence, codes):
    assert [(m.actor, m.detail) for m in _coded(sentence, family="reaction")] == codes


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("Vladimir Putin and Kim Jong Un sign a treaty of mutual help.", "signed"),
        (
            "The treaty on comprehensive partnership between the Democratic People's Republic of Korea and the Russian "
            "Federation came into force on Monday, when the instruments of ratification were exchanged.", "in_force",
        ),
        ("Arms talks between Russia and North Korea are advancing.", "mooted"),
        ("Vladimir Putin spoke a day after signing a pact with Kim Jong Un.", "signed"),
    ],
)
def test_stage_in_the_words_of_headlines_and_of_state_media(sentence, stage):
    assert [m.status for m in _coded(sentence, family="agreement")] == [stage]


def test_voice_at_the_edges_of_a_sentence():
    assert code_article("Russia's Lavrov to visit North Korea on Friday – Moscow", "", language="en", published=PUBLISHED)[0].voice == "quoted"
    reports = "Reports that North Korea's leader, Kim Jong Un, may visit Russia are many."
    assert _coded(reports, family="visit")[0].voice == "narrator"
    digest = "Vladimir Putin says grain will flow; the US accuses North Korea of arming Russia."
    assert [m.voice for m in _coded(digest, family="reaction")] == ["narrator"]


def test_what_is_said_of_worry_dates_and_invitations():
    (m,) = _coded("Tokyo said it was not concerned about the pact of Russia and North Korea.", family="reaction")
    assert (m.detail, m.status) == ("neutral", "made")
    assert {m[0] for m in _on(PUBLISHED, "No date has been set for Kim Jong Un's trip to Moscow.")} == {"planned"}
    assert {m[:2] for m in _on(PUBLISHED, 'Vladimir Putin told Kim Jong Un, "Come and visit us," and smiled.')} == {("planned", "PRK>RUS")}
    (m,) = _coded("Seoul will sanction nine North Koreans and six Russian firms, its ministry said.", family="reaction")
    assert m.counterpart == "RUS+PRK"


@pytest.mark.parametrize(
    ("sentence", "stage", "actor"),
    [
        # a verb of promise beside works, and not beside talks
        ("Vladimir Putin and Kim Jong Un pledged to rebuild the railway hospital in Pyongyang.", "announced", "RUS"),
        ("Russia and North Korea agreed to expand trade in seafood.", "announced", "RUS"),
        ("Russia and North Korea agreed to build a road bridge over the Tumen.", "announced", "RUS"),
        # goods, where the two bargain over them
        ("North Korea is in negotiations with Russia on the purchase of fighter jets.", "mooted", "PRK"),
        ("Moscow and Pyongyang put the finishing touches to a ten-year trade programme.", "mooted", "RUS"),
        # nominalisations
        ("Minsk praised the conclusion of the treaty between Russia and North Korea.", "signed", "RUS"),
        ("A flight on Monday marked the start of regular air service between the Russian and North Korean capitals.", "implemented", "RUS"),
        # steps of parliaments and depositaries
        ("Russia's lower house gave its assent to an accord cancelling the debt of North Korea.", "ratified", "RUS"),
        ("Russia let the 1961 alliance treaty with North Korea lapse in 1996.", "ended", "RUS"),
        ("The treaty between Russia and North Korea will take effect once the papers have been exchanged.", "signed", "RUS"),
        # services
        ("The ferry between Vladivostok and Rason, which started in May, has been taken out of service.", "ended", "RUS"),
        ("Work on the bridge that will link Russia and North Korea is on schedule.", "implemented", "RUS"),
        ("Passenger trains between Pyongyang and Moscow resume on Monday after five years.", "implemented", "PRK"),
    ],
)
def test_stage_and_first_named_of_an_agreement(sentence, stage, actor):
    assert [(m.status, m.actor) for m in _coded(sentence, family="agreement")] == [(stage, actor)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Japan's lower house adopted a resolution against the pact of Russia and North Korea.",  # what a third party adopts
        "Vladimir Putin and the president of Iran signed a partnership treaty, unlike the one with North Korea.",
        "Contracts for North Korean labourers in Russia have run out.",
    ],
)
def test_what_is_no_step_of_an_agreement(sentence):
    assert not _coded(sentence, family="agreement")


def test_an_agreement_on_works_is_one_agreement():
    (m,) = _coded("Russia approved a draft agreement with North Korea on the construction of a road bridge.", family="agreement")
    assert m.status == "mooted"
    body = "An agreement on rescue work and a plan for cultural exchange between the DPRK and Russia were signed on Tuesday."
    assert {m.status for m in _coded(body, family="agreement")} == {"signed"}


def test_it_takes_up_an_agreement_that_was_only_named():
    body = "A treaty on sending back migrants of Russia and North Korea alarmed lawyers. It was signed on Nov. 4 in Moscow."
    assert ("signed", "2024-11-04") in {(m.status, m.date_start) for m in _coded(body, family="agreement")}


def test_they_are_the_two_of_the_headline_whoever_tells_of_them():
    title = "Vladimir Putin and Kim Jong Un plan to meet in Russia, U.S. officials say"
    (m,) = _coded("They will discuss possible weapons deals to be used in Ukraine.", title=title, family="agreement")
    assert m.status == "mooted"


def test_who_tells_of_a_deal_is_no_party_to_it():
    told = "Vladimir Putin and Kim Jong Un met, cementing an arms deal the U.S. warns will prolong the war."
    assert [m.status for m in _coded(told, family="agreement")] == ["signed"]
    (m,) = _coded("North Korea and Russia discussed a trade plan, South Korea's spy agency said.", family="agreement")
    assert m.detail == "state"


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("TOKYO - The cabinet approved on Tuesday the freezing of assets of nine Russian firms over North Korean missiles.", [("JPN", "sanction")]),
        ("Similar steps were taken by Canberra and Seoul over the arms trade of Russia and North Korea.", [("AUS", "sanction"), ("KOR", "sanction")]),
        ("Seoul may send weapons to Ukraine if North Korean troops stay in Russia, a senior official hinted.", [("KOR", "warn")]),
        ("Kim Jong Un left for Russia on Monday, a South Korean official told reporters.", [("KOR", "neutral")]),
        ("Kim Jong Un may travel to Russia for arms talks with Vladimir Putin, the White House said.", [("USA", "neutral")]),
        ("G7 ministers put out a communique that took aim at Pyongyang and Moscow for their arms trade.", [("G7", "accuse")]),
        ("An 11-nation team said that North Korea and Russia trampled on U.N. resolutions.", [("MSMT", "accuse")]),
        ("Antony Blinken and his Japanese counterpart shared their concerns over the arms trade of Russia with North Korea.", [("USA", "concern"), ("JPN", "concern")]),
        ("Beijing sees no reason to object to the treaty of Russia and North Korea.", [("CHN", "neutral")]),
    ],
)
def test_who_reacts_through_whom(sentence, codes):
    assert [(m.actor, m.detail) for m in _coded(sentence, family="reaction")] == codes


def test_alarm_at_somebody_elses_doing_is_not_theirs():
    sentence = "G7 ministers voiced alarm at China's part in it after the pact of Russia and North Korea."
    assert not [m for m in _coded(sentence, family="reaction") if m.actor == "CHN"]


def test_praise_of_a_deed_is_of_both():
    body = f"{LANDED} South Korea welcomed Tuesday's signing, saying it could draw the North out of its shell."
    assert [(m.detail, m.counterpart) for m in _coded(body, family="reaction")] == [("support", "RUS+PRK")]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("As he heads to Russia to meet Vladimir Putin, Kim Jong Un rides by rail.", {("held", "PRK>RUS")}),
        ("Vladimir Putin is waiting in Vladivostok. Kim Jong Un arrived to meet Vladimir Putin.", {("held", "PRK>RUS")}),
        ("Lavrov's trip to Pyongyang, pencilled in for December, has been confirmed.", {("planned", "RUS>PRK")}),
        ("Sergei Lavrov was in Pyongyang on Monday. Vladimir Putin counts on seeing Kim Jong Un in Moscow.",
         {("held", "RUS>PRK"), ("planned", "PRK>RUS")}),
        ("A Russian plane landed in Pyongyang. The flight took eight hours. On board was Minister Alexander Kozlov.", {("held", "RUS>PRK")}),
        ("Igor Ivanov of Russia came to Pyongyang and with his host, Paek Nam Sun, signed a treaty.", {("held", "RUS>PRK")}),
        ("Talks between the delegations of the DPRK and Russia's education ministers were held at the Mansudae Assembly Hall.", {("held", "RUS>PRK")}),
    ],
)
def test_visits_by_their_idiom(body, codes):
    assert {m[:2] for m in _on(PUBLISHED, body)} == codes


def test_a_headline_without_place_takes_the_direction_of_the_plan_below():
    (m,) = code_article("Putin-Kim meeting: Pyongyang keen on influence", "Kim Jong Un is due in Vladivostok for talks with Vladimir Putin.",
                        language="en", published=PUBLISHED)
    assert (m.status, m.direction) == ("planned", "PRK>RUS")


@pytest.mark.parametrize(
    ("title", "body", "codes"),
    [
        # the text reports what the headline sums up
        ("Kim Jong Un wraps up Russia trip", "The six-day trip triggered alarm across the region.", {("held", "PRK>RUS", "body")}),
        ("Kim shows off missiles to Russian minister", "", {("held", "RUS>PRK", "title")}),
        ("Kim Jong Un praises army, days after Russia's defence minister visits", "", {("held", "RUS>PRK", "title")}),
        ("Moscow accepts Pyongyang's invitation to visit", "", {("planned", "RUS>PRK", "title")}),
        ("North Korea's Kim plans Russia trip", "", {("planned", "PRK>RUS", "title")}),
        ("", "Seoul says Putin has promised the North help, and the two nations held a summit at Russia's space port.", {("held", "PRK>RUS", "body")}),
        ("", "Fresh from a summit with Kim Jong Un in Pyongyang, Vladimir Putin spoke of peace.", {("held", "RUS>PRK", "body")}),
        ("", "Kim and Putin took a spin in a Russian-made car in Pyongyang.", {("held", "RUS>PRK", "body")}),
        ("Russia, China send officials to North Korea parade", "", {("held", "RUS>PRK", "title")}),
    ],
)
def test_visits_of_headlines_and_bare_leads(title, body, codes):
    mentions = code_article(title, body, language="en", published=PUBLISHED)
    assert {(m.status, m.direction, m.field) for m in mentions if m.family == "visit"} == codes


@pytest.mark.parametrize(
    ("title", "body", "act", "actor"),
    [
        ("US believes Wagner mercenary group took delivery of North Korean arms", "", "accuse", "USA"),
        ("", "Will North Korea arm Russia? Washington says a deal is imminent.", "neutral", "USA"),
        ("Pyongyang fires satellite", "The country had failed twice. This time it had help from Russia, according to Seoul.", "neutral", "KOR"),
        ("Kim meets Putin", "Kim Jong Un met Vladimir Putin in Russia on Monday. U.S. officials believe this was a cover for a deal.", "neutral", "USA"),
        ("", "The US ambassador to the UN said Russia was rewarding North Korea for its arms.", "accuse", "USA"),
        ("", "The U.S. has seen no evidence that North Korea delivered arms to Russia, the Pentagon said.", "neutral", "USA"),
        ("Austin: UN states concerned Russia is helping North Korea", "", "concern", "USA"),
        ("U.S. warns of Russia-North Korea arms talks", "Russia and North Korea are in talks on arms, the United States said on Tuesday.", "warn", "USA"),
    ],
)
def test_reactions_of_headlines_and_bare_leads(title, body, act, actor):
    mentions = [m for m in code_article(title, body, language="en", published=PUBLISHED) if m.family == "reaction"]
    assert [(m.detail, m.actor) for m in mentions] == [(act, actor)]
    assert mentions[0].field == ("body" if body else "title")


def test_listed_twice_on_two_days_is_two_sanctions():
    body = ("The United States on Monday sanctioned three firms that shipped North Korean arms to Russia. "
            "They belong to Ashot Mkrtychev, whom the U.S. sanctioned in September for arms deals with Russia.")
    mentions = [m for m in code_article("", body, language="en", published=PUBLISHED) if m.family == "reaction"]
    assert [m.date_start for m in mentions] == ["2024-11-18", "2024-09"]


def test_a_country_before_the_colon_of_its_own_leader_is_no_source():
    (m,) = _coded("", "North Korea: Kim Jong Un shows off missiles to Russian minister")
    assert m.voice == "narrator"


def test_a_bridge_only_announced_is_not_under_construction():
    (m,) = _coded("Moscow and Pyongyang announced the construction of a road bridge over the Tumen.", family="agreement")
    assert m.status == "announced"
