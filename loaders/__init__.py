"""Declarations of the input shapes, and the reading of files."""
