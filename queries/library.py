"""Saved questions: one .cypher file each, with a header that says what it asks and answers.

The header is a leading `/* … */` comment in YAML: `title`, `description`, `theme`, `returns`,
`parameters`, `columns`, `then`, `projection`, and `answers`, which are what it must answer on a
small folder of cases. A file without one is still a query, with parameters that are text.

    returns: graph
    then: betweenness     # a measure of `vinculos.graph.measures`, applied to the graph
    projection: cases     # of which projection of it; all where nothing is said

A parameter `limit` of a measured question says how many rows are listed at most.
With a measure as `then` the answer is its rows, and `columns` are those of its columns that are
shown. `then: surroundings` asks the question again and again, from the ids in `frontier` outwards,
and the answer is all that was found: see `vinculos.graph.around`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vinculos.errors import NotFound, UsageError
from vinculos.graph.measures import MEASURES, PROJECTIONS
from vinculos.language import gettext as _
from vinculos.queries.answers import Answer, parse_answers
from vinculos.queries.checks import mapping, one_of, suggest
from vinculos.queries.texts import read_text, read_yaml

FOLDER = Path(__file__).parent
SUFFIX = ".cypher"
THEMES: Mapping[str, tuple[str, str]] = {
    "overview": ("Overview", "Panorama"),
    "ties": ("Ties", "Vínculos"),
    "officials": ("Officials", "Funcionarios"),
    "custody": ("Custody", "Privación de libertad"),
    "amnesty": ("Amnesty", "Amnistía"),
    "charges": ("Charges", "Delitos imputados"),
    "evidence": ("Evidence", "Pruebas y fuentes"),
    "": ("Your own", "Propias"),
}
TYPES = ("text", "integer", "date", "flag", "id", "list")
RETURNS = ("table", "graph")
PATHS, SURROUNDINGS = "shortest_paths", "surroundings"
"""What goes on with a graph by asking for it step by step."""

_COMMENT = re.compile(r"\s*/\*(.*?)\*/", re.DOTALL)
_LOOKS_LIKE_HEADER = re.compile(r"^\s*title\s*:", re.MULTILINE)
_TOKEN = re.compile(
    r"""'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `(?:``|[^`])*` | //[^\n]* | /\*.*?\*/
    | \$(?P<name>\w+)""",
    re.DOTALL | re.VERBOSE,
)
_HEADER_KEYS = (
    *("title", "description", "theme", "returns", "parameters", "columns", "then", "projection"),
    "answers",
)
_PARAMETER_KEYS = ("type", "default", "en", "es", "choices")
_COLUMN_KEYS = ("en", "es", "kind")


@dataclass(frozen=True)
class Text:
    """A text in both languages."""

    en: str = ""
    es: str = ""

    def get(self, lang: str) -> str:
        """Return the text in `lang` (`en` or `es`)."""
        return self.es if lang == "es" else self.en


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query; one without a default is `required`.

    `choices` is a Cypher statement whose first column lists what can be given.
    """

    name: str
    type: str = "text"
    title: Text = field(default_factory=Text)
    required: bool = True
    default: Any = None
    choices: str = ""


@dataclass(frozen=True)
class Column:
    """A column of an answer: its title, and the kind that says how people read its values."""

    name: str
    title: Text = field(default_factory=Text)
    kind: str = ""


@dataclass(frozen=True)
class Query:
    """A question; `declared` is False where its text came without a header.

    `then` is the measure applied to the `projection` of its graph, '' where there is none.
    """

    name: str
    text: str
    declared: bool = False
    path: Path | None = None
    title: Text = field(default_factory=Text)
    description: Text = field(default_factory=Text)
    theme: str = ""
    returns: str = "table"
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    then: str = ""
    projection: str = "all"
    answers: tuple[Answer, ...] = ()

    @property
    def is_stepwise(self) -> bool:
        """Whether its graph is read step by step, so that one asking does not give it whole."""
        return self.then in (PATHS, SURROUNDINGS)

    @property
    def returns_graph(self) -> bool:
        """Whether its rows are those of a graph, and not of a measure of one."""
        return self.returns == "graph" and self.then not in MEASURES


def parse_query(name: str, text: str, path: Path | None = None) -> Query:
    """Return the query that `text` writes, with what its header declares.

    Raises:
        UsageError: the header is no YAML, has unknown or missing keys, or the text uses a
            parameter that the header does not declare.
    """
    comment = _COMMENT.match(text)
    where = str(path or name)
    if comment is None or not _LOOKS_LIKE_HEADER.search(comment[1]):
        names = used_parameters(text)
        return Query(name, text, path=path, parameters={used: Parameter(used) for used in names})
    first = 1 + text[: comment.start(1)].count("\n")
    header = read_yaml(comment[1], _("The header of {where}").format(where=where), first)
    query = declared_query(name, header, text[comment.end() :].strip(), path, where)
    undeclared = [used for used in used_parameters(query.text) if used not in query.parameters]
    if undeclared:
        listed = ", ".join(f"${used}" for used in undeclared)
        raise UsageError(
            _("{where} uses {names}, which its header does not declare.").format(
                where=where, names=listed
            ),
            suggest(undeclared[0], query.parameters) or declare_it(undeclared[0]),
        )
    return query


def declare_it(name: str) -> str:
    """Return how a parameter is declared, for whoever uses one that is not."""
    return _("Declare it under parameters: {line}.").format(
        line=f"{name}: {{type: text, en: …, es: …}}"
    )


def used_parameters(text: str) -> list[str]:
    """Return the names of the `$parameters` in a Cypher text, strings and comments left out."""
    found = (match["name"] for match in _TOKEN.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def read_query(path: Path) -> Query:
    """Return the query in a .cypher file, named after the file.

    Raises:
        NotFound: there is no such file.
        UsageError: it is not UTF-8 text, or its header is wrong.
    """
    return parse_query(path.stem, read_text(path, _("There is no query file {path}.")), path)


def query_files(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Return the path of each saved query by name: the shipped ones, then those in `folders`.

    Raises:
        UsageError: a folder is missing, or two queries have one name.
    """
    files: dict[str, Path] = {}
    for folder in (FOLDER, *folders):
        if not folder.is_dir():
            raise UsageError(
                _("There is no folder {folder} for queries.").format(folder=folder),
                _("Correct --queries or VINCULOS_QUERIES."),
            )
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            if path.stem in files and files[path.stem] != path:
                raise UsageError(
                    _("Two queries are called {name}: {one} and {other}.").format(
                        name=path.stem, one=files[path.stem], other=path
                    ),
                    _("Rename one of them."),
                )
            files[path.stem] = path
    return files


def get_query(name: str, folders: Sequence[Path] = ()) -> Query:
    """Return the saved query called `name`.

    Raises:
        NotFound: there is none; the hint names the nearest.
        UsageError: its header is wrong.
    """
    files = query_files(folders)
    path = files.get(name) or files.get(name.replace("-", "_"))
    if path is None:
        raise NotFound(
            _("There is no saved query {name!r}.").format(name=name),
            " ".join(filter(None, (suggest(name, files), _("See them all: vinculos queries")))),
        )
    return read_query(path)


def list_queries(folders: Sequence[Path] = ()) -> list[Query]:
    """Return all saved queries, by theme and name.

    Raises:
        UsageError: a folder is missing or a header is wrong.
    """
    order = list(THEMES)
    queries = [read_query(path) for path in query_files(folders).values()]
    return sorted(queries, key=lambda query: (order.index(query.theme), query.name))


def declared_query(name: str, header: Any, text: str, path: Path | None, where: str) -> Query:
    """Return the query that a header, already read, and a Cypher text make.

    Args:
        name: of the query.
        header: title, description, parameters, columns and so on, as a mapping.
        text: the Cypher.
        path: its file, where it has one.
        where: what messages call it.

    Raises:
        UsageError: the header has unknown words or wrong values.
    """
    head = mapping(header, _HEADER_KEYS, _("the header of {where}").format(where=where))
    listed = mapping(head.get("parameters"), None, _("parameters of {where}").format(where=where))
    parameters = {key: _parameter(key, declared, where) for key, declared in listed.items()}
    columns = {}
    listed = mapping(head.get("columns"), None, _("columns of {where}").format(where=where))
    for key, declared in listed.items():
        what = _("column {name} of {where}").format(name=key, where=where)
        column = mapping(declared, _COLUMN_KEYS, what)
        columns[key] = Column(key, bilingual(column, key), str(column.get("kind", "")))
    returns = one_of(head.get("returns", "table"), RETURNS, "returns", where)
    then = one_of(head.get("then", ""), ("", *MEASURES, SURROUNDINGS), "then", where)
    if then in MEASURES:
        _check_measured(then, returns, set(parameters), list(columns), where)
    return Query(
        name,
        text,
        declared=True,
        path=path,
        title=bilingual(head.get("title"), name),
        description=bilingual(head.get("description"), ""),
        theme=one_of(head.get("theme", ""), THEMES, "theme", where),
        returns=returns,
        parameters=parameters,
        columns=columns,
        then=then,
        projection=one_of(head.get("projection", "all"), PROJECTIONS, "projection", where),
        answers=parse_answers(
            head.get("answers"),
            set(parameters),
            set(columns),
            returns == "graph" and then not in MEASURES,
            where,
        ),
    )


def _check_measured(
    then: str, returns: str, parameters: set[str], columns: Sequence[str], where: str
) -> None:
    measure = MEASURES[then]
    if returns != "graph":
        raise UsageError(
            _("{where}: then is {measure}, which measures a graph.").format(
                where=where, measure=then
            ),
            _("Write {line}.").format(line="returns: graph"),
        )
    for column in columns:
        if column not in measure.columns:
            raise UsageError(
                _("{where} has a column {name!r}, which {measure} does not give.").format(
                    where=where, name=column, measure=then
                ),
                _("Choose among {names}.").format(names=", ".join(measure.columns)),
            )
    if missing := [name for name in measure.needs if name not in parameters]:
        raise UsageError(
            _("{where} lacks the parameter {name!r}, which {measure} needs.").format(
                where=where, name=missing[0], measure=then
            ),
            _("Declare {names}; see the shipped trace_paths.cypher.").format(
                names=", ".join(measure.needs)
            ),
        )


def _parameter(name: str, declared: Any, where: str) -> Parameter:
    what = _("parameter {name} of {where}").format(name=name, where=where)
    said = mapping(declared, _PARAMETER_KEYS, what)
    return Parameter(
        name,
        one_of(
            said.get("type", "text"), TYPES, _("type of parameter {name}").format(name=name), where
        ),
        bilingual(said, name),
        required="default" not in said,
        default=said.get("default"),
        choices=str(said.get("choices", "")),
    )


def bilingual(value: Any, default: str) -> Text:
    """Return a text from `{en, es}`, from one of them, or from a plain text for both."""
    if isinstance(value, dict):
        en, es = str(value.get("en", "")), str(value.get("es", ""))
        return Text(en or es or default, es or en or default)
    plain = default if value is None else str(value)
    return Text(plain, plain)
