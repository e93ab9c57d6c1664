"""How soon a network page is made and drawn, beside stock pyvis, gravis and neo4j-viz.

    pip install gravis neo4j-viz
    python benchmarks/pages.py --nodes 300 1000 3000 10000

Each draws the same seeded graph: `vinculos` from memory, as the others do, `vinculos view` with the
whole command, from an embedded engine that runs and holds it. The first drawing is the moment in
which the page has drawn half as many shapes as there are nodes, counted from the start of the
navigation, in a new Chromium tab that reaches no network; one that takes longer than `--patience`
seconds is given up. Then each control of our page is used once at `--controls` nodes, timed from
the act to the next frame.
Nothing is asserted on time: what it prints is a measurement.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.engines import empty, engine, variables  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.networks import large  # noqa: E402
from vinculos.graph.network import Network  # noqa: E402
from vinculos.graph.records import NodeRef  # noqa: E402
from vinculos.graph.store import connect  # noqa: E402
from vinculos.loaders.load import load_folder  # noqa: E402
from vinculos.settings import Settings  # noqa: E402
from vinculos.views.view import About, render  # noqa: E402

# Counts shapes on 2D canvases, triangles by WebGL, and circles in SVG.
WATCH = """
  window.shapes = 0;
  window.reached = 0;
  window.wanted = Infinity;
  const note = (more) => {
    window.shapes += more;
    if (!window.reached && window.shapes >= window.wanted) window.reached = performance.now();
  };
  for (const name of ["arc", "ellipse", "rect", "fillRect"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...rest) {
      note(1);
      return draw.apply(this, rest);
    };
  }
  for (const kind of [WebGLRenderingContext, WebGL2RenderingContext]) {
    for (const name of ["drawArrays", "drawElements", "drawArraysInstanced"]) {
      const draw = kind.prototype[name];
      if (draw) kind.prototype[name] = function (...rest) {
        note(rest[2] ?? rest[1] ?? 1);
        return draw.apply(this, rest);
      };
    }
  }
  new MutationObserver(() => note(document.querySelectorAll("svg circle, svg ellipse").length))
    .observe(document, { childList: true, subtree: true });
"""
CONTROLS: Mapping[str, str] = {
    "type off": "document.querySelector('[data-kind]').click()",
    "type on": "document.querySelector('[data-kind]').click()",
    "grade off": "document.querySelector('[data-level]').click()",
    "grade on": "document.querySelector('[data-level]').click()",
    "search": "const s = document.querySelector('#search'); s.value = 'numero 7'; "
    "s.dispatchEvent(new Event('input'))",
    "go to found": "document.querySelector('#next').click()",
    "only neighbours": "document.querySelector('#details .actions button').click()",
    "undo": "document.querySelector('#undo').click()",
    "language": "document.querySelector('#language').click()",
    "tables": "document.querySelector('#show').click()",
    "sort": "document.querySelector('#nodes thead button').click()",
    "type off, tables shown": "document.querySelector('[data-kind]').click()",
    "everything": "document.querySelector('#everything').click()",
}
PATIENCE = 120.0
COMMAND = "from vinculos.cli import run; run()"
Maker = Callable[[Network, Path], None]


@dataclass
class Result:
    """What was measured of one maker at one size; `drawn` is None where it was given up."""

    maker: str
    nodes: int
    made: float
    size: int
    drawn: float | None


def ours(network: Network, file: Path) -> None:
    """Write our page."""
    file.write_bytes(render(network, About("Benchmark"), lang="en").encode())


class View:
    """Writes our page with the command, from an engine that runs."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings of the engine."""
        self._settings = settings

    def hold(self, network: Network, folder: Path) -> None:
        """Load a network, as people and what they are to each other, in the place of all else."""
        folder.mkdir()
        tables: dict[str, list[dict[str, str]]] = {
            "sources": [{"source_id": "s1", "publisher": "Gazette", "published_on": "2025-01-10"}],
            "people": [
                {"person_id": _key(key), "name": node.properties["name"], "source_ids": "s1"}
                for key, node in network.nodes.items()
            ],
            "relationships": [
                {
                    "from_person_id": _key(edge.start),
                    "to_person_id": _key(edge.end),
                    "kind": edge.properties["kind"],
                    "source_ids": "s1",
                }
                for edge in network.edges
            ],
        }
        for name, rows in tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        empty(self._settings)
        with connect(self._settings) as store:
            load_folder(store, folder)

    def __call__(self, network: Network, file: Path) -> None:
        """Write the page of all that the graph holds."""
        limit = str(len(network.nodes))
        arguments = ["view", "whole", "--limit", limit, "--force", "-o", str(file)]
        subprocess.run(
            [sys.executable, "-c", COMMAND, *arguments],
            env=variables(self._settings),
            capture_output=True,
            check=True,
        )


def _key(ref: NodeRef) -> str:
    return ref.id.partition(":")[2]


def stock_pyvis(network: Network, file: Path) -> None:
    """Write the page of pyvis as it comes, its scripts in it."""
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True, cdn_resources="in_line")
    for key, node in network.nodes.items():
        drawing.add_node(key.id, label=node.properties["name"])
    for edge in network.edges:
        drawing.add_edge(edge.start.id, edge.end.id)
    file.write_text(drawing.generate_html(), encoding="utf-8")


def gravis(network: Network, file: Path) -> None:
    """Write the vis.js page of gravis."""
    made = importlib.import_module("gravis")
    made.vis(_networkx(network)).export_html(str(file))


def neo4j_viz(network: Network, file: Path) -> None:
    """Write the page of neo4j-viz, drawn on a canvas."""
    viz = importlib.import_module("neo4j_viz")
    numbers = {key: number for number, key in enumerate(network.nodes)}
    graph = viz.VisualizationGraph(
        nodes=[
            viz.Node(id=number, caption=network.nodes[key].properties["name"])
            for key, number in numbers.items()
        ],
        relationships=[
            viz.Relationship(source=numbers[e.start], target=numbers[e.end]) for e in network.edges
        ],
    )
    file.write_text(graph.render(max_allowed_nodes=20_000).data, encoding="utf-8")


VIEW = "vinculos view"
MAKERS: Mapping[str, Maker] = {
    "vinculos": ours,
    "pyvis": stock_pyvis,
    "gravis": gravis,
    "neo4j-viz": neo4j_viz,
}


def _networkx(network: Network) -> object:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for key, node in network.nodes.items():
        graph.add_node(key.id, label=node.properties["name"])
    graph.add_edges_from((edge.start.id, edge.end.id) for edge in network.edges)
    return graph


@contextlib.contextmanager
def opened(browser: Browser, file: Path, wanted: int) -> Iterator[Page]:
    """Give a tab on its way to the page, without a network."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.add_init_script(WATCH + f"window.wanted = {wanted};")
    page.goto(file.as_uri(), wait_until="commit")
    try:
        yield page
    finally:
        context.close()


def first_drawing(browser: Browser, file: Path, nodes: int, patience: float) -> float | None:
    """Return the seconds to the first drawing, None where they are more than `patience`."""
    with opened(browser, file, nodes // 2) as page:
        return reached(page, patience)


def reached(page: Page, patience: float) -> float | None:
    """Return the seconds after which the drawing was there, None where it takes too long."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        # A page that is busy answers late, one that was left while it loads not at all.
        with contextlib.suppress(Error):
            if milliseconds := page.evaluate("window.reached"):
                return float(milliseconds) / 1000
        time.sleep(0.05)
    return None


def controls(browser: Browser, file: Path, nodes: int, repeat: int) -> dict[str, float]:
    """Return the median seconds from each act to the frame after it."""
    seconds: dict[str, list[float]] = {name: [] for name in CONTROLS}
    for _ in range(repeat):
        with opened(browser, file, nodes // 2) as page:
            reached(page, PATIENCE)
            for name, act in CONTROLS.items():
                taken = page.evaluate(
                    "() => new Promise((done) => { const began = performance.now(); "
                    f"{act}; requestAnimationFrame(() => requestAnimationFrame(() => "
                    "done(performance.now() - began))); })"
                )
                seconds[name].append(taken / 1000)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def measure(
    browser: Browser,
    name: str,
    maker: Maker,
    nodes: int,
    folder: Path,
    repeat: int,
    patience: float,
) -> Result:
    """Return how long one maker takes for a graph of that many nodes."""
    network, file = large(nodes), folder / f"{name}-{nodes}.html"
    if isinstance(maker, View):
        maker.hold(network, folder / f"{nodes}")
    made, drawn = [], []
    for _ in range(repeat):
        began = time.perf_counter()
        maker(network, file)
        made.append(time.perf_counter() - began)
        drawn.append(first_drawing(browser, file, nodes, patience))
        if drawn[-1] is None:
            break
    known = [seconds for seconds in drawn if seconds is not None]
    middle = statistics.median(known) if len(known) == len(drawn) else None
    return Result(name, nodes, statistics.median(made), file.stat().st_size, middle)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure as the command line says, and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--nodes", nargs="+", type=int, default=[300, 1000, 3000, 10_000])
    parser.add_argument("--maker", nargs="+", choices=[VIEW, *MAKERS], default=[VIEW, *MAKERS])
    parser.add_argument("--controls", type=int, default=5000, help="nodes, 0: leave them out")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--patience", type=float, default=PATIENCE)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    given = parser.parse_args(arguments)
    os.environ["CI"] = "true"
    results: list[Result] = []
    taken: dict[str, float] = {}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(chromium())
        makers = dict(MAKERS)
        if VIEW in given.maker:
            makers[VIEW] = View(stack.enter_context(engine("embedded", folder / "engine")))
        print("| page | nodes | made in s | MB | first drawing in s |\n|---|---:|---:|---:|---:|")
        for nodes in given.nodes:
            for maker in given.maker:
                one = measure(
                    browser, maker, makers[maker], nodes, folder, given.repeat, given.patience
                )
                drawn = f"{one.drawn:.2f}" if one.drawn else f"over {given.patience:.0f}"
                print(
                    f"| {maker} | {nodes:,} | {one.made:.2f} | {one.size / 1e6:.2f} | {drawn} |",
                    flush=True,
                )
                results.append(one)
        if given.controls:
            file = folder / "controls.html"
            ours(large(given.controls), file)
            taken = controls(browser, file, given.controls, given.repeat)
            print(f"\n| control at {given.controls:,} nodes | s |\n|---|---:|")
            for control, seconds in taken.items():
                print(f"| {control} | {seconds:.3f} |")
    if given.json:
        figures = {"pages": [vars(one) for one in results], "controls": taken}
        given.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
