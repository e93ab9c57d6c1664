"""A synthetic case folder of any size, shaped like datasets/starter: nobody in it exists.

    python benchmarks/synthetic.py DIR --rows 10000 --seed 1

The shape is read from the starter when this runs. A synthetic row takes a row of the starter as its
pattern: which cells are filled, which words stand in them, how many sources it names, how long its
texts are. Names, texts, dates, keys and references are made anew, and every name says that it is
synthetic. The same seed and number of rows (and the same starter) give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.shape import (  # noqa: E402
    FIRST_CUSTODIES,
    KEYS,
    LATER_CUSTODIES,
    Cells,
    Folder,
    after,
    key,
    like,
    parts,
    text,
)


def sources(folder: Folder) -> Iterator[Cells]:
    """Yield publications, with as many publishers to a source as in the starter."""
    table = folder.starter["sources"]
    publishers = max(
        1, folder.sizes["sources"] * len({r["publisher"] for r in table}) // len(table)
    )
    for number in range(folder.sizes["sources"]):
        pattern = folder.one(table)
        publisher = folder.named("sources", "publisher", range(publishers))[0]
        agency = folder.below(20)
        yield {
            "publisher": f"Synthetic Gazette {publisher}" if pattern["publisher"] else "",
            "origin": f"Synthetic Agency {agency}" if pattern["origin"] else "",
            "title": text(pattern["title"], f"Nota sintética {number}"),
            "url": f"https://example.org/synthetic/{number}" if pattern["url"] else "",
            "published_on": like(pattern["published_on"], folder.day()),
        }


def people(folder: Folder) -> Iterator[Cells]:
    """Yield those held, the officials, then everybody else."""
    kinds: dict[str, list[Cells]] = defaultdict(list)
    for row in folder.starter["people"]:
        kind = "official" if "official" in row["role_types"] else "other"
        kinds["held" if row["person_id"] in folder.held_in_starter else kind].append(row)
    for number in range(folder.sizes["people"]):
        official = number in folder.officials
        pattern = folder.one(
            kinds["held" if number < folder.held else "official" if official else "other"]
        )
        aliases = len(parts(pattern["aliases"]))
        yield pattern | {
            "name": f"Persona Sintética {number:07}",
            "aliases": ";".join(f"Alias Sintético {number:07}-{i}" for i in range(aliases)),
            "nationality": "Synthetic" if pattern["nationality"] else "",
            "summary": text(pattern["summary"], f"Persona sintética {number}"),
        }


def organizations(folder: Folder) -> Iterator[Cells]:
    """Yield bodies; each is part of an earlier one, if of any."""
    for number in range(folder.sizes["organizations"]):
        pattern = folder.one(folder.starter["organizations"])
        if number == 0 or not pattern["parent_org_id"]:
            parent = {"parent_org_id": "", "parent_kind": ""}
        else:
            above = folder.named("organizations", "parent_org_id", range(number))[0]
            parent = {"parent_org_id": key("organizations", above)}
        yield pattern | parent | {"name": f"Organización Sintética {number}"}


def places_of_detention(folder: Folder) -> Iterator[Cells]:
    """Yield places; the patterns take turns, the one where most were held first."""
    held = Counter(row["place_id"] for row in folder.starter["detentions"])
    table = sorted(folder.starter["places_of_detention"], key=lambda r: -held[r["place_id"]])
    for number in range(folder.sizes["places_of_detention"]):
        pattern = table[number % len(table)]
        by = folder.reference("places_of_detention", "operated_by_org_id", pattern, "organizations")
        yield pattern | {
            "name": f"Lugar Sintético {number}",
            "state": f"Estado Sintético {folder.below(24)}" if pattern["state"] else "",
            "operated_by_org_id": by,
        }


def laws(folder: Folder) -> Iterator[Cells]:
    """Yield laws."""
    for number in range(folder.sizes["laws"]):
        pattern = folder.one(folder.starter["laws"])
        yield pattern | {
            "name_en": f"Synthetic Law {number}",
            "name_es": f"Ley Sintética {number}",
            "adopted_on": like(pattern["adopted_on"], folder.day()),
            "notes": text(pattern["notes"], "Nota sintética"),
        }


def charges(folder: Folder) -> Iterator[Cells]:
    """Yield offences."""
    for number in range(folder.sizes["charges"]):
        pattern = folder.one(folder.starter["charges"])
        yield pattern | {
            "name_en": f"Synthetic Charge {number}",
            "name_es": f"Delito Sintético {number}",
            "law_id": folder.reference("charges", "law_id", pattern, "laws"),
        }


def cases(folder: Folder) -> Iterator[Cells]:
    """Yield cases."""
    for number in range(folder.sizes["cases"]):
        yield folder.one(folder.starter["cases"]) | {"name": f"Caso Sintético {number}"}


def detentions(folder: Folder) -> Iterator[Cells]:
    """Yield one custody of each of those held, then the later ones of some of them."""
    for number in range(folder.sizes["detentions"]):
        pattern = folder.one(folder.starter["detentions"])
        first = number < folder.held
        start = folder.day(*(FIRST_CUSTODIES if first else LATER_CUSTODIES))
        end = after(start, 1 + folder.below(400))
        yield pattern | {
            "person_id": key("people", number if first else number * 7 % folder.held),
            "started_on": like(pattern["started_on"], start),
            "ended_on": like(pattern["ended_on"], end),
            "place_id": folder.reference("detentions", "place_id", pattern, "places_of_detention"),
            "by_org_id": folder.reference("detentions", "by_org_id", pattern, "organizations"),
            "status_as_of": like(pattern["status_as_of"], after(end, folder.below(60))),
            "sentence_years": str(1 + folder.below(30)) if pattern["sentence_years"] else "",
            "sentenced_on": like(pattern["sentenced_on"], end),
        }


def detention_places(folder: Folder) -> Iterator[Cells]:
    """Yield the stays of some custodies, each in another place."""
    places = range(folder.sizes["places_of_detention"])
    for _, detention, patterns in folder.grouped("detention_places", "detention_id"):
        start = folder.day()
        chosen = folder.named("detention_places", "place_id", places, len(patterns))
        for place, pattern in zip(chosen, patterns, strict=True):
            end = after(start, 1 + folder.below(90))
            yield pattern | {
                "detention_id": key("detentions", detention),
                "place_id": key("places_of_detention", place),
                "from_on": like(pattern["from_on"], start),
                "to_on": like(pattern["to_on"], end),
            }
            start = end


def relationships(folder: Folder) -> Iterator[Cells]:
    """Yield ties; only those held are held because of somebody."""
    kinds: dict[bool, list[Cells]] = defaultdict(list)
    for row in folder.starter["relationships"]:
        kinds[row["from_person_id"] in folder.held_in_starter].append(row)
    people = range(folder.sizes["people"])
    for _, person, patterns in folder.grouped("relationships", "from_person_id"):
        # One more than needed, as nobody is tied to themselves.
        others = folder.named("relationships", "to_person_id", people, len(patterns) + 1)
        for other in [other for other in others if other != person][: len(patterns)]:
            pattern = folder.one(kinds[person < folder.held])
            yield pattern | {
                "from_person_id": key("people", person),
                "to_person_id": key("people", other),
                "detail": text(pattern["detail"], "vínculo sintético"),
                "detention_id": key("detentions", person) if pattern["detention_id"] else "",
                "asserted_by": "Fuente Sintética" if pattern["asserted_by"] else "",
            }


def official_involvement(folder: Folder) -> Iterator[Cells]:
    """Yield what officials did, a few of them in very many cases."""
    table = "official_involvement"
    for to, target, patterns in folder.grouped(table, "target_id"):
        chosen = folder.named(table, "person_id", folder.officials, len(patterns))
        for person, pattern in zip(chosen, patterns, strict=True):
            yield pattern | {"person_id": key("people", person), "target_id": key(to, target)}


def positions(folder: Folder) -> Iterator[Cells]:
    """Yield posts, each of a person in another body."""
    among = range(folder.held, folder.sizes["people"])
    bodies = range(folder.sizes["organizations"])
    for _, person, patterns in folder.grouped("positions", "person_id", among):
        chosen = folder.named("positions", "org_id", bodies, len(patterns))
        for body, pattern in zip(chosen, patterns, strict=True):
            start = folder.day()
            yield pattern | {
                "person_id": key("people", person),
                "org_id": key("organizations", body),
                "title": text(pattern["title"], "Cargo Sintético"),
                "started_on": like(pattern["started_on"], start),
                "ended_on": like(pattern["ended_on"], after(start, 1 + folder.below(2000))),
            }


def accusations(folder: Folder) -> Iterator[Cells]:
    """Yield the charges of some custodies and events."""
    offences = range(folder.sizes["charges"])
    for to, subject, patterns in folder.grouped("accusations", "subject_id"):
        chosen = folder.named("accusations", "charge_id", offences, len(patterns))
        for charge, pattern in zip(chosen, patterns, strict=True):
            yield pattern | {"subject_id": key(to, subject), "charge_id": key("charges", charge)}


def case_members(folder: Folder) -> Iterator[Cells]:
    """Yield the people of each case, with their first custody where the pattern has one."""
    held = range(folder.held)
    for _, case, patterns in folder.grouped("case_members", "case_id"):
        chosen = folder.named("detentions", "person_id", held, len(patterns))
        for person, pattern in zip(chosen, patterns, strict=True):
            yield pattern | {
                "case_id": key("cases", case),
                "person_id": key("people", person),
                "detention_id": key("detentions", person) if pattern["detention_id"] else "",
            }


def events(folder: Folder) -> Iterator[Cells]:
    """Yield events, each about what its pattern is about."""
    for number in range(folder.sizes["events"]):
        pattern = folder.one(folder.starter["events"])
        start = folder.day()
        about = [folder.table_of[named] for named in parts(pattern["concerns_id"])]
        keys = dict.fromkeys(key(to, folder.below(folder.sizes[to])) for to in about)
        yield pattern | {
            "name": text(pattern["name"], f"Hecho Sintético {number}"),
            "started_on": like(pattern["started_on"], start),
            "ended_on": like(pattern["ended_on"], after(start, folder.below(900))),
            "concerns_id": ";".join(keys),
        }


def event_people(folder: Folder) -> Iterator[Cells]:
    """Yield who took part in events."""
    everybody = range(folder.sizes["people"])
    for _, event, patterns in folder.grouped("event_people", "event_id"):
        chosen = folder.named("event_people", "person_id", everybody, len(patterns))
        for person, pattern in zip(chosen, patterns, strict=True):
            yield pattern | {"event_id": key("events", event), "person_id": key("people", person)}


def amnesty_law(folder: Folder) -> str:
    """Return one of the laws with rules, of which there are no more than in the starter."""
    laws = {row["law_id"] for row in folder.starter["amnesty_rules"]}
    return key("laws", folder.below(len(laws)))


def amnesty_rules(folder: Folder) -> Iterator[Cells]:
    """Yield the rules of laws."""
    for number in range(folder.sizes["amnesty_rules"]):
        pattern = folder.one(folder.starter["amnesty_rules"])
        start = folder.day()
        yield pattern | {
            "law_id": amnesty_law(folder),
            "name_en": f"Synthetic Rule {number}",
            "name_es": f"Regla Sintética {number}",
            "from_on": like(pattern["from_on"], start),
            "to_on": like(pattern["to_on"], after(start, folder.below(900))),
            "charge_ids": folder.reference("amnesty_rules", "charge_ids", pattern, "charges"),
            "note": text(pattern["note"], "Nota sintética"),
            "article": str(1 + folder.below(16)) if pattern["article"] else "",
        }


def rule_links(folder: Folder) -> Iterator[Cells]:
    """Yield a rule for some custodies."""
    for _, detention, patterns in folder.grouped("rule_links", "subject_id"):
        rule = key("amnesty_rules", folder.below(folder.sizes["amnesty_rules"]))
        yield patterns[0] | {"subject_id": key("detentions", detention), "rule_id": rule}


def amnesty_requests(folder: Folder) -> Iterator[Cells]:
    """Yield what came of the requests of some custodies."""
    for _, detention, patterns in folder.grouped("amnesty_requests", "detention_id"):
        law = amnesty_law(folder)
        yield patterns[0] | {"detention_id": key("detentions", detention), "law_id": law}


def contradictions(folder: Folder) -> Iterator[Cells]:
    """Yield what two sources disagree on: days, numbers, ties, and free words."""
    among = range(folder.sizes["sources"])
    for to, subject, patterns in folder.grouped("contradictions", "subject_id"):
        words: set[str] = set()
        for pattern in patterns:
            first, second = folder.named("contradictions", "source_a", among, 2)
            # Each subject's disputes are over different fields.
            word = pattern["field"] if pattern["field"] not in words else f"dicho_{len(words)}"
            words.add(word)
            if word.startswith("relation_to_"):
                other = (subject + 1 + folder.below(9)) % folder.sizes[to]
                word = "relation_to_" + key("people", other).replace("-", "_")
            yield {
                "subject_id": key(to, subject),
                "field": word,
                "value_a": disputed(folder, pattern, "value_a"),
                "source_a": key("sources", first),
                "value_b": disputed(folder, pattern, "value_b"),
                "source_b": key("sources", second),
            }


def disputed(folder: Folder, pattern: Cells, column: str) -> str:
    """Return one value of a dispute: a day, a number or a text where the pattern has one."""
    said = pattern[column]
    if said[:4].isdigit() and said.replace("-", "").isdigit():
        return like(said, folder.day())
    if said.isdigit():
        return str(1 + folder.below(90))
    if pattern["field"] in ("sex", "gender") or pattern["field"].startswith("relation_to_"):
        return said
    return text(said, f"dicho sintético {folder.below(1000)}")


TABLES = (
    sources,
    people,
    organizations,
    places_of_detention,
    laws,
    charges,
    cases,
    detentions,
    detention_places,
    relationships,
    official_involvement,
    positions,
    accusations,
    case_members,
    events,
    event_people,
    amnesty_rules,
    rule_links,
    amnesty_requests,
    contradictions,
)


def write_folder(path: Path, rows: int, seed: int = 1) -> Path:
    """Write all tables, row by row, into `path`, which is made; return it.

    Raises:
        ValueError: so few rows have not this shape.
    """
    folder = Folder(rows, random.Random(seed))  # noqa: S311 - it has to be the same each time
    path.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        name = table.__name__
        header = list(folder.starter[name][0])
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            for number, cells in enumerate(table(folder)):
                if name in KEYS:
                    cells[header[0]] = key(name, number)
                if "source_ids" in header:
                    cells["source_ids"] = folder.sources(name, cells)
                writer.writerow(cells)
    return path


def main() -> None:
    """Write a folder as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_folder(given.folder, given.rows, given.seed)


if __name__ == "__main__":
    main()
