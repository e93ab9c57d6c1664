"""Files of FollowTheMoney entities for tests; all people in them are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def entity(id: str, schema: str, /, **properties: Any) -> dict[str, Any]:
    """Return an entity; a property may be one text or a list."""
    listed = {name: [v] if isinstance(v, str) else list(v) for name, v in properties.items()}
    return {"id": id, "schema": schema, "properties": listed, "datasets": ["prueba"]}


def write_entities(path: Path, *entities: dict[str, Any]) -> Path:
    """Write entities, one a line; return the path."""
    path.write_text("".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entities), "utf-8")
    return path
