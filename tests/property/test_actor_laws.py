"""Laws of the matcher that hold for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import actors
from analysis.lexicons import read_lexicon

_FORMS = read_lexicon("actors")["form"].str.replace("[~+]", "", regex=True).sample(400, random_state=7).tolist()
_FILLER = [" ", ", ", ". ", "-", "–", "·", "는 ", "\n", "US", "us", "Kim", "Ким", "北", "러", "중", "’s ", "«", "x", "й", "в ", "12"]
_TEXTS = st.lists(st.sampled_from(_FORMS + _FILLER * 8), max_size=14).map("".join) | st.text(max_size=60)
_LANGUAGES = st.sampled_from(["en", "fr", "ru", "ko", None])


@settings(max_examples=300, deadline=None)
@given(text=_TEXTS, language=_LANGUAGES)
def test_spans_are_ordered_disjoint_and_quote_the_text(text, language):
    spans = actors.find(text, language=language)
    position = 0
    for s in spans:
        assert position <= s.start < s.end <= len(text)
        assert text[s.start : s.end] == s.surface
        assert s.actor_id and s.kind not in ("block", "homonym")
        position = s.end


@settings(max_examples=100, deadline=None)
@given(text=_TEXTS, language=_LANGUAGES)
def test_context_only_adds_or_moves_bare_surnames(text, language):
    without = {(s.start, s.end) for s in actors.find(text, language=language)}
    with_context = {(s.start, s.end) for s in actors.find(text, language=language, context=["kim-jong-un", "north-korea"])}
    assert without <= with_context
