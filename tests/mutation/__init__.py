"""Mutation testing: small faults planted in the code one at a time, and which tests notice each."""
