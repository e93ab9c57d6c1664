"""A first mapping for a file of any shape, written as YAML with what is not certain as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vinculos.errors import InputError
from vinculos.graph.minors import ADULT
from vinculos.graph.words import CUSTODY_STATUS, GENDER
from vinculos.loaders.files import TableFile, open_tables
from vinculos.loaders.guess_columns import Seen, look, roles
from vinculos.loaders.mapped import all_columns
from vinculos.loaders.mapping_read import read_mapping, shipped_mappings

TEXTS = {
    "en": {
        "head": "How the rows of {file} become rows of our tables. Made by `vinculos map` from its "
        "headers and values: check each line.",
        "use": "vinculos load {file} --mapping THIS-FILE --preview 5",
        "unused": "Columns that were not placed:",
        "left": "Sheets without a column of names, left out:",
        "publisher": "who published this list?",
        "word": "not understood: write the word of the list",
        "strange": "{} values are no dates in these formats",
        "month_first": "the month comes first in some values: check those that read both ways",
        "slug": "one name is taken for one person: add a column that tells namesakes apart",
        "minor": "no key is ever made of a minor's name",
        "split": "several in one cell: check that this is what separates them",
    },
    "es": {
        "head": "Cómo las filas de {file} pasan a ser filas de nuestras tablas. Hecho por "
        "`vinculos map` a partir de encabezados y valores: revise cada línea.",
        "use": "vinculos load {file} --mapping ESTE-ARCHIVO --preview 5",
        "unused": "Columnas que no se ubicaron:",
        "left": "Hojas sin una columna de nombres, que se dejaron fuera:",
        "publisher": "¿quién publicó esta lista?",
        "word": "no se entiende: escriba la palabra de la lista",
        "strange": "{} valores no son fechas en estos formatos",
        "month_first": "el mes va primero en algunos valores: revise los ambiguos",
        "slug": "un nombre se toma por una persona: añada una columna que distinga homónimos",
        "minor": "la clave de una persona menor de edad nunca se hace con su nombre",
        "split": "varios en una celda: revise que esto sea lo que los separa",
    },
}


def guess(
    path: Path, lang: str, *, encoding: str = "utf-8", format: str | None = None
) -> tuple[str, list[str]]:
    """Return a first mapping for a file, as YAML, and notes for the user.

    Args:
        path: the file.
        lang: the language of its comments, `es` or `en`.
        encoding: the file's encoding, where it is text.
        format: the file's format; told by its suffix where None.

    Raises:
        InputError: it cannot be read, or no column holds names.
    """
    texts = TEXTS[lang]
    written: dict[str, list[str]] = {}
    left: list[str] = []
    notes: list[str] = []
    for table in open_tables(path, encoding=encoding, format=format):
        if isinstance(table, str):
            notes.append(table)
            continue
        header = table.header if table.header is not None else all_columns(table.rows())
        notes += _alike(table, header)
        columns = look(table.rows(), header)
        found = roles(columns)
        if "name" in found or "given" in found or "surname" in found:
            written[table.stem] = list(_Writer(table.name, columns, found, texts).lines())
        else:
            left.append(table.name)
    if not written:
        raise InputError(
            f"No column of {path.name} is one of names: its first line may not be the header.",
            "Write the mapping by hand: docs/mappings.md has a full example.",
        )
    lines = [f"# {texts['head'].format(file=path.name)}", "#"]
    lines += [f"#     {texts['use'].format(file=path.name)}"]
    if left:
        lines += ["#", f"# {texts['left']} {', '.join(map(_plain, left))}"]
    if len(written) == 1 and not left:
        lines += next(iter(written.values()))
    else:
        lines.append("inputs:")
        for stem, body in written.items():
            lines.append(f"  {quoted(stem)}:")
            lines += [f"    {line}" for line in body]
    return "\n".join(lines) + "\n", notes


def _alike(table: TableFile, header: Sequence[str]) -> Iterator[str]:
    """Yield a note where a mapping that comes with the program is made for such a file."""
    for name in shipped_mappings():
        for one in read_mapping(name).inputs:
            wanted = {use.name for use in one.uses}
            if 2 * len(wanted & set(header)) > len(wanted):
                yield f"{table.name} looks like {name}: vinculos load … --mapping {name}"


def quoted(text: str) -> str:
    """Return text as a scalar of YAML in quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    shown = (c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped)
    return f'"{"".join(shown)}"'


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


@dataclass(frozen=True)
class _Writer:
    """Writes the mapping of one file or sheet."""

    name: str
    columns: Sequence[Seen]
    found: Mapping[str, Seen]
    texts: Mapping[str, str]

    def lines(self) -> Iterator[str]:
        """Yield the lines."""
        used = {column.header for column in self.found.values()}
        unused = [column.header for column in self.columns if column.header not in used]
        if unused:
            yield f"# {self.texts['unused']}"
            for header in unused:
                yield f"#   {_plain(header)}"
        yield "let:"
        for line in self._given():
            yield f"  {line}"
        yield "columns:"
        yield f"  source_ids: {self._source_ids()}"
        if "accessed" in self.found:
            yield f"  accessed_on: {self._date('accessed')}"
        yield "rows:"
        for line in self._rows():
            yield f"  {line}"

    def _ref(self, role: str) -> str:
        return "{" + self.found[role].header + "}"

    def _date(self, role: str) -> str:
        column = self.found[role]
        formats = column.formats()
        if not formats:
            return quoted(self._ref(role))
        text = f"{{from: {quoted(self._ref(role))}, date: [{', '.join(formats)}]}}"
        if strange := column.strange(formats):
            text += f"  # {self.texts['strange'].format(strange)}"
        elif "mm/dd/yyyy" in formats:
            text += f"  # {self.texts['month_first']}"
        return text

    def _key(self, role: str, prefix: str) -> str:
        return f'{{from: {quoted(self._ref(role))}, key: slug, as: "{prefix}-{{}}"}}'

    @property
    def _full_name(self) -> str:
        if "name" in self.found:
            return self._ref("name")
        return " ".join(self._ref(role) for role in ("given", "surname") if role in self.found)

    def _minor(self) -> str:
        """Return a value that is `true` for minors, blank where no column tells."""
        if "is_minor" in self.found:
            return quoted(self._ref("is_minor"))
        if "age" not in self.found:
            return ""
        young = ", ".join(f'"{age}": "true"' for age in range(ADULT))
        age = quoted(self._ref("age"))
        return f'{{from: {age}, split: " ", part: 1, words: {{{young}}}, else: "false"}}'

    def _given(self) -> Iterator[str]:
        if minor := self._minor():
            yield f"minor: {minor}"
        if "key" in self.found:
            yield f'person: {{from: {quoted(self._ref("key"))}, key: slug, as: "p-{{}}"}}'
        else:
            plain = f"{{from: {quoted(self._full_name)}, key: slug}}"
            if minor:
                others = ("taken", "place", "born", "charge", "link", "publisher")
                cells = " ".join(self._ref(role) for role in others if role in self.found)
                yield f"person:  # {self.texts['slug']}; {self.texts['minor']}"
                yes = '["true", "yes", "sí", "si", "1", "x"]'
                yield (
                    f'  - {{when: {{"{{minor}}": {yes}}}, from: {quoted(cells or "minor")}, '
                    'key: hash, as: "minor-{}"}'
                )
                yield f"  - {plain}"
            else:
                yield f"person: {plain}  # {self.texts['slug']}"
        if self._held:
            if "taken" in self.found:
                yield f"taken: {self._date('taken')}"
            yield 'custody: "d-{person}' + ('-{taken}"' if "taken" in self.found else '"')
        for role, prefix in (("place", "place"), ("org", "org"), ("case", "case")):
            if role in self.found:
                yield f"{role}: {self._key(role, prefix)}"

    @property
    def _held(self) -> bool:
        about = ("taken", "ended", "status", "place", "charge", "sentence_years", "case")
        return any(role in self.found for role in about)

    def _source_ids(self) -> str:
        if "link" in self.found:
            split = quoted(self.found["link"].link_separator())
            return (
                f'{{from: {quoted(self._ref("link"))}, split: {split}, key: hash, as: "src-{{}}"}}'
            )
        if "publisher" in self.found:
            cells = [self._ref(r) for r in ("publisher", "published", "title") if r in self.found]
            return f'{{from: {quoted(" ".join(cells))}, key: hash, as: "src-{{}}"}}'
        return "list"

    def _sources(self) -> Iterator[str]:
        if "link" in self.found:
            split = quoted(self.found["link"].link_separator())
            yield f"- each: {{from: {quoted(self._ref('link'))}, split: {split}}}"
            yield "  sources:"
            yield '    source_id: {from: "{item}", key: hash, as: "src-{}"}'
            yield '    url: "{item}"'
            host = '{from: "{item}", split: "/", part: 2}'
            if "publisher" in self.found:
                yield f"    publisher: [{quoted(self._ref('publisher'))}, {host}]"
            else:
                yield f"    publisher: {host}"
        elif "publisher" in self.found:
            yield "- sources:"
            yield f"    source_id: {self._source_ids()}"
            yield f"    publisher: {quoted(self._ref('publisher'))}"
        else:
            yield "- sources:"
            yield "    source_id: list"
            yield f"    title: {quoted(self.name)}"
            yield f'    publisher: ""  # {self.texts["publisher"]}'
            return
        if "published" in self.found:
            yield f"    published_on: {self._date('published')}"
        if "title" in self.found:
            yield f"    title: {quoted(self._ref('title'))}"

    def _rows(self) -> Iterator[str]:
        yield from self._sources()
        yield from self._people()
        if "place" in self.found:
            yield f"- when: {quoted(self._ref('place'))}"
            name = quoted(self._ref("place"))
            yield f'  places_of_detention: {{place_id: "{{place}}", name: {name}}}'
        if "org" in self.found:
            yield f"- when: {quoted(self._ref('org'))}"
            yield f'  organizations: {{org_id: "{{org}}", name: {quoted(self._ref("org"))}}}'
        if self._held:
            yield from self._detentions()
        if "post" in self.found and "org" in self.found:
            yield f"- when: {quoted(self._ref('org'))}"
            yield "  positions:"
            yield '    person_id: "{person}"'
            yield '    org_id: "{org}"'
            yield f"    title: {quoted(self._ref('post'))}"
            for role, column in (("from", "started_on"), ("to", "ended_on")):
                if role in self.found:
                    yield f"    {column}: {self._date(role)}"
        if "case" in self.found:
            yield f"- when: {quoted(self._ref('case'))}"
            yield "  rows:"
            yield f'    - cases: {{case_id: "{{case}}", name: {quoted(self._ref("case"))}}}'
            yield "    - case_members:"
            yield '        case_id: "{case}"'
            yield '        person_id: "{person}"'
            yield '        detention_id: "{custody}"'
            yield "        role: accused"
        if "charge" in self.found:
            yield from self._charges()

    def _people(self) -> Iterator[str]:
        yield "- people:"
        yield '    person_id: "{person}"'
        yield f"    name: {quoted(self._full_name)}"
        role = "detainee" if self._held else "official" if "post" in self.found else '""'
        yield f"    role_types: {role}"
        if self._minor():
            yield '    is_minor: "{minor}"'
        if "gender" in self.found:
            yield from self._words("gender", "gender", self.found["gender"].words(GENDER))
        for role, column in (("born", "born"), ("died", "died")):
            if role in self.found:
                yield f"    {column}: {self._date(role)}"
        for role, column in (("nationality",) * 2, ("mother", "mother_name"), ("summary",) * 2):
            if role in self.found:
                yield f"    {column}: {quoted(self._ref(role))}"
        if "aliases" in self.found:
            split = self.found["aliases"].separator() or ";"
            yield f"    aliases: {{from: {quoted(self._ref('aliases'))}, split: {quoted(split)}}}"

    def _detentions(self) -> Iterator[str]:
        yield "- detentions:"
        yield '    detention_id: "{custody}"'
        yield '    person_id: "{person}"'
        if "taken" in self.found:
            yield '    started_on: "{taken}"'
        if "ended" in self.found:
            yield f"    ended_on: {self._date('ended')}"
        if "place" in self.found:
            yield '    place_id: "{place}"'
        if "org" in self.found and "post" not in self.found:
            yield '    by_org_id: "{org}"'
        if "status" in self.found:
            words = self.found["status"].words(CUSTODY_STATUS)
            yield from self._words("status", "status", words)
        if "sentence_years" in self.found:
            number = quoted(self._ref("sentence_years"))
            yield f'    sentence_years: {{from: {number}, split: " ", part: 1}}'

    def _words(self, column: str, role: str, words: Mapping[str, str]) -> Iterator[str]:
        if not words:
            yield f"    {column}: {quoted(self._ref(role))}"
            return
        yield f"    {column}:"
        yield f"      from: {quoted(self._ref(role))}"
        yield "      words:"
        for value, word in words.items():
            note = "" if word else f"  # {self.texts['word']}"
            yield f"        {quoted(value)}: {quoted(word)}{note}"

    def _charges(self) -> Iterator[str]:
        split = self.found["charge"].separator()
        note = f"  # {self.texts['split']}" if split else ""
        charge = quoted(self._ref("charge"))
        yield f"- each: {{from: {charge}, split: {quoted(split or ';')}}}{note}"
        yield '  let: {charge: {from: "{item}", key: slug, as: "charge-{}"}}'
        yield "  rows:"
        yield '    - charges: {charge_id: "{charge}", name_es: "{item}"}'
        yield '    - accusations: {subject_id: "{custody}", charge_id: "{charge}"}'
