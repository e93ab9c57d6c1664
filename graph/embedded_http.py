"""The embedded engine's HTTP service, on its loopback port: for what Bolt cannot say."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from vinculos.graph.embedded_files import DATABASE, Endpoint

ANSWER_SECONDS = 30
BACKUP_SECONDS = 3600
NOT_A_QUERY = ("QueryNotIdempotentException", "SecurityException")

# Without this the user's proxy would be asked for 127.0.0.1.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_ready(port: int) -> bool:
    """Tell whether the service answers on `port` that the database is open."""
    try:
        with opener.open(f"http://127.0.0.1:{port}/api/v1/ready", timeout=5) as reply:
            return bool(reply.status == 204)
    except (OSError, ValueError):
        return False


def shut_down(endpoint: Endpoint) -> None:
    """Ask the engine to close its files and end.

    Raises:
        OSError: it does not answer.
    """
    post(endpoint, "root", "server", {"command": "shutdown"})


def only_reads(endpoint: Endpoint, cypher: str, parameters: Mapping[str, Any]) -> bool:
    """Tell whether the engine takes `cypher` for a query that changes nothing.

    The engine judges before it runs anything. It is asked as the user who can only read.
    """
    body = {"language": "opencypher", "command": cypher, "params": parameters, "limit": 1}
    try:
        post(endpoint, "reader", f"query/{DATABASE}", body)
    except urllib.error.HTTPError as error:
        with error:
            return not any(name in error.read().decode(errors="replace") for name in NOT_A_QUERY)
    except OSError:
        return True
    return True


def cause(error: Exception) -> str:
    """Return the innermost reason that the service gives for a refusal, else the error's words."""
    if isinstance(error, urllib.error.HTTPError):
        with error, suppress(OSError, ValueError, LookupError, TypeError):
            detail = str(json.loads(error.read())["detail"])
            return detail.rpartition(" -> ")[2].strip().rstrip(".")
    return str(error).rstrip(".")


def post(
    endpoint: Endpoint,
    user: str,
    path: str,
    body: Mapping[str, Any],
    seconds: float = ANSWER_SECONDS,
) -> bytes:
    """Post `body` as `user` and return the answer.

    Raises:
        OSError: the engine does not answer, or refuses.
    """
    secret = base64.b64encode(f"{user}:{endpoint.passwords[user]}".encode()).decode()
    request = urllib.request.Request(  # noqa: S310 - always http on loopback
        f"http://127.0.0.1:{endpoint.http_port}/api/v1/{path}",
        json.dumps(body, default=str).encode(),
        {"Authorization": f"Basic {secret}", "Content-Type": "application/json"},
    )
    with opener.open(request, timeout=seconds) as reply:
        return bytes(reply.read())
