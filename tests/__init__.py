"""Tests; those of the graph run on real engines."""
