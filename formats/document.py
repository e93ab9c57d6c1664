"""What all HTML documents of the program share: a policy that lets nothing in, and templates."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def policy(style: str, scripts: Iterable[str] = (), *, images: bool = False) -> str:
    """Return a content security policy that lets this style and these scripts in, nothing else.

    `images` lets in those that the document itself holds or makes.
    """
    allowed = [
        "default-src 'none'",
        *(f"script-src {hashes}" for hashes in [" ".join(map(_hash, scripts))] if hashes),
        f"style-src {_hash(style)}",
        *(["img-src data: blob:"] if images else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(allowed)


def environment(folder: Path) -> Environment:
    """Return an environment for the templates in `folder`: all that is put in is escaped."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def static(path: Path) -> Markup:
    """Return a style or script of this package, to be put into a document as it is."""
    content = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    return Markup(content)  # noqa: S704 (a file of this package)


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
