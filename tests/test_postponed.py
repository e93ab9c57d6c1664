"""Libraries that a page does not use are not imported for it, and work where they are used."""

from __future__ import annotations

import subprocess
import sys

DRAWN = """
import sys
from tests.networks import small
from vinculos.views.drawing import draw
from vinculos.views.entries import describe
from vinculos.views.view import About, render

render(small(), About("Prueba"), lang="es")
brought = {"IPython", "IPython.display", "networkx"} & set(sys.modules)
assert "pyvis.network" in sys.modules and not brought, brought
"""
USED = """
drawing = draw(describe(small(), "en"))
import networkx
drawing.from_nx(networkx.path_graph(["uno", "dos"]))
assert "uno" in drawing.get_nodes()
import pyvis.network
from IPython.display import IFrame
assert isinstance(pyvis.network.IFrame("page.html", width=1, height=1), IFrame)
"""
THERE = """
import sys, networkx
from vinculos.views.postponed import postponed

with postponed("networkx", "colorsys"):
    import networkx as same
    from colorsys import rgb_to_hsv
    import colorsys as later
    assert same is networkx
import colorsys
assert later is not colorsys and later.rgb_to_hls is colorsys.rgb_to_hls
assert rgb_to_hsv(1, 0, 0) == colorsys.rgb_to_hsv(1, 0, 0)
"""


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_a_page_brings_neither_notebooks_nor_networkx_along() -> None:
    run(DRAWN)


def test_what_pyvis_does_with_them_still_works() -> None:
    run(DRAWN + USED)


def test_what_is_there_stays_and_what_is_not_comes_when_it_is_used() -> None:
    run(THERE)
