"""Redaction profiles: which audience may see what, as YAML, and how it is read."""
