"""The drawing script, vis-network, as the pyvis package brings it; pinned by its hash."""

from __future__ import annotations

import base64
import gzip
import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from vinculos.errors import VinculosError
from vinculos.language import gettext as _

VERSION = "9.1.2"
SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
_FILE = Path("lib", f"vis-{VERSION}", "vis-network.min.js")
_MAP = "//# sourceMappingURL="


@lru_cache(maxsize=1)
def drawing_script() -> str:
    """Return the script with its licence banner, without the line that names a source map.

    Raises:
        VinculosError: it is missing, or is not the one that was checked.
    """
    # Looked up without importing pyvis, which takes a fifth of a second.
    found = importlib.util.find_spec("pyvis")
    folder = Path(found.origin).parent if found and found.origin else Path()
    try:
        content = (folder / _FILE).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise VinculosError(
            _("The drawing script of pyvis is missing or is not the one that was checked."),
            _("Install it again: {command}").format(
                command="pip install --force-reinstall pyvis==0.3.2"
            ),
        )
    # HTML reads a bare carriage return as a line feed: the hash in the policy must do so too.
    # A browser's developer tools would ask for the source map.
    return content.decode().replace("\r", "\n").rpartition(_MAP)[0].rstrip()


@lru_cache(maxsize=1)
def packed() -> Markup:
    """Return the script as a page carries it: its licence banner, then gzip in base64.

    That is a third of its size.
    """
    script = drawing_script()
    banner, _, _ = script.partition("*/")
    coded = base64.b64encode(gzip.compress(script.encode(), 9, mtime=0)).decode()
    return Markup(f"{banner}*/\n{coded}")  # noqa: S704 (the script that was checked)
