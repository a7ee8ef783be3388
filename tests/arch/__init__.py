"""Tests of how the project is built: its layers, its words, its packaging."""
