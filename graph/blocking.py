"""Which people to compare: those whose names share enough words as they sound, not all with all.

Keys and pairs are kept in a database on disk, and a pair that shares several keys comes once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from vinculos.graph.folding import fold
from vinculos.graph.identity import Known
from vinculos.graph.name_parts import Name, read_name
from vinculos.graph.name_sounds import skeleton, sound
from vinculos.graph.name_words import FAMILIAR
from vinculos.graph.spool import Spool

TABLES = """
CREATE TABLE keys (key TEXT, n INTEGER, open INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID
"""
RARE = 3
"""People with a word up to whom it may be a misspelling of another word."""
NEIGHBOURS = 20
"""Words one letter apart beyond which a rare word is one of a row, and no misspelling."""
MOST = 1000
"""People under one key from which each is compared with those next in the alphabet alone."""
WINDOW = 20
_INITIALS = str.maketrans("vzxcqyw", "bsskkib")
Neighbours = Mapping[str, Sequence[str]]


def pairs_to_compare(people: Sequence[Known], spool: Spool) -> Iterator[tuple[int, int]]:
    """Yield the places in `people` of each two whose names are worth comparing, once.

    They share both surnames; or a given name, the first surname and the initial of the second, any
    second where one lacks it; or a name word by word; or the consonants of the whole name. A word
    that few have also counts as those that differ from it by one letter.

    Args:
        people: at most some millions; of each a few short keys are kept on disk.
        spool: where to keep them.
    """
    spool.make(TABLES)
    neighbours = _neighbours(people)
    spool.run_many(
        "INSERT INTO keys VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET open = max(open, excluded.open)",
        (
            (key, place, is_open)
            for place, person in enumerate(people)
            for key, is_open in blocking_keys(person, neighbours).items()
        ),
    )
    large = [row[0] for row in spool.rows(
        "SELECT key FROM keys GROUP BY key HAVING count(*) > ?", (MOST,)
    )]  # fmt: skip
    for key in large:
        places = [row[0] for row in spool.rows("SELECT n FROM keys WHERE key = ?", (key,))]
        places.sort(key=lambda place: (fold(people[place].name), people[place].born, place))
        for at, one in enumerate(places):
            spool.run_many(
                "INSERT OR IGNORE INTO pairs VALUES (?, ?)",
                [(min(one, two), max(one, two)) for two in places[at + 1 : at + WINDOW]],
            )
        spool.run("DELETE FROM keys WHERE key = ?", (key,))
    spool.run(
        "INSERT OR IGNORE INTO pairs SELECT k.n, l.n FROM keys k "
        "JOIN keys l ON l.key = k.key AND l.n > k.n WHERE k.open OR l.open"
    )
    return spool.rows("SELECT a, b FROM pairs ORDER BY a, b")


def blocking_keys(person: Known, neighbours: Neighbours) -> dict[str, bool]:
    """Return the keys of a person; each says whether it is open, that is to be compared with all.

    Two people under a key that is open for neither are not compared.
    """
    keys: dict[str, bool] = {}
    for text in (person.name, *person.aliases):
        folded = fold(text)
        if " " in folded:
            keys[f"= {folded}"] = True
        for name in read_name(text):
            _add_keys(keys, name, neighbours)
            whole = "".join(sorted("".join(skeleton(sound(word)) for word in name.words)))
            # Numbers in names are many and share few digits.
            if len(whole) > 2 and whole.isalpha():
                keys[f"~ {whole}"] = True
    return keys


def _add_keys(keys: dict[str, bool], name: Name, neighbours: Neighbours) -> None:
    surnames = name.surnames[-2:]
    given = [code for word in name.given if len(word) > 1 for code in _codes(word, neighbours)]
    for first in _codes(surnames[0], neighbours) if surnames else ():
        for code in given:
            keys.setdefault(f"{code} {first}", False)
            if len(surnames) == 1:
                keys[f"{code} {first}"] = True
            else:
                keys[f"{code} {first} {surnames[1][0].translate(_INITIALS)}"] = True
        if len(surnames) == 2:
            for second in _codes(surnames[1], neighbours):
                one, two = sorted((first, second))
                keys[f"{one}, {two}"] = True
    if name.spouse:
        for code in given:
            keys[f"{code} {sound(name.spouse)}"] = True


def _codes(word: str, neighbours: Neighbours) -> Sequence[str]:
    code = sound(FAMILIAR.get(word, word))
    return (code, *neighbours.get(code, ()))


def _neighbours(people: Sequence[Known]) -> Neighbours:
    """Return for each rare word the words that differ from it by one letter, all as they sound."""
    counts: defaultdict[str, int] = defaultdict(int)
    for person in people:
        for text in (person.name, *person.aliases):
            for name in read_name(text)[:1]:
                for word in name.words:
                    if len(word) > 1:
                        counts[sound(FAMILIAR.get(word, word))] += 1
    without: defaultdict[str, list[str]] = defaultdict(list)
    for code in counts:
        for text in _with_one_less(code):
            without[text].append(code)
    found: dict[str, Sequence[str]] = {}
    for code, number in counts.items():
        if number <= RARE and len(code) > 3 and code.isalpha():
            near = {other for text in _with_one_less(code) for other in without[text]}
            if 1 < len(near) <= NEIGHBOURS:
                found[code] = sorted(near - {code})
    return found


def _with_one_less(word: str) -> set[str]:
    """Return a word, and it without each of its letters: what two words one letter apart share."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
