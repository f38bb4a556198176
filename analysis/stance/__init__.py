"""Stance in three voices, and the tone of sentences: what happened, how the narrator words it, what sources say of whom.

``targets`` scores a target in a sentence; ``voices`` the narrator and quoted sources in tables; ``speakers`` who evaluates
whom, and articles as a whole; ``events`` what happened. ``evaluative`` holds the measure of evaluative language, ``core``
and ``features`` the trained models of ``models/``, each with a card. ``tone`` is how words sound, not a stance.
"""

from analysis.stance.evaluative import find_evaluations
from analysis.stance.events import event_valence
from analysis.stance.speakers import article_stance, speaker_targets
from analysis.stance.targets import score_targets
from analysis.stance.tone import score_tone
from analysis.stance.voices import score_stance

__all__ = [
    "article_stance", "event_valence", "find_evaluations", "score_stance", "score_targets", "score_tone", "speaker_targets",
]
