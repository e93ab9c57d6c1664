"""sources.csv: the publications that everything else rests on."""

from __future__ import annotations

from vinculos.loaders.declare import Column, Table

TABLE = Table(
    "sources",
    "Publications; every other row names at least one",
    "Publicaciones; toda otra fila nombra al menos una",
    (
        Column(
            "source_id",
            "Key of the source",
            "Clave de la fuente",
            "id",
            True,
            example=("s001", "s002"),
        ),
        Column(
            "publisher",
            "Who published it",
            "Quién la publicó",
            field="publisher",
            example=("Example Gazette", "Example Radio"),
        ),
        Column(
            "origin",
            "Agency or paper that the page copies, where it does",
            "Agencia o medio que la página reproduce, si es el caso",
            field="origin",
        ),
        Column(
            "title",
            "Title",
            "Título",
            field="title",
            example=("Example person taken", "Example person taken a day later"),
        ),
        Column("url", "Link (http or https)", "Enlace (http o https)", field="url"),
        Column(
            "published_on",
            "Date of publication",
            "Fecha de publicación",
            field="published",
            example=("2025-01-10", "2025-01-11"),
        ),
        Column(
            "archived_url",
            "Link to an archived copy",
            "Enlace a una copia archivada",
            field="archived_url",
        ),
        Column(
            "accessed_on",
            "Day on which it was looked at",
            "Día en que se consultó",
            "date",
        ),
        Column(
            "sha256",
            "SHA-256 hash of the file kept of it: 64 hexadecimal digits; several separated by `;`",
            "Hash SHA-256 del archivo que se guardó: 64 dígitos hexadecimales; varios separados "
            "por `;`",
            field="sha256",
        ),
        Column(
            "access",
            "public, or restricted: never shown outside the team",
            "public (pública) o restricted (reservada): nunca se muestra fuera del equipo",
            field="access",
        ),
    ),
    ("source_id",),
    "Source",
    sourced=False,
)
