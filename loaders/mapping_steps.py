"""From the nodes of a mapping to its values, conditions and templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vinculos.language import gettext as _
from vinculos.loaders.cells import suggest
from vinculos.loaders.mapping import Use
from vinculos.loaders.mapping_dates import DateFormat
from vinculos.loaders.mapping_nodes import EXAMPLE, Complaints, line_of
from vinculos.loaders.mapping_values import (
    COLUMN,
    GIVEN,
    HERE,
    ITEM,
    NUMBER,
    Condition,
    FirstOf,
    Steps,
    Template,
    Value,
    Words,
    split_template,
)
from vinculos.loaders.mapping_words import read_words

STEPS = (
    "from",
    "when",
    "unless",
    "split",
    "part",
    "words",
    "else",
    "date",
    "key",
    "as",
    "default",
)
KEYS = ("slug", "hash")


@dataclass(frozen=True)
class Scope:
    """What names mean at a place: those given by `let`, `item` and `#` within an `each`."""

    names: frozenset[str] = frozenset()
    item: bool = False
    numbered: bool = False

    def with_name(self, name: str) -> Scope:
        """Return the scope after a name was given."""
        return replace(self, names=self.names | {name})

    def with_item(self, *, numbered: bool = False) -> Scope:
        """Return the scope within an `each`."""
        return replace(self, item=True, numbered=self.numbered or numbered)


class Values:
    """Reads values; `words` are the lists with a name, `uses` the columns named so far."""

    def __init__(self, complaints: Complaints, folder: Path) -> None:
        """Take where mistakes are noted, and the mapping's folder."""
        self.complaints = complaints
        self.folder = folder
        self.words: dict[str, Words] = {}
        self.files: list[tuple[str, str]] = []
        self.uses: list[Use] = []

    def value(self, node: Node, what: str, scope: Scope) -> Value:
        """Return the value at a node: a template, the first of several, or steps."""
        if isinstance(node, SequenceNode):
            values = tuple(self.value(one, what, scope) for one in node.value)
            if not values:
                self.complaints.wrong(node, what, _("this list is empty"))
            return FirstOf(line_of(node), values)
        if isinstance(node, MappingNode) and not _is_unquoted(node):
            return self._steps(node, what, scope)
        return self.template(node, what, scope)

    def template(self, node: Node, what: str, scope: Scope, *, here: bool = False) -> Template:
        """Return the template at a node; `here` says whether `{}` may stand in it."""
        line = line_of(node)
        parts: list[str | tuple[str, str]] = []
        try:
            for part in split_template(self.complaints.text(node, what)):
                parts.append(part if isinstance(part, str) else self._name(part[0], scope, line))
        except ValueError as error:
            self.complaints.wrong(node, what, str(error))
        if not here and (GIVEN, HERE) in parts:
            message = _("`{here}` is the text so far, in `as` and `else` alone").format(here="{}")
            self.complaints.wrong(node, what, message)
        return Template(tuple(parts), line)

    def _name(self, name: str, scope: Scope, line: int) -> tuple[str, str]:
        given = name == HERE or name in scope.names
        given |= scope.item and name == ITEM
        given |= scope.numbered and name == NUMBER
        if not given:
            self.uses.append(Use(name, line, scope.numbered and NUMBER in name))
        return (GIVEN if given else COLUMN, name)

    def _steps(self, node: Node, what: str, scope: Scope) -> Value:
        line = line_of(node)
        fields = self.complaints.fields(node, what, STEPS)
        if "from" not in fields:
            message = _("this lacks `from`, such as `from: {example}`").format(example=EXAMPLE)
            self.complaints.wrong(node, what, message)
            return Template((), line)
        start = self.value(fields["from"], what, scope)
        when, unless = (
            self.condition(fields[key], what, scope) if key in fields else None
            for key in ("when", "unless")
        )
        for key, needed in (("part", "split"), ("else", "words")):
            if key in fields and needed not in fields:
                message = _("`{key}` goes with `{other}`").format(key=key, other=needed)
                self.complaints.wrong(fields[key], what, message)
        return Steps(
            line,
            start,
            when,
            unless,
            self.separator(fields["split"]) if "split" in fields else None,
            self._part(fields["part"], what) if "part" in fields else None,
            self._words(fields["words"], what) if "words" in fields else None,
            self._inner(fields.get("else"), what, scope, here=True),
            self._dates(fields["date"], what) if "date" in fields else None,
            self._key(fields["key"], what) if "key" in fields else None,
            self._inner(fields.get("as"), what, scope, here=True),
            self._inner(fields.get("default"), what, scope),
        )

    def _inner(
        self, node: Node | None, what: str, scope: Scope, *, here: bool = False
    ) -> Template | None:
        return None if node is None else self.template(node, what, scope, here=here)

    def separator(self, node: Node) -> str:
        """Return what parts of a cell are separated by; nothing at all is noted."""
        text = self.complaints.text(node, "split")
        if not text:
            message = _('say what separates the parts, such as ";"')
            self.complaints.wrong(node, "split", message)
        return text or ";"

    def _part(self, node: Node, what: str) -> int:
        text = self.complaints.text(node, what)
        if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 5:
            if number := int(text):
                return number
        message = _("count the parts: 1 is the first, -1 the last")
        self.complaints.wrong(node, what, message)
        return 1

    def _words(self, node: Node, what: str) -> Words:
        if not isinstance(node, ScalarNode):
            words, files = read_words(node, what, self.folder, self.complaints)
            self.files += files
            return words
        if node.value in self.words:
            return self.words[node.value]
        hint = suggest(node.value, list(self.words))
        message = _("`words` at the top has no such list{hint}").format(hint=hint)
        self.complaints.wrong(node, what, message)
        return Words({})

    def _dates(self, node: Node, what: str) -> tuple[DateFormat, ...]:
        formats = []
        for one in node.value if isinstance(node, SequenceNode) else [node]:
            try:
                formats.append(DateFormat(self.complaints.text(one, what)))
            except ValueError as error:
                self.complaints.wrong(one, what, str(error))
        return tuple(formats)

    def _key(self, node: Node, what: str) -> str:
        text = self.complaints.text(node, what)
        if text not in KEYS:
            message = _("say how the key is made: slug (of the words) or hash (no word shows)")
            self.complaints.wrong(node, what, message)
        return text

    def condition(self, node: Node, what: str, scope: Scope) -> Condition:
        """Return the condition at a node: a template, templates with texts, or a list of these."""
        if isinstance(node, SequenceNode):
            options = tuple(self.condition(one, what, scope) for one in node.value)
            if not options:
                self.complaints.wrong(node, what, _("this list is empty"))
            return Condition(options=options)
        if not isinstance(node, MappingNode) or _is_unquoted(node):
            template = self.template(node, what, scope)
            if template.constant() is not None:
                message = _("this is the same for every row; name a column: {example}")
                self.complaints.wrong(node, what, message.format(example=EXAMPLE))
            return Condition(tests=((template, None),))
        tests: list[tuple[Value, tuple[str, ...]]] = []
        for key, wanted in node.value:
            texts = wanted.value if isinstance(wanted, SequenceNode) else [wanted]
            found = tuple(self.complaints.text(one, what) for one in texts)
            test = self.template(key, what, scope)
            if test.constant() is not None:
                message = _("name a column to look at, such as {example}")
                self.complaints.wrong(key, what, message.format(example=EXAMPLE))
            tests.append((test, found))
        return Condition(tests=tuple(tests))


def _is_unquoted(node: MappingNode) -> bool:
    """Return whether this is a template without its quotation marks, which YAML takes for keys."""
    return bool(
        node.flow_style
        and node.value
        and all(isinstance(v, ScalarNode) and not (v.value or v.style) for _, v in node.value)
    )
