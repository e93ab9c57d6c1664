"""The page on reports: its example runs, and it names every report that there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.test_cli import run
from tests.tiny import STARTER
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from vinculos.graph.store import Store
from vinculos.reports.blocks import SHOWN
from vinculos.reports.script import get_script, script_files

PAGE = (Path(__file__).parent.parent / "docs" / "reports.md").read_text("utf-8")


def test_the_example_runs_as_printed(
    holding: Callable[[Path], Store], engine_env: dict[str, str], tmp_path: Path
) -> None:
    holding(STARTER)
    example = PAGE.split("````markdown\n")[1].split("````")[0]
    script = tmp_path / "held-in.md"
    script.write_text(example, "utf-8")
    line = re.search(r"^    vinculos (report held-in\.md .+)$", PAGE, re.MULTILINE)
    assert line is not None
    words = line[1].replace("held-in.", str(tmp_path / "held-in.")).split()
    for lang in ("en", "es"):
        done = run([*words, "--lang", lang], engine_env)
        assert done.returncode == 0, done.stderr
        html = (tmp_path / "held-in.html").read_text("utf-8")
        assert html.count("<svg") == 3 and "El Helicoide" in html
        assert "{{" not in html and ":::" not in html


def test_every_report_and_every_option_is_described() -> None:
    for name in script_files():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}`"))
        taken = re.findall(r"`(\w+)`", row.rpartition("|")[0].rpartition("|")[2])
        assert taken == list(get_script(name).head.parameters)
    assert all(f"`{shown}`" in PAGE for shown in SHOWN)
