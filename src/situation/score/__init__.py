"""Scores of an ensemble against a later record, beside forecasts that need no model."""

from situation.score.against import scored
from situation.score.naive import Trend, contestable, trend_of
from situation.score.proper import brier, crps, log_score

__all__ = ["Trend", "brier", "contestable", "crps", "log_score", "scored", "trend_of"]
