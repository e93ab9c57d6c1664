"""`vinculos db`: the database itself; most of it concerns the embedded engine alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vinculos.commands.passphrase import known_passphrase, new_passphrase
from vinculos.commands.spoken import make_sure
from vinculos.errors import UsageError
from vinculos.graph.counts import fill
from vinculos.language import gettext as _

if TYPE_CHECKING:
    from vinculos.graph.store import Store
    from vinculos.settings import Settings

NARROWEST = 8
"""How wide the names of `db status` are, at least."""
WIPE_BATCH = 5_000


@click.group()
def db() -> None:
    """Start, stop, back up, restore or wipe the database."""


@db.command()
@click.pass_obj
def start(settings: Settings) -> None:
    """Start the embedded engine; other commands do so by themselves."""
    from vinculos.graph import embedded

    only_embedded(
        settings,
        _("`vinculos db` can start only the embedded engine."),
        _("Start a Neo4j server with its own tools (neo4j start)."),
    )
    endpoint = embedded.start(settings)
    say(
        _("The embedded engine runs (process {pid}, port {port}).").format(
            pid=endpoint.pid, port=endpoint.port
        )
    )


@db.command()
@click.pass_obj
def stop(settings: Settings) -> None:
    """Stop the embedded engine; nothing is lost."""
    from vinculos.graph import embedded

    only_embedded(
        settings,
        _("`vinculos db` can stop only the embedded engine."),
        _("Stop a Neo4j server with its own tools (neo4j stop)."),
    )
    was_running = embedded.stop(settings)
    stopped = _("The embedded engine is stopped.")
    say(stopped if was_running else _("The embedded engine was not running."))


@db.command()
@click.pass_obj
def status(settings: Settings) -> None:
    """Show which database is in use, and how large it is. It starts nothing."""
    from vinculos.graph import embedded
    from vinculos.graph.store import connect, connect_endpoint

    if settings.uri:
        with connect(settings) as store:
            facts: list[tuple[str, object]] = [
                (_("engine"), "Neo4j"),
                (_("version"), store.version),
                (_("state"), _("running")),
                (_("address"), settings.uri),
                (_("nodes"), count_nodes(store)),
            ]
    else:
        state = embedded.status(settings)
        facts = [
            (_("engine"), _("embedded")),
            (_("version"), embedded.version()),
            (_("state"), _("running") if state.endpoint else _("stopped")),
            (_("home"), state.home),
            (_("size"), f"{state.size / 1e6:.1f} MB"),
        ]
        if state.endpoint:
            with connect_endpoint(state.endpoint) as store:
                nodes = count_nodes(store)
            facts += [
                (_("process"), state.endpoint.pid),
                (_("port"), state.endpoint.port),
                (_("nodes"), nodes),
            ]
    wide = max(NARROWEST, *(len(name) for name, _value in facts))
    for name, value in facts:
        click.echo(f"{name:<{wide}} {value}")


@db.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--encrypt", is_flag=True, help="By a passphrase: asked for, or VINCULOS_PASSPHRASE.")
@click.pass_obj
def backup(settings: Settings, file: Path, encrypt: bool) -> None:
    """Write the whole embedded graph to FILE, unredacted. It names real people: keep it safe."""
    only_embedded(
        settings,
        _("`vinculos db` can back up only the embedded engine."),
        _("Use neo4j-admin database dump, or your service's backups."),
    )
    passphrase = new_passphrase() if encrypt else None
    from vinculos.graph import embedded_backup

    contents = embedded_backup.backup(settings, file, passphrase)
    say(
        fill(
            _("{file} holds {nodes:node|nodes} and {relationships:relationship|relationships}."),
            file=file,
            nodes=contents.nodes,
            relationships=contents.relationships,
        )
    )
    say(
        _(
            "It is the whole graph, unredacted: names of protected people and restricted sources "
            "included."
        )
    )
    if encrypt:
        say(_("It is encrypted: if you lose the passphrase, you lose the backup."))
    else:
        say(_("It is not encrypted: keep it where you keep the data, or add --encrypt."))
    say(_("Fingerprint: {fingerprint}").format(fingerprint=contents.fingerprint))


@db.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def restore(settings: Settings, file: Path) -> None:
    """Replace the embedded graph by the one in FILE. What is there now is lost.

    The passphrase of an encrypted FILE is asked for, or taken from VINCULOS_PASSPHRASE.
    """
    only_embedded(
        settings,
        _("`vinculos db` can restore only the embedded engine."),
        _("Use neo4j-admin database load, or your service's backups."),
    )
    from vinculos.graph import embedded_backup

    passphrase = known_passphrase() if embedded_backup.is_encrypted(file) else None
    contents = embedded_backup.restore(settings, file, passphrase)
    say(
        fill(
            _(
                "The graph is that of {file}: {nodes:node|nodes} and "
                "{relationships:relationship|relationships}."
            ),
            file=file,
            nodes=contents.nodes,
            relationships=contents.relationships,
        )
    )
    say(_("Fingerprint: {fingerprint}").format(fingerprint=contents.fingerprint))


@db.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def wipe(settings: Settings, yes: bool) -> None:
    """Delete the whole graph, for good."""
    from vinculos.graph import embedded

    where = settings.uri or settings.home
    if not yes:
        make_sure(_("Delete the whole graph of {place}?").format(place=where))
    if settings.uri:
        wipe_server(settings)
    else:
        embedded.wipe(settings)
    say(_("The graph of {place} is empty.").format(place=where))


def wipe_server(settings: Settings) -> None:
    """Delete all nodes of a Neo4j database in batches, while no load is under way."""
    from vinculos.graph.lock import graph_lock
    from vinculos.graph.store import connect

    cypher = "MATCH (n) WHERE NOT n:Lock WITH n LIMIT $batch DETACH DELETE n RETURN count(*) AS n"
    with connect(settings) as store, graph_lock(store, notify=say):
        while store.write(cypher, {"batch": WIPE_BATCH}).rows[0]["n"]:
            pass


def count_nodes(store: Store) -> int:
    """Return how many nodes there are; the lock on the graph is none."""
    return int(store.read("MATCH (n) WHERE NOT n:Lock RETURN count(n) AS n").rows[0]["n"])


def only_embedded(settings: Settings, message: str, instead: str) -> None:
    """Refuse a command that concerns the embedded engine alone.

    Raises:
        UsageError: NEO4J_URI is set; it says `message`, and what to use instead.
    """
    if settings.uri:
        raise UsageError(message, instead)


def say(words: str) -> None:
    """Print a message where it disturbs no data."""
    click.echo(words, err=True)
