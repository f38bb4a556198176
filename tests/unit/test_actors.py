"""Who is named where: longest name, inflection, particles, capitals, bare surnames."""

import pandas as pd
import pytest

from analysis import actors
from analysis.lexicons import read_lexicon
from analysis.schema import TABLES


def named(text, **kw):
    return [(s.surface, s.actor_id) for s in actors.find(text, **kw)]


def countries(text, **kw):
    return [s.country for s in actors.find(text, **kw)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The Democratic People's Republic of Korea left.", ["PRK"]),
        ("en", "The Democratic People’s Republic of Korea left.", ["PRK"]),
        ("en", "The Republic of Korea left.", ["KOR"]),
        ("en", "South Korea and North Korea met.", ["KOR", "PRK"]),
        ("en", "North and South Korea met.", ["PRK", "KOR"]),
        ("en", "Korea is a peninsula.", []),
        ("fr", "La République populaire démocratique de Corée et la République de Corée.", ["PRK", "KOR"]),
        ("fr", "La Corée du Sud et la Corée du Nord.", ["KOR", "PRK"]),
        ("ru", "Корейская Народно-Демократическая Республика и Республика Корея", ["PRK", "KOR"]),
        ("ru", "переговоры Северной и Южной Кореи", ["PRK", "KOR"]),
        ("ko", "조선민주주의인민공화국과 대한민국", ["PRK", "KOR"]),
    ],
)
def test_the_longest_name_wins_so_the_two_koreas_never_mix(language, text, expected):
    assert countries(text, language=language) == expected


def test_an_organisation_takes_the_country_inside_its_name():
    assert named("North Korea’s foreign ministry denied it.") == [("North Korea’s foreign ministry", "dprk-mfa")]
    assert named("МИД КНДР ответил МИД России.") == [("МИД КНДР", "dprk-mfa"), ("МИД России", "russian-mfa")]
    assert named("Le Conseil de sécurité de l’ONU s'est réuni.", language="fr") == [
        ("Conseil de sécurité de l’ONU", "un-security-council")
    ]


@pytest.mark.parametrize(
    ("form", "actor"),
    [
        ("Владимира Путина", "vladimir-putin"), ("Путину", "vladimir-putin"), ("Путиным", "vladimir-putin"),
        ("Ким Чен Ыном", "kim-jong-un"), ("Ким Чен Ына", "kim-jong-un"), ("Ким Чен Ира", "kim-jong-il"),
        ("Сергеем Лавровым", "sergei-lavrov"), ("Лаврове", "sergei-lavrov"), ("Сергея Шойгу", "sergei-shoigu"),
        ("Марией Захаровой", "maria-zakharova"), ("Дмитрием Песковым", "dmitry-peskov"),
        ("Цой Сон Хи", "choe-son-hui"), ("Чхве Сон Хи", "choe-son-hui"), ("Олега Кожемяко", "oleg-kozhemyako"),
        ("Вячеслава Володина", "vyacheslav-volodin"), ("Барака Обамы", "barack-obama"),
        ("Северной Кореей", "north-korea"), ("КНДР", "north-korea"), ("северокорейского", "north-korea"),
        ("северокорейцев", "north-korea"), ("южнокорейскими", "south-korea"), ("россиян", "russia"),
        ("Польшей", "poland"), ("Соединёнными Штатами", "united-states"), ("Белым домом", "white-house"),
        ("Казанью", "kazan"), ("Кремлём", "kremlin"), ("Пхеньяном", "pyongyang"), ("Приморском крае", "primorsky-krai"),
    ],
)
def test_russian_names_are_found_in_every_case(form, actor):
    assert [a for _, a in named(f"Сегодня об этом сообщили {form}.", language="ru")] == [actor]


def test_french_adjectives_agree_and_hyphens_join_two_countries():
    text = "Les troupes russo-nord-coréennes, les Nord-Coréens et l'accord russe ; une délégation sud-coréenne."
    assert countries(text, language="fr") == ["RUS", "PRK", "PRK", "RUS", "KOR"]
    assert countries("Russo-North Korean and Russian–North Korean ties; a US-led group", language="en") == [
        "RUS", "PRK", "RUS", "PRK", "USA",
    ]
    assert countries("развитие российско-северокорейских и американо-южнокорейских связей", language="ru") == [
        "RUS", "PRK", "USA", "KOR",
    ]
    assert countries("600 North Koreans and two Russians", language="en") == ["PRK", "RUS"]


def test_korean_names_take_particles_and_titles_without_a_space():
    text = "푸틴은 김정은이 보낸 최선희를 만났고 미국이 러시아에 경고했다."
    assert [a for _, a in named(text)] == [
        "vladimir-putin", "kim-jong-un", "choe-son-hui", "united-states", "russia",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("북러 정상회담", ["PRK", "RUS"]), ("북·러 밀착", ["PRK", "RUS"]), ("조로 친선, 로씨야", ["PRK", "RUS", "RUS"]),
        ("한미일 공조", ["KOR", "USA", "JPN"]), ("북중러 결속", ["PRK", "CHN", "RUS"]), ("남북 대화", ["KOR", "PRK"]),
        ("김정은 방러", ["PRK", "RUS"]), ("대북 제재", ["PRK"]), ("러우 전쟁", ["RUS", "UKR"]),
        ("러 외무 “北과 협력”…美·日 우려", ["RUS", "PRK", "USA", "JPN"]), ("北러 밀착", ["PRK", "RUS"]),
        ("美국무부 발표", ["USA"]), ("미 국무부 발표", ["USA"]),
    ],
)
def test_korean_abbreviations_give_one_country_a_character(text, expected):
    assert countries(text, language="ko") == expected


@pytest.mark.parametrize("text", ["한미약품 실적", "러닝 대회", "북 콘서트", "10日 개최", "일과 중", "조선 협력과 조선업", "도와주러 갔다"])
def test_korean_words_that_only_look_like_a_country_name_none(text):
    assert named(text, language="ko") == []


def test_capitals_are_read_but_us_is_a_country_only_when_it_can_be():
    assert countries("PUTIN MEETS KIM JONG UN", language="en") == ["RUS", "PRK"]
    assert countries("US WARNS NORTH KOREA", language="en") == ["USA", "PRK"]
    assert countries("COME WITH US", language="en") == []
    assert countries("Let us ask the US.", language="en") == ["USA"]
    assert countries("the turkey, the china cup and polish", language="en") == []


def test_a_direction_is_not_a_country():
    assert named("Troops left the North Korean capital for the North Sea; North Korea denied it.", language="en") == [
        ("North Korean", "north-korea"), ("North Korea", "north-korea"),
    ]
    assert ("the North", "north-korea") in named("North Korea fired; the North has done so before.", language="en")
    assert named("Rain fell in the north and in the North.", language="en") == []
    assert named("The West Bank and the West Coast.", language="en") == []
    west = actors.find("The West fears it.", language="en")
    assert [(s.kind, s.country, s.role) for s in west] == [("collective", "", "western")]


def test_a_bare_kim_is_nobody_until_somebody_is_named():
    assert named("Kim smiled.", language="en") == []
    assert named("Kim smiled.", language="en", context={"kim-jong-un"}) == [("Kim", "kim-jong-un")]
    assert named("Kim Jong Un arrived. Kim smiled.", language="en")[-1] == ("Kim", "kim-jong-un")
    assert named("North Korea's Kim smiled.", language="en")[-1] == ("Kim", "kim-jong-un")


def test_the_leader_takes_the_surname_before_others_and_strangers_take_it_from_both():
    text = "Kim Jong Un came with Kim Yo Jong. Kim spoke. Kim Min-ji sang and Kim Yong Gwan danced."
    assert [a for _, a in named(text, language="en")] == ["kim-jong-un", "kim-yo-jong", "kim-jong-un"]
    text = "В зале были Чо Ён Вон и Чо Чхун Рён. Чо Мин Хо ждал, но Чо ушёл."
    assert [a for _, a in named(text, language="ru")] == ["jo-yong-won", "jo-chun-ryong", "jo-chun-ryong"]


def test_a_namesake_takes_the_bare_surname_away():
    assert named("Medvedev spoke.", language="en") == [("Medvedev", "dmitry-medvedev")]
    assert named("Daniil Medvedev won; Medvedev thanked the crowd.", language="en") == []


def test_spans_point_into_the_text_as_it_was_given():
    text = "Kim Jong‑un и Ёсимаса; Путин… 북ㆍ러"
    for language in ("en", "ru", "ko"):
        for s in actors.find(text, language=language):
            assert text[s.start : s.end] == s.surface


def test_without_a_language_the_script_decides_and_an_unknown_language_finds_nothing():
    assert named("Poutine a reçu Kim Jong-un à Moscou.")[0] == ("Poutine", "vladimir-putin")
    assert actors.find("プーチン大統領", language="ja") == []
    assert actors.find("") == []


def _tables(texts, language="en", day="2023-06-01"):
    sentences = pd.DataFrame(
        {"article_id": "a", "sentence": range(len(texts)), "field": "body", "start": 0, "end": 0, "text": texts,
         "is_quote": False}
    )
    articles = pd.DataFrame({"article_id": ["a"], "language": [language], "published_on": [pd.Timestamp(day)]})
    return sentences, articles


def test_mentions_keep_the_tables_columns_and_a_title_rests_on_its_body():
    sentences, articles = _tables(["Kim heads to Russia", "Kim Jong Un left Pyongyang.", None])
    found = actors.find_mentions(sentences, articles=articles)
    assert list(found.columns) == TABLES["actor_mentions"].names
    assert found[["sentence", "actor_id"]].values.tolist() == [
        [0, "kim-jong-un"], [0, "russia"], [1, "kim-jong-un"], [1, "pyongyang"],
    ]


def test_country_follows_the_office_on_the_day_of_publication():
    for day, country in (("2023-06-01", "NLD"), ("2025-06-01", "NATO")):
        sentences, articles = _tables(["Mark Rutte spoke."], day=day)
        assert actors.find_mentions(sentences, articles=articles)["country"].tolist() == [country]
    sentences, articles = _tables(["Mark Rutte spoke."])
    articles["published_on"] = pd.NaT
    assert actors.find_mentions(sentences, articles=articles)["country"].tolist() == ["NATO"]


def test_no_mention_gives_the_empty_table():
    sentences, articles = _tables(["Nobody was there."])
    assert list(actors.find_mentions(sentences, articles=articles).columns) == TABLES["actor_mentions"].names


def test_co_mentions_count_a_pair_once_a_sentence():
    m = pd.DataFrame(
        {"article_id": "a", "sentence": [0, 0, 0, 1, 2, 2], "actor_id": ["russia", "north-korea", "russia", "russia", "west", "russia"],
         "country": ["RUS", "PRK", "RUS", "RUS", "", "RUS"]}
    )
    assert actors.co_mentions(m)[["sentence", "actor_a", "actor_b"]].values.tolist() == [
        [0, "north-korea", "russia"], [2, "russia", "west"],
    ]
    assert actors.co_mentions(m, by="country").values.tolist() == [["a", 0, "PRK", "RUS"]]


@pytest.mark.parametrize(
    ("actor", "day", "rank"),
    [
        ("vladimir-putin", "2000-02-01", "leader"), ("vladimir-putin", "2010", "minister"),
        ("dmitry-medvedev", "2011-08-24", "leader"), ("choe-son-hui", "2019-11-20", "vice"),
        ("choe-son-hui", "2024-01-16", "minister"), ("sergei-shoigu", "2024-09-13", "minister"),
        ("oleg-kozhemyako", "2023-12-12", "vice"), ("maria-zakharova", "2024-01-01", "delegation"),
        ("kim-jong-il", "2011-08-24", "leader"), ("kim-jong-il", "2015-01-01", ""), ("alexander-matsegora", "2026-01-01", ""),
        ("nobody", "2024-01-01", ""), ("vladimir-putin", None, ""), ("vladimir-putin", pd.NaT, ""),
    ],
)
def test_rank_is_that_of_the_day(actor, day, rank):
    assert actors.rank_at(actor, day) == rank
    assert actors.rank_at(actor, pd.Timestamp(day) if isinstance(day, str) and len(day) == 10 else day) == rank


def test_the_lexicon_is_sound():
    table = read_lexicon("actors")
    kinds = {"person", "state", "demonym", "place", "organisation", "collective", "block", "homonym"}
    assert set(table["kind"]) == kinds
    assert not table.duplicated().any()
    declined = set(zip(*read_lexicon("declensions")[["language", "match"]].T.values.tolist(), strict=True))
    plain = {"word", "open", "free", "prefix", "compound", "acronym", "bare", "hanja"}
    assert {m for m, la in zip(table["match"], table["language"], strict=True) if (la, m) not in declined} <= plain
    one = table[~table["kind"].isin({"block", "homonym"}) & (table["match"] != "compound")]
    per_actor = one.groupby("actor_id")[["kind", "country"]].nunique()
    assert (per_actor["country"] == 1).all()
    assert set(per_actor.index[per_actor["kind"] > 1]) <= set(table.loc[table["kind"] == "demonym", "actor_id"])
    offices = read_lexicon("offices")
    assert set(offices["actor_id"]) <= set(table["actor_id"])
    assert set(offices["rank"]) <= {"leader", "minister", "vice", "delegation"}
    assert ((offices["term_end"] == "") | (offices["term_start"] <= offices["term_end"] + "-99")).all()


@pytest.mark.parametrize("language", ["en", "fr", "ru", "ko"])
def test_every_language_names_the_states_and_the_leaders(language):
    ids = set(read_lexicon("actors").query("language == @language")["actor_id"])
    assert {"russia", "north-korea", "south-korea", "united-states", "ukraine", "vladimir-putin", "kim-jong-un",
            "choe-son-hui", "sergei-lavrov", "un-security-council", "nato", "eu", "g7", "white-house", "kremlin",
            "vladivostok", "wonsan-kalma", "rason", "msmt"} <= ids
