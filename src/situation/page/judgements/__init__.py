"""Key judgements: from a result, a comparison or the readings of a record to the few sentences that head every door."""

from situation.page.judgements.judgement import Judgement, judgement, words_in
from situation.page.judgements.of_comparison import comparison_judgements
from situation.page.judgements.of_record import record_judgements
from situation.page.judgements.of_stories import story_judgements, weightiest

__all__ = [
    "Judgement",
    "comparison_judgements",
    "judgement",
    "record_judgements",
    "story_judgements",
    "weightiest",
    "words_in",
]
