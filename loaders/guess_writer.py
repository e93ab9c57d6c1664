"""Writing a first mapping: YAML from what the columns of a file seem to hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vinculos.graph.counts import fill
from vinculos.graph.minors import ADULT
from vinculos.graph.words import CUSTODY_STATUS, GENDER
from vinculos.loaders.guess_columns import Seen


def quoted(text: str) -> str:
    """Return text as a scalar of YAML in quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    shown = (c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped)
    return f'"{"".join(shown)}"'


def plain(text: str) -> str:
    """Return text that fits on one line of a comment."""
    return "".join(c if c.isprintable() else " " for c in text)


@dataclass(frozen=True)
class Writer:
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
                yield f"#   {plain(header)}"
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

    def _own(self, name: str) -> str:
        """Return a name for a value of the mapping that no column has."""
        headers = {column.header for column in self.columns}
        while name in headers:
            name += "_"
        return name

    def _given_ref(self, name: str) -> str:
        return '"{' + self._own(name) + '}"'

    def _ref(self, role: str) -> str:
        return "{" + self.found[role].header + "}"

    def _date(self, role: str) -> str:
        column = self.found[role]
        formats = column.formats()
        if not formats:
            return quoted(self._ref(role))
        text = f"{{from: {quoted(self._ref(role))}, date: [{', '.join(formats)}]}}"
        if strange := column.strange(formats):
            text += f"  # {fill(self.texts['strange'], strange)}"
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
        person, taken = self._own("person"), self._own("taken")
        if minor := self._minor():
            yield f"{self._own('minor')}: {minor}"
        if "key" in self.found:
            # A key with words in it may be a name, and the name that of a minor.
            kind = "hash" if self.found["key"].holds_words() else "slug"
            key = quoted(self._ref("key"))
            yield f'{person}: {{from: {key}, key: {kind}, as: "p-{{}}"}}'
        else:
            named = f"{{from: {quoted(self._full_name)}, key: slug}}"
            if minor:
                others = ["taken", "place", "org", "born", "age", "gender", "charge"]
                others += ["link", "publisher"]
                cells = " ".join(self._ref(role) for role in others if role in self.found)
                yield f"{person}:  # {self.texts['slug']}; {self.texts['minor']}"
                yes = '["true", "yes", "sí", "si", "1", "x"]'
                yield (
                    f"  - {{when: {{{self._given_ref('minor')}: {yes}}}, "
                    f"from: {quoted(cells or 'minor')}, "
                    'key: hash, as: "minor-{}"}'
                )
                yield f"  - {named}"
            else:
                yield f"{person}: {named}  # {self.texts['slug']}"
        if self._held:
            if "taken" in self.found:
                yield f"{taken}: {self._date('taken')}"
            day = f"-{{{taken}}}" if "taken" in self.found else ""
            yield f'{self._own("custody")}: "d-{{{person}}}{day}"'
        for role, prefix in (("place", "place"), ("org", "org"), ("case", "case")):
            if role in self.found and not (role == "place" and self._many_places):
                yield f"{self._own(role)}: {self._key(role, prefix)}"

    @property
    def _many_places(self) -> bool:
        return "place" in self.found and self.found["place"].separator() == ";"

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
            if self.found["link"].is_mixed():
                own = self._own("scheme")
                yield f'  let: {{{own}: {{from: "{{item}}", split: "://", part: 1}}}}'
            yield "  sources:"
            yield '    source_id: {from: "{item}", key: hash, as: "src-{}"}'
            host = 'from: "{item}", split: "/", part: 2'
            if self.found["link"].is_mixed():
                scheme = self._given_ref("scheme")
                yield f'    url: {{from: "{{item}}", when: {{{scheme}: [http, https]}}}}'
                yield f'    title: {{from: "{{item}}", unless: {{{scheme}: [http, https]}}}}'
                host += f", when: {{{scheme}: [http, https]}}"
            else:
                yield '    url: "{item}"'
            if "publisher" in self.found:
                yield f"    publisher: [{quoted(self._ref('publisher'))}, {{{host}}}]"
            else:
                yield f"    publisher: {{{host}}}"
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
        if "title" in self.found and not ("link" in self.found and self.found["link"].is_mixed()):
            yield f"    title: {quoted(self._ref('title'))}"

    def _rows(self) -> Iterator[str]:
        yield from self._sources()
        yield from self._people()
        if "place" in self.found and not self._many_places:
            yield f"- when: {quoted(self._ref('place'))}"
            name = quoted(self._ref("place"))
            yield f"  places_of_detention: {{place_id: {self._given_ref('place')}, name: {name}}}"
        if "org" in self.found:
            yield f"- when: {quoted(self._ref('org'))}"
            name = quoted(self._ref("org"))
            yield f"  organizations: {{org_id: {self._given_ref('org')}, name: {name}}}"
        if self._held:
            yield from self._detentions()
        if "post" in self.found and "org" in self.found:
            yield f"- when: {quoted(self._ref('org'))}"
            yield "  positions:"
            yield f"    person_id: {self._given_ref('person')}"
            yield f"    org_id: {self._given_ref('org')}"
            yield f"    title: {quoted(self._ref('post'))}"
            for role, column in (("from", "started_on"), ("to", "ended_on")):
                if role in self.found:
                    yield f"    {column}: {self._date(role)}"
        if "case" in self.found:
            yield f"- when: {quoted(self._ref('case'))}"
            yield "  rows:"
            name = quoted(self._ref("case"))
            yield f"    - cases: {{case_id: {self._given_ref('case')}, name: {name}}}"
            yield "    - case_members:"
            yield f"        case_id: {self._given_ref('case')}"
            yield f"        person_id: {self._given_ref('person')}"
            yield f"        detention_id: {self._given_ref('custody')}"
            yield "        role: accused"
        if self._many_places:
            yield from self._places()
        if "charge" in self.found:
            yield from self._charges()

    def _people(self) -> Iterator[str]:
        yield "- people:"
        yield f"    person_id: {self._given_ref('person')}"
        yield f"    name: {quoted(self._full_name)}"
        role = "detainee" if self._held else "official" if "post" in self.found else '""'
        yield f"    role_types: {role}"
        if self._minor():
            yield f"    is_minor: {self._given_ref('minor')}"
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
        yield f"    detention_id: {self._given_ref('custody')}"
        yield f"    person_id: {self._given_ref('person')}"
        if "taken" in self.found:
            yield f"    started_on: {self._given_ref('taken')}"
        if "ended" in self.found:
            yield f"    ended_on: {self._date('ended')}"
        if "place" in self.found and not self._many_places:
            yield f"    place_id: {self._given_ref('place')}"
        if "org" in self.found and "post" not in self.found:
            yield f"    by_org_id: {self._given_ref('org')}"
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

    def _places(self) -> Iterator[str]:
        note = f"  # {self.texts['split']}"
        yield f'- each: {{from: {quoted(self._ref("place"))}, split: ";"}}{note}'
        own, ref = self._own("place"), self._given_ref("place")
        yield f'  let: {{{own}: {{from: "{{item}}", key: slug, as: "place-{{}}"}}}}'
        yield "  rows:"
        yield f'    - places_of_detention: {{place_id: {ref}, name: "{{item}}"}}'
        custody = self._given_ref("custody")
        yield f"    - detention_places: {{detention_id: {custody}, place_id: {ref}}}"

    def _charges(self) -> Iterator[str]:
        split = self.found["charge"].separator()
        note = f"  # {self.texts['split']}" if split else ""
        charge = quoted(self._ref("charge"))
        yield f"- each: {{from: {charge}, split: {quoted(split or ';')}}}{note}"
        own = self._own("charge")
        yield f'  let: {{{own}: {{from: "{{item}}", key: slug, as: "charge-{{}}"}}}}'
        yield "  rows:"
        ref, custody = self._given_ref("charge"), self._given_ref("custody")
        yield f'    - charges: {{charge_id: {ref}, name_es: "{{item}}"}}'
        yield f"    - accusations: {{subject_id: {custody}, charge_id: {ref}}}"
