"""Scripted reports: Markdown with questions, filled from the graph."""
