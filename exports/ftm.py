"""The graph as FollowTheMoney entities, one a line, for OpenSanctions' tools, Aleph and others.

A detention is an Event with the keyword `detention` that involves whom it holds: of all schemata
only an Event has days, a place and people in it, and claims nothing of guilt, as a CourtCase or a
Sanction would. All is read into a temporary database first, since an entity bears what the graph
holds in relationships and claims.
"""

from __future__ import annotations

from io import TextIOBase
from itertools import chain

from vinculos.exports.contents import Contents
from vinculos.exports.ftm_spool import FtmSpool
from vinculos.exports.ftm_things import Things
from vinculos.exports.ftm_ties import Ties
from vinculos.formats.characters import to_json
from vinculos.graph.spool import Spool


def write_ftm(contents: Contents, out: TextIOBase, lang: str) -> None:
    """Write an entity a line; `contents.left_out` counts what has no place in the model.

    Raises:
        EngineError: the graph cannot be read.
    """
    with Spool(contents.scratch) as spool:
        read = FtmSpool(spool, contents)
        things = Things(read, contents.left_out, lang).entities()
        for entity in chain(things, Ties(read, contents.left_out, lang).entities()):
            out.write(to_json(entity) + "\n")
