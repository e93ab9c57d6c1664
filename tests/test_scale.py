"""Sizes and colours of a measured page: more is larger and darker, and the legend says so."""

from __future__ import annotations

import pytest

from tests.networks import small
from vinculos.graph.measured import measure
from vinculos.graph.measures import MEASURES
from vinculos.graph.projection import project
from vinculos.views.scale import GROUPS, OTHER_GROUP, STEPS, UNMEASURED, Scale, scale
from vinculos.views.style import PAPER
from vinculos.views.view import About, render


def test_more_is_larger_and_darker() -> None:
    made = Scale("betweenness", 0.4)
    values = (0.0, 0.05, 0.15, 0.4)
    sizes = [made.size(value) for value in values]
    assert sizes == sorted(set(sizes))
    assert [made.fill(value) for value in values] == list(STEPS)
    assert made.size(None) == UNMEASURED < sizes[0]
    assert made.fill(None) == PAPER
    # Where nothing has any, nothing is divided by it.
    assert Scale("betweenness").fill(0.0) == STEPS[0]


def test_groups_have_colours_and_numbers_behind_the_name() -> None:
    made = Scale("communities", 9, {number: 10 - number for number in range(1, 10)})
    assert [made.fill(number) for number in range(1, 10)] == [*GROUPS, OTHER_GROUP, OTHER_GROUP]
    assert made.behind_name(3) == "\u00a0·\u00a03"
    assert made.behind_name(None) == ""
    shown = dict(made.legend("es"))
    assert shown[GROUPS[0]] == "comunidad 1: 9"
    assert shown[OTHER_GROUP] == "2 grupos más pequeños"


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "shortest_paths"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_measure_is_drawn_and_explained(name: str, lang: str) -> None:
    found = measure(name, project(small()))
    page = render(found.network, About("A test"), lang=lang, measure=name)
    assert MEASURES[name].title[lang == "es"] in page
    for _, said in scale(found.network, name).legend(lang):
        assert said.replace("'", "&#39;") in page
