"""Scores of an ensemble against a later record, beside forecasts that need no model."""

from situation.ensemble.score.against import score_ensemble
from situation.ensemble.score.naive import Trend, contestable, trend_of
from situation.ensemble.score.proper import brier, crps, log_score

__all__ = ["Trend", "brier", "contestable", "crps", "log_score", "score_ensemble", "trend_of"]
