"""From a row of a simple sheet to rows of the ordinary tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from vinculos.graph.folding import fold
from vinculos.graph.words import KINSHIP, RESIDENCE
from vinculos.language import gettext as _
from vinculos.loaders.declare import RowError
from vinculos.loaders.simple_book import Unknown, custody_key, minor_key
from vinculos.loaders.simple_cells import is_synonym, slug
from vinculos.loaders.simple_said import Expanded, Said

_HOME = frozenset(
    "casa hogar domicilio residencia vivienda apartamento home house residence".split()
)
_HOMES = frozenset(
    (*_HOME, "su casa", "su domicilio", "su residencia", "residencia privada", "at home", "en casa")
) | {"private home", "arresto domiciliario", "house arrest", "en su casa", "own home"}


def _sources(said: Said) -> Iterator[Expanded]:
    for number, one in said.sources.items():
        column = f"publisher{number}"
        if not one.publisher:
            raise RowError(column, _("write who published it"))
        key = one.identity
        cells = {
            "source_id": (key, column),
            "publisher": (said.book.spell("publisher", one.publisher), column),
            "published_on": (one.published, f"published{number}"),
            "url": (said.book.link(one.link), f"link{number}"),
            "title": (said.book.spell("title", one.title) if one.title else "", f"title{number}"),
            "access": ("restricted" if key in said.book.restricted else "", f"restricted{number}"),
        }
        yield said.expanded("sources", cells, "", mention=True)


def _organization(said: Said) -> Iterator[Expanded]:
    key, name = said.named("org", "org")
    kind = said["org_kind"]
    cells = {"org_id": (key, "org"), "name": (name, "org"), "kind": (kind, "org_kind")}
    yield from said.mention("organizations", cells, kind)


def _self(said: Said, key: str, role: str, side: str) -> Expanded:
    """Return what the row says of its own person."""
    cells = {
        "person_id": (key, "key" if said["key"] else "name"),
        "name": (said.book.spell("person", said["name"]), "name"),
        "role_types": (role, "name"),
        "mother_name": (said["mother"], "mother"),
    }
    same = ("aliases", "gender", "nationality", "born", "is_minor", "protected", "summary")
    return said.row("people", cells, side, **{name: name for name in same})


def _detainee(said: Said) -> Iterator[Expanded]:
    person = said.book.key(said.who)
    custody = custody_key(person, said["taken"])
    own = {"person_id": (person, "name"), "detention_id": (custody, "taken")}
    yield _self(said, person, "detainee", custody)
    cells = own | said.take(
        started_on="taken",
        ended_on="ended",
        status="status",
        status_as_of="status_on",
        basis="basis",
        sentence_years="sentence_years",
        sentenced_on="sentenced_on",
    )
    if said["org"]:
        yield from _organization(said)
        cells["by_org_id"] = (said.named("org", "org")[0], "org")
    if said["place"]:
        place, name, kind = _place(said)
        named = {"place_id": (place, "place"), "name": (name, "place"), "kind": (kind, "place")}
        side = said.lang if kind == RESIDENCE else ""
        yield from said.mention("places_of_detention", named, side)
        cells["place_id"] = (place, "place")
    yield said.row("detentions", cells)
    if said["place"] and said["place_since"]:
        stay = {"detention_id": own["detention_id"], "place_id": cells["place_id"]}
        yield said.row("detention_places", stay | said.take(from_on="place_since"))
    if said["because_of"]:
        yield from _because_of(said, person, custody)
    if said["case"]:
        case, name = said.named("case", "case")
        named = {"case_id": (case, "case"), "name": (name, "case")}
        yield from said.mention("cases", named)
        yield said.row(
            "case_members", own | {"case_id": (case, "case"), "role": ("accused", "case")}
        )


def _place(said: Said) -> tuple[str, str, str]:
    """Return key, name and kind of the place; a home is never named."""
    words = fold(said["place"]).split()
    at_home = said["status"] == "house_arrest" and not _HOME.isdisjoint(words)
    if at_home or " ".join(words) in _HOMES:
        return "place-home", "Private home" if said.lang == "en" else "Vivienda", RESIDENCE
    return (*said.named("place", "place"), "")


def _because_of(said: Said, person: str, custody: str) -> Iterator[Expanded]:
    text = said["because_of"]
    try:
        target, who = said.book.find(text)
        # What only an earlier load of this dataset mentioned, this one must mention again.
        mentioned = who is None and target == slug(text) and target not in said.book.elsewhere
    except Unknown as error:
        if ":" in text or not fold(text):
            raise RowError("because_of", str(error)) from None
        target, mentioned = slug(text), True
    except ValueError as error:
        raise RowError("because_of", str(error)) from None
    if mentioned:
        name = (said.book.spell("person", text), "because_of")
        yield from said.mention("people", {"person_id": (target, "because_of"), "name": name})
    if target == person:
        raise RowError("because_of", _("nobody is held because of themselves"))
    strength = said["strength"] or "alleged"
    cells = {
        "from_person_id": (person, "name"),
        "to_person_id": (target, "because_of"),
        "kind": (said["kinship"] or "relative_of", "kinship"),
        "held_because_of": (strength, "strength"),
        "detail": (_detail(said), "kinship"),
        "asserted_by": (said["asserted_by"], "asserted_by"),
    }
    if strength != "no":
        cells["detention_id"] = (custody, "taken")
    yield said.row("relationships", cells, custody)


def _detail(said: Said) -> str:
    """Return the tie in words: the row's own, or the word that says more than the list has."""
    given = said.given.get("kinship", "")
    return said["detail"] or (given if given and is_synonym(KINSHIP, given) else "")


def _relative(said: Said) -> Iterator[Expanded]:
    detainee = said.person("detainee")
    person = _relative_key(said, detainee)
    if person == detainee:
        raise RowError("detainee", _("a person has no tie to themselves"))
    yield _self(said, person, "relative", f"{said['kinship']} {detainee}")
    cells = {
        "from_person_id": (person, "name"),
        "to_person_id": (detainee, "detainee"),
        "kind": (said["kinship"], "kinship"),
        "detail": (_detail(said), "detail"),
    }
    yield said.row("relationships", cells, "relatives")


def _relative_key(said: Said, detainee: str) -> str:
    """Return the key; without one a minor, or somebody not named, is one beside each detainee."""
    who = said.who
    minor = said.book.is_minor(who)
    if who.by == "tie":
        name = slug(said["name"])
        return minor_key(detainee, name) if minor else slug(f"{detainee} {name}")
    if who.by == "name" and minor:
        key = minor_key(detainee, said["kinship"])
        first = said.book.facts.setdefault(("minor", key), said.place)
        if first != said.place:
            message = _(
                "the key of a minor is never made of the name, so that this one and that of "
                "{place} look alike: write `hijo 1` and `hijo 2` instead of the names, or give "
                "each a key in `{column}`"
            )
            place = f"{first.file}:{first.line}"
            raise RowError("name", message.format(place=place, column=said.headers["key"]))
        return key
    return said.book.key(who)


def _official(said: Said) -> Iterator[Expanded]:
    person = said.book.key(said.who)
    own = {"person_id": (person, "key" if said["key"] else "name")}
    _complete(said)
    target = ""
    if said["role"]:
        target = said.custody() if said["detainee"] else said.named("org", "org")[0]
    fact = (slug(said["post"]), slug(said["org"]), said["from"], said["role"], target)
    yield _self(said, person, "official", "|".join(fact))
    if said["org"]:
        yield from _organization(said)
    if said["post"]:
        org = {"org_id": (said.named("org", "org")[0], "org")}
        post = said.take(title="post", started_on="from", ended_on="to")
        yield said.row("positions", own | org | post, f"{target} {said['role']}".strip())
    if target:
        about = "detainee" if said["detainee"] else "org"
        yield said.row("official_involvement", own | {"target_id": (target, about)}, role="role")


def _complete(said: Said) -> None:
    """Refuse half a post and half an involvement."""
    if said["post"] and not said["org"]:
        raise RowError("org", _("a post needs its organization"))
    if said["detainee"] and not said["role"]:
        raise RowError("role", _("say what the official did in the detention"))
    if said["role"] and not said["detainee"] and not said["org"]:
        raise RowError("detainee", _("a role needs the detainee, or else the organization"))
    if said["org"] and not said["post"] and (said["detainee"] or not said["role"]):
        raise RowError("post", _("write the post in this organization as well"))


def _charge(said: Said) -> Iterator[Expanded]:
    custody = said.custody()
    charge, name = said.named("charge", "charge")
    language = f"name_{said.lang}"
    named = {"charge_id": (charge, "charge"), language: (name, "charge")}
    if said["law"]:
        law, law_name = said.named("law", "law")
        in_law = {"law_id": (law, "law"), language: (law_name, "law")}
        yield from said.mention("laws", in_law, said.lang)
        in_charge = named | {"law_id": (law, "law")}
        yield from said.mention("charges", in_charge, f"{said.lang}|{law}")
    else:
        yield from said.mention("charges", named, said.lang)
    cells = {"subject_id": (custody, "detainee"), "charge_id": (charge, "charge")}
    yield said.row("accusations", cells | said.take(status="status", as_of="charged_on"))


_SHEETS: Mapping[str, Callable[[Said], Iterator[Expanded]]] = {
    "detainees": _detainee,
    "relatives": _relative,
    "officials": _official,
    "charges": _charge,
}


def expand(said: Said) -> Iterator[Expanded]:
    """Yield the rows of the tables that a simple row makes, its sources first.

    Raises:
        RowError: the row makes no sense; its column is the key of a simple column.
    """
    yield from _sources(said)
    yield from _SHEETS[said.shape](said)
