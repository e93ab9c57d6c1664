"""Where the graph is and how to reach it: flag > environment > default, read here alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from vinculos.errors import UsageError
from vinculos.language import LANGUAGES
from vinculos.language import gettext as _

DEFAULT_IDLE_SECONDS = 900
"""How long the embedded engine stays up without a connection."""

PASSPHRASE = "VINCULOS_PASSPHRASE"  # noqa: S105 - a name
SECRETS = (PASSPHRASE, "NEO4J_PASSWORD")
"""Variables that no process which outlives the command may inherit."""

URI_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True)
class Settings:
    """All settings of one command.

    `uri` is None for the embedded engine; `home` is the folder that holds its data.
    """

    home: Path
    uri: str | None
    username: str
    password: str
    database: str | None
    idle_seconds: int
    lang: str
    queries: tuple[Path, ...]


def read_settings(
    *,
    home: str | None = None,
    uri: str | None = None,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
    lang: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings of one command; a flag wins over the environment, that over the default.

    Args:
        home: the folder of the embedded engine (`VINCULOS_HOME`).
        uri: a Bolt URI (`NEO4J_URI`); none means the embedded engine.
        username: `NEO4J_USERNAME`.
        password: `NEO4J_PASSWORD`.
        database: `NEO4J_DATABASE`.
        lang: `es` or `en` (`VINCULOS_LANG`, else the locale's).
        environment: the variables to read instead of the process's own.

    Raises:
        UsageError: a value cannot be used.
    """
    env = os.environ if environment is None else environment

    def pick(flag: str | None, name: str, default: str = "") -> str:
        return flag if flag is not None else env.get(name, "") or default

    chosen_uri = pick(uri, "NEO4J_URI")
    if chosen_uri and chosen_uri.partition("://")[0] not in URI_SCHEMES:
        raise UsageError(
            _("{uri!r} is not a Bolt address.").format(uri=chosen_uri),
            _(
                "Write it like bolt://localhost:7687 or neo4j+s://host, "
                "or leave NEO4J_URI out to use the embedded engine."
            ),
        )
    idle = pick(None, "VINCULOS_IDLE_SECONDS", str(DEFAULT_IDLE_SECONDS))
    if not idle.isdigit() or int(idle) == 0:
        raise UsageError(
            _("VINCULOS_IDLE_SECONDS is {value!r}.").format(value=idle),
            _("Give a whole number of seconds above 0."),
        )
    chosen_lang = lang or env.get("VINCULOS_LANG", "") or environment_language(env)
    if chosen_lang not in LANGUAGES:
        raise UsageError(
            _("There is no language {name!r} here.").format(name=chosen_lang),
            _("Choose es or en."),
        )
    return Settings(
        home=Path(pick(home, "VINCULOS_HOME", platformdirs.user_data_dir("vinculos"))).expanduser(),
        uri=chosen_uri or None,
        username=pick(username, "NEO4J_USERNAME", "neo4j"),
        password=pick(password, "NEO4J_PASSWORD"),
        database=pick(database, "NEO4J_DATABASE") or None,
        idle_seconds=int(idle),
        lang=chosen_lang,
        queries=tuple(
            Path(part).expanduser()
            for part in env.get("VINCULOS_QUERIES", "").split(os.pathsep)
            if part
        ),
    )


def read_passphrase(environment: Mapping[str, str] | None = None) -> str | None:
    """Return the passphrase that a script gives in `VINCULOS_PASSPHRASE`; None where it is unset.

    An empty one counts: a script whose secret is missing must fail, not ask.
    """
    return (os.environ if environment is None else environment).get(PASSPHRASE)


def environment_language(environment: Mapping[str, str]) -> str:
    """Return `es` where `VINCULOS_LANG` or the locale is Spanish, else `en`."""
    for name in ("VINCULOS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "es" if value.lower().startswith("es") else "en"
    return "en"
