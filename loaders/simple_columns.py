"""The simple shape: four sheets for case workers, a person a row, the source beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vinculos.graph.words import (
    BASIS,
    CHARGE_STATUS,
    CONFIDENCE,
    CUSTODY_STATUS,
    GENDER,
    HELD_BECAUSE_OF,
    INVOLVEMENT,
    KINSHIP,
    ORGANIZATION_KIND,
    Words,
)

MORE_SOURCES = 3
"""Sources that a row may name; those after the first in columns of the same names with a number."""


@dataclass(frozen=True)
class SimpleColumn:
    """One column: its header and what it holds, in both languages.

    `kind` is text, list, date, number, flag, word, key (of the row's person), person (a name or
    key) or link. `also` are other headers taken for it.
    """

    key: str
    en: str
    es: str
    what_en: str
    what_es: str
    kind: str = "text"
    required: bool = False
    words: Words | None = None
    also: tuple[str, ...] = ()

    def header(self, lang: str) -> str:
        """Return the header in `lang` (`en` or `es`)."""
        return self.es if lang == "es" else self.en

    def what(self, lang: str) -> str:
        """Return what it holds, in `lang`."""
        return self.what_es if lang == "es" else self.what_en


@dataclass(frozen=True)
class Shape:
    """One of the four sheets: its names and columns."""

    key: str
    en: str
    es: str
    what_en: str
    what_es: str
    columns: tuple[SimpleColumn, ...]
    also: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Return the sheet's name in `lang`."""
        return self.es if lang == "es" else self.en

    def what(self, lang: str) -> str:
        """Return what a row of it is, in `lang`."""
        return self.what_es if lang == "es" else self.what_en


_C = SimpleColumn
# A formatter would give each text a line of its own.
# fmt: off
_SOURCE = (
    _C("publisher", "Source", "Fuente", "Who published it: paper, radio, NGO, court; or whom you "
       "asked", "Quién lo publicó: medio, ONG, tribunal; o a quién preguntó usted", required=True,
       also=("publisher", "source publisher", "medio", "fuente (medio)")),
    _C("published", "Source date", "Fecha de la fuente", "Day of publication or of the interview",
       "Día de la publicación o de la entrevista", "date"),
    _C("link", "Link", "Enlace", "Address of the page, with https://",
       "Dirección de la página, con https://", "link",
       also=("source link", "url", "enlace de la fuente")),
    _C("title", "Source title", "Título de la fuente", "Title of the article or document",
       "Título del artículo o documento"),
    _C("restricted", "Source not public", "Fuente reservada",
       "yes for an interview or a paper given in confidence: never shown outside the team",
       "sí para una entrevista o un documento confiado: nunca se muestra fuera del equipo", "flag"),
)
_CONFIDENCE = _C("confidence", "Confidence", "Grado de certeza",
                 "How sure the row is; blank: reported",
                 "Qué tan segura es la fila; en blanco: informado", "word", words=CONFIDENCE)
_SOURCED = (*_SOURCE, _CONFIDENCE)
_KEY = _C("key", "Key", "Clave", "Only to tell namesakes apart, or to name a minor without a name: "
          "a short word of your choice, the same in every row of the person",
          "Solo para distinguir homónimos, o para una persona menor de edad: una palabra breve que "
          "usted elige, la misma en todas sus filas", "key", also=("id",))
_NAME = _C("name", "Name", "Nombre", "Full name, always written alike. Of a minor write `minor 1` "
           "or fill in the key; a minor's name is never stored",
           "Nombre completo, siempre escrito igual. De una persona menor de edad escriba "
           "`adolescente 1` o llene la clave; su nombre nunca se guarda",
           required=True, also=("full name", "nombre completo", "nombre y apellido"))
_BORN = _C("born", "Date of birth", "Fecha de nacimiento", "Date of birth, also only the year",
           "Fecha de nacimiento, también solo el año", "date", also=("born", "nacimiento"))
_MINOR = _C("is_minor", "Under 18", "Menor de edad", "yes if under 18: the name is then never "
            "stored or printed", "sí si es menor de 18 años: el nombre nunca se guarda ni se "
            "imprime", "flag", also=("minor", "is minor", "menor"))
_GENDER = _C("gender", "Gender", "Género", "Gender", "Género", "word", words=GENDER,
             also=("sex", "sexo"))
_PROTECTED = _C("protected", "Protected", "Con protección", "yes if the person must never be shown "
                "outside the team", "sí si la persona nunca debe mostrarse fuera del equipo",
                "flag", also=("protegida", "protegido"))
_SUMMARY = _C("summary", "Note", "Nota", "One sentence on the person", "Una frase sobre la persona",
              also=("summary", "resumen", "notes", "notas", "observaciones"))
_DETAINEE = _C("detainee", "Detainee", "Detenido", "Name or key as in the sheet of detainees",
               "Nombre o clave como en la hoja de detenidos", "person", True,
               also=("detenida", "persona detenida", "detenido o detenida"))
_TAKEN = _C("taken", "Taken on", "Fecha de detención", "Which detention, if there are several: its "
            "day as in the sheet of detainees", "De cuál detención se trata, si hay varias: su "
            "fecha como en la hoja de detenidos", "date", also=("detained on", "detenido el"))

DETAINEES = Shape("detainees", "detainees", "detenidos",
    "One detention of one person a row; a new arrest is a new row with the same name",
    "Una detención de una persona por fila; una nueva detención es otra fila con el mismo nombre",
    (
        _NAME,
        replace(_TAKEN, what_en="Day of the taking; also `2025-01` or `2025`",
                what_es="Día de la detención; también `2025-01` o `2025`"),
        _C("org", "Taken by", "Organismo que detuvo", "Force that took the person, only where the "
           "source names it", "Cuerpo que detuvo, solo si la fuente lo nombra",
           also=("detained by", "by", "detenido por", "organismo aprehensor")),
        _C("place", "Place of detention", "Lugar de detención", "Last known place; `home` for "
           "house arrest, never an address", "Último lugar conocido; `casa` en el arresto "
           "domiciliario, nunca una dirección", also=("place", "lugar", "lugar de reclusión")),
        _C("place_since", "In that place since", "En ese lugar desde", "First day there",
           "Primer día allí", "date"),
        _C("status", "Status", "Situación", "Where the detention stands",
           "En qué situación está la detención", "word", True, CUSTODY_STATUS,
           also=("estatus", "estado", "situación actual")),
        _C("status_on", "Status known on", "Situación al día", "Day for which that is known",
           "Día al que se conoce esa situación", "date", also=("status as of", "status on")),
        _C("ended", "Ended on", "Fecha de salida", "Day of the release, escape or death; blank is "
           "unknown", "Día de la excarcelación, fuga o muerte; en blanco es desconocido", "date",
           also=("released on", "fecha de excarcelación", "fecha de liberación")),
        _C("basis", "Reason", "Motivo", "Why, in one word of the list",
           "Por qué, en una palabra de la lista", "word", words=BASIS, also=("basis",)),
        _C("because_of", "Held because of", "Detenido a causa de", "Name or key of the person on "
           "whom the detention puts pressure", "Nombre o clave de la persona a la que se quiere "
           "presionar con la detención", "person", also=("rehén por", "detenida a causa de")),
        _C("kinship", "Relation to that person", "Vínculo con esa persona", "What the detainee is "
           "to that person; blank: relative", "Qué es la persona detenida de aquella; en blanco: "
           "familiar", "word", words=KINSHIP),
        _C("strength", "Source says so", "La fuente lo afirma", "yes: the source says it in its "
           "own voice; alleged (also where blank): it quotes somebody; no: it denies it",
           "sí: la fuente lo afirma con su propia voz; según se alega (también en blanco): cita a "
           "alguien; no: lo niega", "word", words=HELD_BECAUSE_OF, also=("how strong",)),
        _C("asserted_by", "Who says so", "Quién lo afirma", "Who says that it is because of that "
           "person; several with `;`", "Quién dice que es a causa de esa persona; varios con `;`",
           "list"),
        _C("case", "Case", "Caso", "Name of the joint case or alleged plot, always written alike",
           "Nombre del caso conjunto o presunto plan, siempre escrito igual", also=("causa",)),
        _C("sentence_years", "Sentence in years", "Condena en años", "Whole sentence, in years",
           "Condena total, en años", "number", also=("sentence years", "años de condena")),
        _C("sentenced_on", "Sentenced on", "Fecha de condena", "Day of the sentence",
           "Día de la condena", "date"),
        _C("aliases", "Other names", "Otros nombres", "Other names and spellings, with `;`",
           "Otros nombres y grafías, con `;`", "list", also=("aliases", "alias", "apodo")),
        _GENDER,
        _C("nationality", "Nationality", "Nacionalidad", "Several with `;`", "Varias con `;`",
           "list"),
        _BORN,
        _C("mother", "Mother's name", "Nombre de la madre", "Tells namesakes apart",
           "Distingue homónimos"),
        _MINOR, _PROTECTED, _SUMMARY, *_SOURCED, _KEY,
    ),
    ("personas detenidas", "detenidas", "detenidas y detenidos", "presos políticos"),
)

RELATIVES = Shape("relatives", "relatives", "familiares",
    "One tie of one person to one detainee a row", "Un vínculo de una persona con una detenida "
    "por fila",
    (
        _NAME,
        _DETAINEE,
        _C("kinship", "Relation", "Vínculo", "What this person is to the detainee: mother, son, "
           "sister, lawyer …", "Qué es esta persona de la detenida: madre, hijo, hermana, abogado "
           "…", "word", True, KINSHIP, also=("kinship", "parentesco", "relation to detainee")),
        _C("detail", "Detail", "Detalle", "The tie in words, such as `half-sister`",
           "El vínculo en palabras, como `media hermana`"),
        _MINOR, _BORN, _GENDER, _PROTECTED, _SUMMARY, *_SOURCED, _KEY,
    ),
    ("family",),
)

OFFICIALS = Shape("officials", "officials", "funcionarios",
    "One post, or one thing done in one detention, a row",
    "Un cargo, o una actuación en una detención, por fila",
    (
        _NAME,
        _C("post", "Post", "Cargo", "Title of the post, such as `Director`; needs the organization",
           "Nombre del cargo, como `Director`; requiere el organismo",
           also=("post title", "title", "puesto", "position")),
        _C("org", "Organization", "Organismo", "Where the post is: force, court, ministry",
           "Dónde es el cargo: cuerpo, tribunal, ministerio",
           also=("organización", "institución", "institution")),
        _C("org_kind", "Kind of organization", "Tipo de organismo", "Kind, from the list",
           "Tipo, de la lista", "word", words=ORGANIZATION_KIND),
        _C("from", "From", "Desde", "First day in the post", "Primer día en el cargo", "date"),
        _C("to", "To", "Hasta", "Last day in the post; blank is unknown",
           "Último día en el cargo; en blanco es desconocido", "date"),
        _C("role", "Role", "Papel", "What the official did in the detention, or, without a "
           "detainee, over the organization", "Qué hizo en la detención o, sin persona detenida, "
           "sobre el organismo", "word", words=INVOLVEMENT,
           also=("role in the detention", "papel en la detención", "rol")),
        replace(_DETAINEE, required=False),
        _TAKEN, _GENDER, _PROTECTED, _SUMMARY, *_SOURCED, _KEY,
    ),
    ("funcionarias y funcionarios",),
)

CHARGES = Shape("charges", "charges", "cargos",
    "One charge in one detention a row", "Un delito imputado en una detención por fila",
    (
        _DETAINEE,
        _TAKEN,
        _C("charge", "Charge", "Delito", "Name of the offence, always written alike",
           "Nombre del delito, siempre escrito igual", required=True,
           also=("offence", "delito imputado", "cargo", "imputación")),
        _C("law", "Law", "Ley", "Law that the offence is in", "Ley que prevé el delito"),
        _C("status", "Status", "Situación", "Where the charge stands",
           "En qué situación está la imputación", "word", words=CHARGE_STATUS,
           also=("estatus", "estado")),
        _C("charged_on", "Charged on", "Fecha de imputación", "Day of the charge or of the "
           "decision: the day for which the status is known", "Día de la imputación o de la "
           "decisión: día al que se conoce la situación", "date", also=("status known on",)),
        *_SOURCED,
    ),
    ("delitos", "imputaciones"),
)

# fmt: on

SHAPES = (DETAINEES, RELATIVES, OFFICIALS, CHARGES)
"""In the order of the workbook."""


def numbered(number: int) -> tuple[SimpleColumn, ...]:
    """Return the columns of another source of the same row: `Source 2`, `Link 2` and so on."""
    return tuple(
        replace(
            column,
            key=f"{column.key}_{number}",
            en=f"{column.en} {number}",
            es=f"{column.es} {number}",
            required=False,
            also=tuple(f"{name} {number}" for name in column.also),
        )
        for column in _SOURCE
    )
