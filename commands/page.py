"""A profile as text for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vinculos.formats.cells import (
    DETAIL,
    SIDES,
    SOURCES,
    Footnotes,
    clean,
    field_name,
    human,
    tie_detail,
)
from vinculos.formats.names import field_word
from vinculos.graph.model import CITES, label_name
from vinculos.graph.profile import Profile
from vinculos.graph.support import graded, weakest
from vinculos.graph.words import CUSTODY_STATUS, EVENT_KIND, KINSHIP, KINSHIPS

Entry = Mapping[str, Any]

MOST = 50
"""Ties of one type that the text shows; JSON has them all."""

WORDS = {
    "en": {
        "facts": "Facts",
        "disputes": "In dispute",
        "custody": "Custody",
        "ties": "Ties",
        "sources": "Sources",
        "disputed": "in dispute",
        "as of": "as of",
        "more": "… and {} more; all of them: --format json",
        "cited for": "cited for",
        "is to this": "{} is {} this person",
        "may be one": "{} and {} may be one custody; they count as two "
        "(vinculos query pair_custodies)",
    },
    "es": {
        "facts": "Datos",
        "disputes": "En disputa",
        "custody": "Privación de libertad",
        "ties": "Vínculos",
        "sources": "Fuentes",
        "disputed": "en disputa",
        "as of": "al",
        "more": "… y {} más; todos: --format json",
        "cited for": "citada acerca de",
        "is to this": "{} es {} esta persona",
        "may be one": "{} y {} podrían ser una sola detención; cuentan como dos "
        "(vinculos query pair_custodies)",
    },
}
UNKNOWN = "?"
"""A blank date: unknown, which is neither "always" nor "still"."""

IN_FIRST_LINE = ("started", "ended", "status", "status_as_of")
"""Facts of a detention that its first line says."""


def page(profile: Profile, lang: str) -> str:
    """Return the whole page: header, facts, disputes, custody in order, ties, sources."""
    return "\n".join(_Page(lang).lines(profile)).rstrip() + "\n"


class _Page:
    """One page, with its footnotes numbered as they come up."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._words = WORDS[lang]
        self._notes = Footnotes(lang)

    def lines(self, profile: Profile) -> Iterator[str]:
        """Yield the page line by line."""
        labels = "; ".join(label_name(label, self._lang) for label in profile.header["labels"])
        yield clean(profile.name)
        yield f"{labels} · {clean(profile.header['id'])}"
        yield from self._section("facts", self._facts(profile, ("name",)))
        yield from self._section("disputes", self._disputes(profile))
        yield from self._section("custody", self._custody(profile))
        yield from self._section("ties", self._ties(profile))
        yield from self._section(
            "sources", (f"[{number}] {text}" for number, text in self._notes.lines())
        )

    def _section(self, title: str, lines: Iterator[str]) -> Iterator[str]:
        listed = list(lines)
        if listed:
            yield from ("", self._words[title])
            yield from (f"  {line}" for line in listed)

    def _facts(self, profile: Profile, left_out: tuple[str, ...]) -> Iterator[str]:
        for fact in profile.facts:
            if fact["field"] in left_out:
                continue
            name = field_name(fact["field"], profile.ref.label, self._lang)
            of = {"tie": fact["field"], "label": profile.ref.label}
            said = human(fact["value"], DETAIL, self._lang, of)
            said += graded(fact.get("confidence", ""), self._lang)
            yield self._line(f"{name}: {said}", fact["disputed"], fact["sources"])

    def _disputes(self, profile: Profile) -> Iterator[str]:
        for dispute in profile.disputes:
            name = field_name(dispute["field"], profile.ref.label, self._lang)
            other = f" ({clean(dispute['other'])})" if dispute["other"] else ""
            yield f"{name}{other}"
            sides = human(dispute["values"], SIDES, self._lang, dispute, self._notes)
            yield from (f"  · {line}" for line in sides.splitlines())

    def _custody(self, profile: Profile) -> Iterator[str]:
        known = {id(d): _facts_of(d) for d in profile.custody}
        ordered = sorted(profile.custody, key=lambda d: known[id(d)].get("started", "~"))
        for number, detention in enumerate(ordered, 1):
            facts = known[id(detention)]
            first = f"{facts.get('started', UNKNOWN)} – {facts.get('ended', UNKNOWN)}"
            if status := facts.get("status"):
                first += f": {CUSTODY_STATUS.label(status, self._lang)}"
            if as_of := facts.get("status_as_of"):
                first += f" ({self._words['as of']} {as_of})"
            said = [fact for fact in detention.facts if fact["field"] in IN_FIRST_LINE]
            first += graded(weakest(fact["confidence"] for fact in said), self._lang)
            sources = [source for fact in said for source in fact["sources"]]
            yield self._line(f"{number}. {first}", any(f["disputed"] for f in said), sources)
            yield f"   {clean(detention.header['id'])}"
            yield from (f"   {line}" for line in self._facts(detention, IN_FIRST_LINE))
            yield from (f"   {line}" for line in self._ties(detention))
            if detention.disputes:
                yield f"   {self._words['disputes']}"
                yield from (f"     {line}" for line in self._disputes(detention))
        for pair in profile.may_be_one:
            yield self._words["may be one"].format(clean(pair["one"]), clean(pair["two"]))

    def _ties(self, profile: Profile) -> Iterator[str]:
        groups: dict[str, list[Entry]] = {}
        for entry in profile.ties:
            groups.setdefault(entry["tie"], []).append(entry)
        for ties in groups.values():
            for tie in ties[:MOST]:
                text = self._kinship(tie) if tie["tie"] == "RELATED_TO" else self._tie(tie)
                text += graded(tie["confidence"], self._lang)
                yield self._line(text, bool(tie["disputed"]), tie["sources"])
            if len(ties) > MOST:
                yield self._words["more"].format(len(ties) - MOST)

    def _tie(self, tie: Entry) -> str:
        """Return a tie in words: `held at → El Helicoide (2025 – 2026)`."""
        if tie["tie"] == CITES:
            label = label_name(tie["label"], self._lang)
            return f"{self._words['cited for']} {label} {clean(tie['name'])}"
        arrow = "→" if tie["outward"] else "←"
        kind = f"{EVENT_KIND.label(tie['kind'], self._lang)}: " if tie["kind"] else ""
        details = [
            tie_detail(tie["tie"], name, value, self._lang) for name, value in tie["fields"].items()
        ]
        if tie["started"] or tie["ended"]:
            details.append(f"{tie['started'] or UNKNOWN} – {tie['ended'] or UNKNOWN}")
        text = f"{label_name(tie['tie'], self._lang)} {arrow} {kind}{clean(tie['name'])}"
        return text + (f" ({'; '.join(details)})" if details else "")

    def _kinship(self, tie: Entry) -> str:
        """Return a tie between people, read from the person of the page."""
        kind = tie["fields"].get("kind", "")
        name, known = clean(tie["name"]), KINSHIPS.get(kind)
        inverse = next((k for k, v in KINSHIPS.items() if v.reverse_of == kind), "")
        if tie["outward"] or (known and known.symmetric):
            text = f"{KINSHIP.label(kind, self._lang)} {name}"
        elif inverse:
            text = f"{KINSHIP.label(inverse, self._lang)} {name}"
        else:
            text = self._words["is to this"].format(name, KINSHIP.label(kind, self._lang))
        own, theirs = (
            clean(field_word(tie["fields"].get(field) or "", tie["tie"], "", self._lang))
            for field in ("detail_from", "detail_to")[:: 1 if tie["outward"] else -1]
        )
        details = "; ".join(filter(None, (own, theirs and f"{name}: {theirs}")))
        return text + (f" ({details})" if details else "")

    def _line(self, text: str, disputed: bool, sources: list[Any]) -> str:
        mark = f" [{self._words['disputed']}]" if disputed else ""
        cited = human(sources, SOURCES, self._lang, notes=self._notes)
        return f"{text}{mark}{f' {cited}' if cited else ''}"


def _facts_of(profile: Profile) -> dict[str, str]:
    return {fact["field"]: str(fact["value"]) for fact in profile.facts}
