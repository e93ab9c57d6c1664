"""GraphML and GEXF, for Gephi, networkx, igraph and others: the things of the world and their ties.

What is said of them and where (claims, sources) is not drawn; `sources` of a tie and `publishers`
of both say how well it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import TextIOBase
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from vinculos.exports.attributes import (
    Value,
    edge_attributes,
    edge_values,
    node_attributes,
    node_values,
)
from vinculos.exports.contents import Contents

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://www.gexf.net/1.2draft"


class _Xml(XMLGenerator):
    """XML with an element a line."""

    def __init__(self, out: TextIOBase) -> None:
        super().__init__(out, "utf-8", short_empty_elements=True)
        self.startDocument()

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        self.startElement(name, AttributesImpl(dict(attributes)))

    def element(self, name: str, text: str | None = None, /, **attributes: str) -> None:
        self.open(name, _named(attributes))
        if text is not None:
            self.characters(text)
        self.endElement(name)

    def begin(self, name: str, /, **attributes: str) -> None:
        self.open(name, _named(attributes))
        self.line()

    def end(self, name: str) -> None:
        self.endElement(name)
        self.line()

    def line(self) -> None:
        self.ignorableWhitespace("\n")


def _named(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.rstrip("_").replace("__", "."): value for name, value in attributes.items()}


def write_graphml(contents: Contents, out: TextIOBase, lang: str) -> None:
    """Write a GraphML document: directed, with names in `lang`.

    Raises:
        EngineError: the graph cannot be read.
    """
    xml = _Xml(out)
    xml.begin("graphml", xmlns=GRAPHML)
    of_nodes, of_edges = node_attributes(contents.labels), edge_attributes()
    for domain, declared in (("node", of_nodes), ("edge", of_edges)):
        for name, kind in declared.items():
            xml.element(
                "key", None, id=f"{domain[0]}_{name}", for_=domain, attr__name=name, attr__type=kind
            )
            xml.line()
    xml.begin("graph", edgedefault="directed")
    for node in contents.nodes():
        xml.open("node", {"id": _id(node.label, node.id)})
        _data(xml, "n", {"id": node.id, **node_values(node, lang)})
        xml.end("node")
    for number, edge in enumerate(contents.edges()):
        ends = {"source": _id(*edge.start), "target": _id(*edge.end)}
        xml.open("edge", {"id": edge.id or f"e{number}", **ends})
        _data(xml, "e", edge_values(edge, lang))
        xml.end("edge")
    xml.end("graph")
    xml.end("graphml")


def _data(xml: _Xml, domain: str, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        xml.element("data", _text(value), key=f"{domain}_{name}")


def write_gexf(contents: Contents, out: TextIOBase, lang: str) -> None:
    """Write a GEXF 1.2 document: directed, with names in `lang`.

    Not all releases of networkx that the program takes read 1.3, which nothing here needs. Dates
    are plain attributes: as spells, an unknown end would stand for one without end.

    Raises:
        EngineError: the graph cannot be read.
    """
    xml = _Xml(out)
    xml.begin("gexf", xmlns=GEXF, version="1.2")
    xml.begin("graph", defaultedgetype="directed", mode="static")
    for domain, declared in (
        ("node", node_attributes(contents.labels)),
        ("edge", edge_attributes()),
    ):
        xml.begin("attributes", class_=domain, mode="static")
        for name, kind in declared.items():
            if name != "label":
                xml.element("attribute", None, id=f"{domain[0]}_{name}", title=name, type=kind)
                xml.line()
        xml.end("attributes")
    xml.begin("nodes")
    for node in contents.nodes():
        values = {"id": node.id, **node_values(node, lang)}
        label = str(values.pop("label"))
        xml.open("node", {"id": _id(node.label, node.id), "label": label})
        _attvalues(xml, "n", values)
        xml.end("node")
    xml.end("nodes")
    xml.begin("edges")
    for number, edge in enumerate(contents.edges()):
        values = edge_values(edge, lang)
        label = str(values.pop("label"))
        ends = {"source": _id(*edge.start), "target": _id(*edge.end), "label": label}
        xml.open("edge", {"id": edge.id or f"e{number}", **ends})
        _attvalues(xml, "e", values)
        xml.end("edge")
    xml.end("edges")
    xml.end("graph")
    xml.end("gexf")


def _attvalues(xml: _Xml, domain: str, values: Mapping[str, Value]) -> None:
    xml.open("attvalues", {})
    for name, value in values.items():
        xml.element("attvalue", None, for_=f"{domain}_{name}", value=_text(value))
    xml.endElement("attvalues")


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _id(label: str, id: str) -> str:
    """Return one id for all labels, since a place and a person may be called the same."""
    return f"{label}/{id}"
