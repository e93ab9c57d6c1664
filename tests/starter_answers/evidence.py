"""What the sources say, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable

from tests.starter_answers import Row, answers, by_key, split, table

FIELDS = {
    "sex": "gender",
    "by_org": "ARRESTED_BY",
    "place": "HELD_AT",
    "date_of_conviction": "sentenced_on",
    "started_on": "started",
    "ended_on": "ended",
}
"""What the model calls the words of `field`; the others stay as they are."""
COLUMNS = ("started_on", "ended_on", "sentence_years")


@answers("list_conflicts", columns=("id", "field", "values"))
def conflicts() -> Iterable[Row]:
    """Each row of the contradictions, with what the custody's own row says of that column."""
    for row in table("contradictions"):
        field = row["field"]
        if field.startswith("relation_to_"):
            name = "RELATED_TO"
        else:
            name = FIELDS.get(field, field)
        said = {row["value_a"]: {row["source_a"]}}
        said.setdefault(row["value_b"], set()).add(row["source_b"])
        custody = by_key("detentions", "detention_id").get(row["subject_id"])
        if custody and field in COLUMNS and custody[field]:
            said.setdefault(custody[field], set()).update(split(custody["source_ids"]))
        yield row["subject_id"], name, {value: sorted(by) for value, by in said.items()}
