"""The measures and projections that there are, by name: declared once, for headers and commands.

What they compute stands in `vinculos.graph.analysis` and `vinculos.graph.projection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = tuple[str, str]
"""A text in English and in Spanish."""


@dataclass(frozen=True)
class Measure:
    """A measure: its name in both languages, how to read its value, and the columns of its rows."""

    name: str
    title: Words
    value: Words
    reading: Words
    columns: tuple[str, ...] = ("name", "label", "value", "ties", "id", "sources")
    needs: tuple[str, ...] = ()
    """The parameters that a question has to have, where it is asked step by step."""


@dataclass(frozen=True)
class Projection:
    """Which part of a network is measured.

    `kin` keeps the ties of kin between people. `joints` says by label what joins people to each
    other, and by which types of tie: two people tied to the same joint are tied.
    """

    name: str
    title: Words
    kin: bool = False
    joints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_GROUP = ("value", "size", "name", "label", "ties", "id", "sources")

MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "degree",
            ("Degree", "Grado"),
            ("neighbours", "vecinos"),
            ("with how many others it is tied", "con cuántos otros tiene vínculo"),
            ("name", "label", "value", "id", "sources"),
        ),
        Measure(
            "betweenness",
            ("Betweenness", "Intermediación"),
            ("betweenness", "intermediación"),
            (
                "share of all shortest paths between two others that pass through it, 0 to 1",
                "parte de todos los caminos más cortos entre otros dos que pasan por él, de 0 a 1",
            ),
        ),
        Measure(
            "pagerank",
            ("PageRank", "PageRank"),
            ("PageRank", "PageRank"),
            (
                "weight by the weight of its neighbours; all together make 1",
                "peso según el de sus vecinos; la suma de todos es 1",
            ),
        ),
        Measure(
            "communities",
            ("Communities", "Comunidades"),
            ("community", "comunidad"),
            (
                "groups with more ties inside than chance would make (modularity); 1 is the "
                "largest; a reading of the ties, not a fact",
                "grupos con más vínculos internos de los que daría el azar (modularidad); el 1 es "
                "el mayor; una lectura de los vínculos, no un hecho",
            ),
            _GROUP,
        ),
        Measure(
            "articulation_points",
            ("Articulation points", "Puntos de articulación"),
            ("parts without it", "partes sin él"),
            (
                "into how many parts its cluster falls without it",
                "en cuántas partes queda dividido su componente si se quita",
            ),
        ),
        Measure(
            "bridges",
            ("Bridges", "Puentes"),
            ("cut off", "quedan separados"),
            (
                "how many the smaller side has when the tie is taken away",
                "cuántos quedan del lado menor si se quita el vínculo",
            ),
            ("name", "other", "value", "confidence", "id", "other_id", "sources"),
        ),
        Measure(
            "k_core",
            ("k-core", "Núcleo k"),
            ("core", "núcleo"),
            (
                "largest k for which it lies in a group whose members all have k ties in it",
                "mayor k para el que está en un grupo cuyos miembros tienen k vínculos en él",
            ),
        ),
        Measure(
            "clusters",
            ("Connected clusters", "Componentes conexos"),
            ("cluster", "componente"),
            (
                "who is connected with whom at all; 1 is the largest",
                "quiénes están conectados entre sí, aunque sea de lejos; el 1 es el mayor",
            ),
            _GROUP,
        ),
        Measure(
            "shortest_paths",
            ("Shortest paths", "Caminos más cortos"),
            ("ties", "vínculos"),
            (
                "how many ties the path has; all shortest ones are listed",
                "cuántos vínculos tiene el camino; se listan todos los más cortos",
            ),
            ("value", "path", "confidence", "disputed", "ids", "sources"),
            ("from", "to", "frontier", "max_length", "limit"),
        ),
    )
}

PROJECTIONS: Mapping[str, Projection] = {
    projection.name: projection
    for projection in (
        Projection(
            "kinship",
            ("people and their kin", "personas y sus familiares"),
            kin=True,
        ),
        Projection(
            "cases",
            (
                "people tied by the same detention (held, official, because of whom) or the same "
                "case",
                "personas vinculadas por la misma detención (persona detenida, funcionario, a "
                "causa de quién) o el mismo caso",
            ),
            joints={
                "Detention": ("DETAINED_IN", "INVOLVED_IN", "BECAUSE_OF"),
                "Case": ("PART_OF_CASE",),
            },
        ),
        Projection(
            "officials",
            (
                "people involved in the same detention",
                "personas que participaron en la misma detención",
            ),
            joints={"Detention": ("INVOLVED_IN",)},
        ),
        Projection("all", ("everything, hubs too", "todo, también lo que todo lo une")),
    )
}

COLUMNS: Mapping[str, tuple[str, str, str]] = {
    "name": ("name", "nombre", "name"),
    "label": ("what", "qué es", "label"),
    "ties": ("neighbours", "vecinos", ""),
    "size": ("size", "tamaño", ""),
    "other": ("name of the other", "nombre del otro", "name"),
    "path": ("path", "camino", ""),
    "confidence": ("weakest tie", "vínculo más débil", "word:confidence"),
    "disputed": ("in dispute", "en disputa", ""),
    "id": ("id", "id", ""),
    "other_id": ("id of the other", "id del otro", ""),
    "ids": ("ids on the way", "ids del camino", ""),
    "sources": ("sources", "fuentes", "sources"),
}
"""The columns of all measures but `value`: English, Spanish, kind."""

GROUPING = ("communities", "clusters")
"""Measures whose value is the number of a group."""
MOST_JOINED = 100
"""A joint with more people than this says nothing of any two of them: it is left out as a hub."""
