"""Probes: odd scenarios, and what someone who knows combat modelling expects of each, written down before it was first run."""
