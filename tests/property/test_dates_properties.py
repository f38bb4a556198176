"""What holds of dates whatever the text: bounds, order, no crash, the same answer a year later, nothing lost to speed."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.dates import find_spans
from analysis.dates.lexicon import OPENING, rules_for
from analysis.dates.openers import fold

LANGUAGES = ("en", "fr", "ru", "ko")
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
WORDS = {
    "en": "on Wednesday|last Friday|yesterday|in March|on 31|June|mid-|early|the day before|in 2019|of|-|two weeks ago|"
    "from 12 to 17|next week|Sept. 13,|2023|summer|quarter|will|met|Juche 113|the 27th|later this month",
    "fr": "mercredi|dernier|hier|en mars|le 31|juin|mi-|fin|la veille|en 2019|de|-|il y a deux semaines|du 12 au 17|"
    "semaine prochaine|13 septembre|2023|l'été|trimestre|rencontrera|a reçu|le 27|à la fin du mois",
    "ru": "в среду|прошлую|вчера|в марте|31|июня|в середине|в конце|накануне|в 2019 году|с|-|две недели назад|"
    "с 12 по 17|на следующей неделе|13 сентября|2023|летом|квартал|встретится|принял|27 числа|до конца года",
    "ko": "수요일|지난|어제|3월|31일|6월|중순|말|전날|2019년|의|~|2주 전|12~17일|다음 주|9월 13일|2023년|여름|분기|방문한다|했다|오는|올해",
}
TEXTS = st.sampled_from(LANGUAGES).flatmap(
    lambda lang: st.tuples(
        st.just(lang),
        st.lists(st.one_of(st.sampled_from(WORDS[lang].split("|")), st.text(max_size=6)), max_size=12).map(" ".join),
    )
)
# Expressions whose day moves with the publication date, a tense beside them where it matters.
RELATIVE = [
    ("en", "He left yesterday."),
    ("en", "He will leave in mid-June."),
    ("en", "They met on 25 April."),
    ("en", "They will meet on 25 April."),
    ("en", "They met last September."),
    ("en", "They met last month."),
    ("en", "They met in late March this year."),
    ("fr", "Il est arrivé la veille."),
    ("fr", "Il a été reçu le 25 avril."),
    ("fr", "Il sera reçu fin juin."),
    ("fr", "Il est venu le mois dernier."),
    ("ru", "Он прибыл накануне."),
    ("ru", "Он прибыл 25 апреля."),
    ("ru", "Он прибудет в середине июня."),
    ("ru", "Он прибыл в сентябре прошлого года."),
    ("ko", "그는 어제 도착했다."),
    ("ko", "그는 15일 도착했다."),
    ("ko", "그는 지난달 3일 도착했다."),
    ("ko", "그는 오는 10월 방문할 예정이다."),
    ("ko", "그는 작년 9월 방문했다."),
]


@settings(max_examples=300, deadline=None)
@given(case=TEXTS, published=DAYS, tense=st.sampled_from([None, "past", "future"]))
def test_spans_are_inside_in_order_and_within_bounds(case, published, tense):
    language, text = case
    spans = find_spans(text, published=published, language=language, tense=tense)
    last = 0
    for s in spans:
        assert last <= s.start < s.end <= len(text)
        last = s.end
        assert s.reason
        if not s.date_start:
            assert (s.date_end, s.date_precision) == ("", "unknown")
            continue
        assert len(s.date_start) == len(s.date_end) == {"day": 10, "month": 7, "year": 4}[s.date_precision]
        assert s.date_start <= s.date_end
        assert "1945" <= s.date_start[:4] and int(s.date_end[:4]) <= published.year + 1


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300), language=st.sampled_from([*LANGUAGES, "unsupported", "xx", ""]))
def test_any_text_is_read_without_a_crash(text, language):
    for s in find_spans(text, published="2024-02-07", language=language):
        assert 0 <= s.start < s.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(case=st.sampled_from(RELATIVE), published=DAYS)
def test_a_year_later_the_same_words_mean_a_year_later(case, published):
    language, text = case
    later = published + timedelta(days=365)
    leap = (later.month, later.day) != (published.month, published.day)
    first = find_spans(text, published=published, language=language)[0]
    if leap or "02-29" in first.date_start:
        return
    second = find_spans(text, published=later, language=language)[0]
    assert second.date_start == f"{int(first.date_start[:4]) + 1}{first.date_start[4:]}"
    if "02-2" not in first.date_end:  # February's last day differs in leap years
        assert second.date_end == f"{int(first.date_end[:4]) + 1}{first.date_end[4:]}"


@settings(max_examples=200, deadline=None)
@given(published=DAYS)
def test_a_weekday_is_that_weekday_and_near(published):
    for tense, low, high in (("past", -6, 0), ("future", 0, 6)):
        for name, index in (("Monday", 0), ("Thursday", 3), ("Sunday", 6)):
            (span,) = find_spans(f"on {name}", published=published, language="en", tense=tense)
            day = date.fromisoformat(span.date_start)
            assert day.weekday() == index
            assert low <= (day - published).days <= high


@pytest.mark.parametrize("language", LANGUAGES)
def test_speed_loses_nothing(language):
    """A rule is tried only where a text begins and holds what it can match: whatever it can match must be found so."""
    rules = rules_for(language)

    @settings(max_examples=200, deadline=None)
    @given(data=st.data())
    def check(data):
        rule = data.draw(st.sampled_from(rules.rules))
        text = data.draw(st.from_regex(rule.pattern, fullmatch=True))
        folded = fold(text)
        assert rule in rules.opened_by(folded[:OPENING]), (rule.name, text)
        assert rule.number not in rules.idle_in(folded), (rule.name, text)

    check()
