"""amnesty_rules.csv: what a law covers, excludes and requires; another law is more rows."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the law of the rule, and the charges and cases that it names."""
    yield Tie("HAS_RULE", row["law_id"], row["rule_id"])
    for named in row.refs("charge_ids") + row.refs("case_ids"):
        yield Tie("NAMES", row["rule_id"], named)


TABLE = Table(
    "amnesty_rules",
    "What an amnesty covers, excludes and requires",
    "Qué ampara, qué excluye y qué exige una amnistía",
    (
        Column("rule_id", "Key of the rule", "Clave de la regla", "id", True, example=("rule-1",)),
        Column("law_id", "The law", "La ley", "ref", True, to=("Law",), example=("law-1",)),
        Column(
            "effect",
            "covers, excludes or requires",
            "covers (ampara), excludes (excluye) o requires (exige)",
            required=True,
            field="effect",
            example=("excludes",),
        ),
        Column(
            "kind",
            "period, event, charge, conduct or procedure",
            "period (período), event (hecho), charge (delito), conduct (conducta) o procedure "
            "(trámite)",
            required=True,
            field="kind",
            example=("charge",),
        ),
        Column(
            "name_en",
            "The rule in English",
            "La regla en inglés",
            field="name_en",
            example=("Example offence left out",),
        ),
        Column(
            "name_es",
            "The rule in Spanish",
            "La regla en español",
            field="name_es",
            example=("Se excluye el delito de ejemplo",),
        ),
        Column(
            "from_on", "First day of the facts covered", "Primer día de los hechos", field="started"
        ),
        Column("to_on", "Last day of the facts covered", "Último día de los hechos", field="ended"),
        Column(
            "charge_ids",
            "Charges that the rule names, separated by `;`",
            "Delitos que nombra la regla, separados por `;`",
            "refs",
            to=("Charge",),
            example=("charge-1",),
        ),
        Column(
            "case_ids",
            "Cases that the rule names, separated by `;`",
            "Casos que nombra la regla, separados por `;`",
            "refs",
            to=("Case",),
        ),
        Column("note", "Note", "Nota", field="note"),
        Column(
            "article", "Articles, separated by `;`", "Artículos, separados por `;`", field="article"
        ),
    ),
    ("rule_id",),
    "Rule",
    ties,
)
