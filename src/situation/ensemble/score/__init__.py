"""Scores of an ensemble against a later record, beside forecasts that need no model."""

from situation.ensemble.score.against import FORECASTS, score_ensemble
from situation.ensemble.score.past import Past, reachable
from situation.ensemble.score.proper import brier, crps, log_score

__all__ = ["FORECASTS", "Past", "brier", "crps", "log_score", "reachable", "score_ensemble"]
