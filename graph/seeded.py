"""igraph with a seed: the same graph gives the same answer each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

SEED = 20260219


@contextmanager
def seeded_igraph() -> Iterator[None]:
    """Have igraph draw its random numbers from `SEED` on, until the block ends."""
    import igraph

    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 (not for secrets)
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
