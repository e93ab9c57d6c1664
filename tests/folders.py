"""Small case folders for tests, written by hand; all people in them are invented."""

from __future__ import annotations

import textwrap
from pathlib import Path

SOURCES = """
    source_id,publisher,origin,title,url,published_on
    s1,Gazette,,First report,https://example.org/1,2025-01-10
    s2,Radio,,Second report,https://example.org/2,2025-02-10
    s3,Wire,Wire,Third report,,2025-03-10
"""


def write_folder(folder: Path, **tables: str) -> Path:
    """Write each table, given as indented CSV text, into `folder`, with sources if none are given.

    Returns `folder`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ({"sources": SOURCES} | tables).items():
        (folder / f"{name}.csv").write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    return folder
