"""Tests of situation: their names are sentences about its behaviour."""
