"""Change one thing in a sentence and the codes change as they must, and in nothing else.

The sentences are in lexicons' languages as templates: {past} and {future} are the same clause in two tenses.
"""

import pytest

from analysis import coding

FIELDS = ("family", "status", "detail", "actor", "counterpart", "direction", "date_start", "voice")

# language, held clause, planned clause, denied clause, how to quote a clause
CLAUSES = [
    ("en", "Russian Foreign Minister Sergey Lavrov visited Pyongyang on {day} {month}.",
     "Russian Foreign Minister Sergey Lavrov will visit Pyongyang on {day} {month}.",
     "The Kremlin denied that Russian Foreign Minister Sergey Lavrov had visited Pyongyang.",
     "“{}”, South Korean lawmaker Park Sun-won said."),
    ("fr", "Le ministre russe des Affaires étrangères, Sergueï Lavrov, s'est rendu à Pyongyang le {day} {month}.",
     "Le ministre russe des Affaires étrangères, Sergueï Lavrov, se rendra à Pyongyang le {day} {month}.",
     "Le Kremlin a démenti que le ministre russe des Affaires étrangères, Sergueï Lavrov, se soit rendu à Pyongyang.",
     "« {} », a déclaré le député sud-coréen Park Sun-won."),
    ("ru", "Министр иностранных дел России Сергей Лавров посетил Пхеньян {day} {month}.",
     "Министр иностранных дел России Сергей Лавров посетит Пхеньян {day} {month}.",
     "В Кремле опровергли, что министр иностранных дел России Сергей Лавров посетил Пхеньян.",
     "«{}», — заявил южнокорейский депутат Пак Сон Вон."),
    ("ko", "세르게이 라브로프 러시아 외무장관이 {month} {day}일 평양을 방문했다.",
     "세르게이 라브로프 러시아 외무장관이 {month} {day}일 평양을 방문할 예정이다.",
     "크렘린궁은 세르게이 라브로프 러시아 외무장관이 평양을 방문했다는 보도를 부인했다.",
     "“{}” 박선원 한국 의원이 말했다."),
]
MONTHS = {"en": ("October", "December"), "fr": ("octobre", "décembre"), "ru": ("октября", "декабря"), "ko": ("10월", "12월")}
PUBLISHED = "2023-11-20"


def coded(sentence, language, published=PUBLISHED):
    return coding.code_article("", sentence, language=language, published=published)


def values(mentions):
    return sorted(tuple(getattr(m, f) for f in FIELDS) for m in mentions)


def visit(sentence, language, published=PUBLISHED):
    visits = [m for m in coded(sentence, language, published) if m.family == "visit"]
    assert len(visits) == 1, (sentence, visits)
    return visits[0]


@pytest.mark.parametrize(("language", "held", "planned", "denied", "quote"), CLAUSES, ids=lambda v: v if len(v) == 2 else "")
class TestOneClause:
    def test_tense_turns_held_into_planned_and_moves_the_date(self, language, held, planned, denied, quote):
        past = visit(held.format(day=18, month=MONTHS[language][0]), language)
        ahead = visit(planned.format(day=18, month=MONTHS[language][1]), language)
        assert (past.status, past.date_start) == ("held", "2023-10-18")
        assert (ahead.status, ahead.date_start) == ("planned", "2023-12-18")
        assert [getattr(past, f) for f in ("detail", "actor", "counterpart", "direction", "voice")] == [
            getattr(ahead, f) for f in ("detail", "actor", "counterpart", "direction", "voice")]

    def test_a_year_later_only_the_dates_move(self, language, held, planned, denied, quote):
        sentence = held.format(day=18, month=MONTHS[language][0])
        now, later = visit(sentence, language), visit(sentence, language, "2024-11-20")
        assert (now.date_start, later.date_start) == ("2023-10-18", "2024-10-18")
        assert [getattr(now, f) for f in FIELDS if f != "date_start"] == [
            getattr(later, f) for f in FIELDS if f != "date_start"]

    def test_a_denial_is_denied(self, language, held, planned, denied, quote):
        assert visit(denied, language).status == "denied"

    def test_quoting_moves_the_voice_and_nothing_else(self, language, held, planned, denied, quote):
        plain = held.format(day=18, month=MONTHS[language][0])
        quoted = visit(quote.format(plain.rstrip(".")), language)
        assert quoted.voice == "quoted"
        alone = visit(plain, language)
        assert [getattr(alone, f) for f in FIELDS if f != "voice"] == [getattr(quoted, f) for f in FIELDS if f != "voice"]


SWAPS = [
    ("en", "Vladimir Putin arrived in Pyongyang on Tuesday.", "Kim Jong Un arrived in Vladivostok on Tuesday."),
    ("fr", "Vladimir Poutine est arrivé à Pyongyang mardi.", "Kim Jong-un est arrivé à Vladivostok mardi."),
    ("ru", "Владимир Путин прибыл в Пхеньян во вторник.", "Ким Чен Ын прибыл во Владивосток во вторник."),
    ("ko", "블라디미르 푸틴 대통령이 14일 평양에 도착했다.", "김정은 국무위원장이 14일 블라디보스토크에 도착했다."),
]


@pytest.mark.parametrize(("language", "there", "back"), SWAPS)
def test_swapping_the_actors_turns_the_direction_and_nothing_else(language, there, back):
    out, home = visit(there, language, "2023-11-16"), visit(back, language, "2023-11-16")
    assert (out.actor, out.counterpart, out.direction) == ("RUS", "PRK", "RUS>PRK")
    assert (home.actor, home.counterpart, home.direction) == ("PRK", "RUS", "PRK>RUS")
    assert (out.status, out.detail, out.date_start) == (home.status, home.detail, home.date_start)
    assert out.date_start == "2023-11-14"


@pytest.mark.parametrize("language", ["en", "fr", "ru", "ko"])
@pytest.mark.parametrize(
    "text",
    ["", " ", "…", "Kim", "푸틴", "RUSSIA NORTH KOREA VISIT", "Путин; Ким; Пхеньян; 2024", "| a | b |\n|---|---|", "«" * 50,
     "Kim 방문 Путин signe 조약", "\ud800 broken", "visit " * 3000],
)
def test_what_cannot_be_coded_is_left_uncoded(language, text):
    for mention in coding.code_article(text, text, language=language, published=PUBLISHED):
        assert mention.date_start == "" or mention.date_start[:4] in ("2022", "2023", "2024")


def test_an_unsupported_language_codes_nothing():
    assert coding.code_article("", "Putin besucht Nordkorea.", language="unsupported", published=PUBLISHED) == []
