"""Measurements of Vínculos; not part of the package."""
