"""The words that answers use beside those of the data, named in both languages."""

from __future__ import annotations

from vinculos.graph.words import EVENT_KIND, Words

CERTAINTY = Words(
    "certainty", {"confirmed": ("confirmed", "confirmada"), "possible": ("possible", "posible")}
)
DIRECTION = Words("direction", {"out": ("to", "hacia"), "in": ("from", "desde")})
OCCASION = Words(
    "what befell somebody on a day",
    {
        **EVENT_KIND.names,
        "arrest": ("arrest", "detención"),
        "escape": ("escape", "fuga"),
        "post": ("entry into a post", "toma de un cargo"),
    },
)
FINDING = Words("what a finding is", {"lead": ("lead, inferred", "pista, inferida")})
AGAINST = Words(
    "what speaks against a lead",
    {
        "taken_before": ("taken before the event", "detención anterior al hecho"),
        "same_day": ("taken on the same day", "detención en el mismo día"),
        "inexact": ("dates inexact", "fechas inexactas"),
        "own_charges": ("own charges", "delitos que se le imputan"),
        "own_case": ("own case", "caso propio"),
        "own_role": ("own public role or post", "papel público o cargo propio"),
        "own_event": ("own warrant or the like", "orden de captura o hecho propio"),
        "other_basis": ("another basis given", "se da otro motivo"),
        "other_target": ("held because of somebody else", "a causa de otra persona"),
    },
)
AMNESTY_VERDICT = Words(
    "what the rules of an amnesty say of a custody",
    {
        "excluded": ("excluded", "excluida"),
        "covered": ("covered", "amparada"),
        "undetermined": ("undetermined", "sin determinar"),
    },
)
AMNESTY_MISSING = Words(
    "what is not known for a verdict",
    {
        "link": (
            "a source that links the custody or its case to what the law covers",
            "una fuente que vincule la detención o su caso con lo que la ley ampara",
        ),
        "charges": ("the charges", "los delitos imputados"),
        "charge_status": ("where a charge stands", "la situación de una imputación"),
        "facts": ("the dates of the facts", "las fechas de los hechos"),
    },
)
SECTION = Words(
    "section of what is known of an official",
    {
        "post": ("post", "cargo"),
        "detention": ("detention", "detención"),
        "body": ("body as a whole", "cuerpo en su conjunto"),
        "event": ("proceeding or other event", "proceso u otro hecho"),
    },
)
COMMAND = Words(
    "certainty of a chain of command",
    {
        **CERTAINTY.names,
        "undated": ("post without dates", "cargo sin fechas"),
        "stops": (
            "the chain stops: kind of subordination unknown",
            "la cadena se detiene: tipo de subordinación desconocido",
        ),
    },
)
LIFE_EVENT = Words(
    "death or birth",
    {
        "death": ("death in custody", "muerte bajo custodia"),
        "birth": ("birth in custody", "nacimiento en detención"),
    },
)
LIFE_GROUNDS = Words(
    "grounds for a death or birth in custody",
    {
        "status": ("reported as a death in custody", "se informa como muerte bajo custodia"),
        "born": ("date of birth", "fecha de nacimiento"),
        "held": (
            "inferred: held from a day within the mother's custody",
            "se deduce: en detención desde un día de la detención de la madre",
        ),
    },
)
RELEASE_DAY = Words(
    "which day of a release is known",
    {
        "release": ("day of the release", "día de la salida"),
        "report": (
            "day of the report; released on a day unknown",
            "día del informe; se desconoce el de la salida",
        ),
    },
)
CHANGE = Words(
    "what has changed between two states of the data",
    {
        "arrest": ("arrest, new in the data", "detención, nueva en los datos"),
        "because_new": (
            "held because of somebody, new in the data",
            "detención a causa de alguien, nueva en los datos",
        ),
        "because_gone": (
            "held because of somebody: no longer in the data",
            "detención a causa de alguien: ya no está en los datos",
        ),
        "release": ("release", "excarcelación"),
        "death": ("death", "muerte"),
        "transfer": ("transfer", "traslado"),
        "status": ("other status", "otra situación"),
        "dates": ("other date", "otra fecha"),
        "place": ("other place in the data", "otro lugar en los datos"),
        "basis": ("other basis in the data", "otro motivo en los datos"),
        "body_new": (
            "body that took them, new in the data",
            "cuerpo aprehensor, nuevo en los datos",
        ),
        "body_gone": (
            "body that took them, no longer in the data",
            "cuerpo aprehensor que ya no está en los datos",
        ),
        "charge_new": ("charge, new in the data", "imputación, nueva en los datos"),
        "charge_status": ("other status of a charge", "otra situación de una imputación"),
        "charge_gone": (
            "charge no longer in the data",
            "imputación que ya no está en los datos",
        ),
        "sentence": ("other sentence in the data", "otra condena en los datos"),
        "amnesty_new": (
            "request for amnesty, new in the data",
            "solicitud de amnistía, nueva en los datos",
        ),
        "amnesty_changed": (
            "other outcome or date of a request for amnesty",
            "otro resultado u otra fecha de una solicitud de amnistía",
        ),
        "amnesty_gone": (
            "request for amnesty no longer in the data",
            "solicitud de amnistía que ya no está en los datos",
        ),
        "official_new": (
            "official, newly tied in the data",
            "vínculo de un funcionario, nuevo en los datos",
        ),
        "official_gone": (
            "official no longer tied in the data",
            "vínculo de un funcionario que ya no está en los datos",
        ),
        "involved_new": (
            "named in connection with a body, new in the data",
            "mención en relación con un cuerpo, nueva en los datos",
        ),
        "involved_gone": (
            "no longer named in connection with a body in the data",
            "mención en relación con un cuerpo que ya no está en los datos",
        ),
        "event_new": ("part in an event, new in the data", "papel en un hecho, nuevo en los datos"),
        "event_gone": (
            "part in an event no longer in the data",
            "papel en un hecho que ya no está en los datos",
        ),
        "post_new": ("post, new in the data", "cargo, nuevo en los datos"),
        "post_ended": ("end of a post", "fin de un cargo"),
        "post_changed": (
            "other date or detail of a post",
            "otra fecha u otro dato de un cargo",
        ),
        "post_gone": (
            "post no longer in the data; nothing says that it ended",
            "cargo que ya no está en los datos; nada dice que haya terminado",
        ),
        "part_new": (
            "body above another, new in the data",
            "dependencia de un organismo, nueva en los datos",
        ),
        "part_ended": (
            "end of a body's being part of another",
            "fin de la dependencia de un organismo",
        ),
        "part_changed": (
            "other date or kind of a body's being part of another",
            "otra fecha u otro tipo de dependencia de un organismo",
        ),
        "part_gone": (
            "body above another no longer in the data; nothing says that it ended",
            "dependencia de un organismo que ya no está en los datos; nada dice que haya terminado",
        ),
        "relation_new": (
            "tie between two people, new in the data",
            "vínculo entre dos personas, nuevo en los datos",
        ),
        "relation_kind": (
            "other kind of tie between two people",
            "otro tipo de vínculo entre dos personas",
        ),
        "relation_disputed": (
            "tie between two people, now in dispute",
            "vínculo entre dos personas, ahora en disputa",
        ),
        "relation_settled": (
            "tie between two people, no longer in dispute",
            "vínculo entre dos personas, ya no en disputa",
        ),
        "relation_gone": (
            "tie between two people no longer in the data",
            "vínculo entre dos personas que ya no está en los datos",
        ),
        "confidence": (
            "tie said more or less firmly than before",
            "vínculo con otra certeza que antes",
        ),
        "case_new": ("case, new in the data", "caso, nuevo en los datos"),
        "case_changed": ("other name or kind of a case", "otro nombre o tipo de un caso"),
        "case_gone": ("case no longer in the data", "caso que ya no está en los datos"),
        "member_new": (
            "part of a case, new in the data",
            "parte de un caso, nueva en los datos",
        ),
        "member_role": ("other role in a case", "otro papel en un caso"),
        "member_gone": (
            "part of a case no longer, by the data",
            "ya no es parte de un caso, según los datos",
        ),
        "other_key": (
            "the same custody under another key, as it seems (inferred)",
            "la misma detención con otra clave, según parece (inferido)",
        ),
        "gone": (
            "custody no longer in the data; nothing says that it ended",
            "detención que ya no está en los datos; nada dice que haya terminado",
        ),
        "source_new": ("source, new in the data", "fuente, nueva en los datos"),
        "source_retracted": ("source retracted", "fuente retirada"),
        "source_gone": ("source no longer in the data", "fuente que ya no está en los datos"),
    },
)
ACTION = Words(
    "what was done to the graph",
    {
        "load": ("load", "carga"),
        "replace": ("load that replaces", "carga que reemplaza"),
        "unload": ("unload", "descarga"),
        "correct": ("correction", "corrección"),
        "retract": ("retraction", "retiro"),
        "unretract": ("retraction lifted", "retiro revocado"),
        "protect": ("protection", "protección"),
        "unprotect": ("protection lifted", "protección levantada"),
        "restrict": ("restriction", "reserva"),
        "unrestrict": ("restriction lifted", "reserva levantada"),
        "same": ("same person", "misma persona"),
        "different": ("different people", "personas distintas"),
        "unsure": ("unsure whether one", "sin certeza de si son una"),
        "undo": ("decision taken back", "decisión sin efecto"),
    },
)
CHANGED = Words(
    "what a load did",
    {
        "created": ("created", "nuevos"),
        "updated": ("updated", "cambiados"),
        "deleted": ("deleted", "borrados"),
        "claims": ("claims", "afirmaciones"),
        "nodes": ("nodes", "nodos"),
        "relationships": ("relationships", "relaciones"),
    },
)
