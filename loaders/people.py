"""people.csv: detainees, relatives, officials, lawyers, public figures."""

from __future__ import annotations

from vinculos.loaders.declare import Column, Table

TABLE = Table(
    "people",
    "Everybody: detainees, relatives, officials, lawyers, public figures",
    "Todas las personas: detenidas, familiares, funcionarios, abogados, figuras públicas",
    (
        Column(
            "person_id",
            "Key of the person",
            "Clave de la persona",
            "id",
            True,
            example=("person-1", "person-2"),
        ),
        Column(
            "name",
            "Full name; of a minor, any text: it is never stored",
            "Nombre completo; de una persona menor de edad, cualquier texto: nunca se guarda",
            required=True,
            field="name",
            example=("Example Person One", "Example Person Two"),
        ),
        Column(
            "aliases",
            "Other names and spellings, separated by `;`",
            "Otros nombres y grafías, separados por `;`",
            field="aliases",
        ),
        Column(
            "role_types",
            "What the person is in the file, separated by `;`",
            "Qué es la persona en el expediente, separado por `;`",
            field="roles",
            example=("detainee", "relative;official"),
        ),
        Column("gender", "f, m or x", "f, m o x", field="gender", example=("f",)),
        Column(
            "nationality",
            "Nationalities, separated by `;`",
            "Nacionalidades, separadas por `;`",
            field="nationality",
        ),
        Column("born", "Date of birth", "Fecha de nacimiento", field="born"),
        Column("died", "Date of death", "Fecha de muerte", field="died"),
        Column(
            "mother_name",
            "Mother's name, to tell namesakes apart",
            "Nombre de la madre, para distinguir homónimos",
            field="mother_name",
        ),
        Column(
            "is_minor",
            "true if under 18: the name is then never stored or printed",
            "true si es menor de 18 años: el nombre nunca se guarda ni se imprime",
            field="is_minor",
            example=("false",),
        ),
        Column(
            "protected",
            "true if the person is never to be shown outside the team",
            "true si la persona nunca debe mostrarse fuera del equipo",
            field="protected",
        ),
        Column("summary", "One sentence", "Una frase", field="summary"),
    ),
    ("person_id",),
    "Person",
)
