"""Which files of tests share a process when several run side by side, and which come first.

A server takes its time to start and to plan each question once, so that files that need the same
go together. A slow file that came last would leave the other processes without work.
"""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

TOGETHER = {
    "tests/test_queries.py": "saved questions",
    "tests/test_starter_answers.py": "saved questions",
    "tests/test_library.py": "saved questions",
    "tests/test_redact.py": "saved questions",
    "tests/test_shipped_reports.py": "saved questions",
    "tests/test_load.py": "current Neo4j",
    "tests/test_lock.py": "current Neo4j",
    "tests/test_read_only.py": "current Neo4j",
    "tests/test_store.py": "current Neo4j",
}
FIRST = (
    "tests/test_queries.py",
    "tests/test_starter_answers.py",
    "tests/test_library.py",
    "tests/test_redact.py",
    "tests/test_shipped_reports.py",
    "tests/test_faults.py",
    "tests/test_gates.py",
    "tests/test_export_csv.py",
    "tests/test_load.py",
    "tests/test_two_worlds.py",
    "tests/test_withheld_reasons.py",
    "tests/test_page.py",
    "tests/test_embedded.py",
    "tests/test_profile.py",
    "tests/test_backup.py",
    "tests/test_backup_failures.py",
    "tests/test_readme.py",
    "tests/test_review.py",
    "tests/test_same_people.py",
    "tests/test_benchmarks.py",
    "tests/test_waiting.py",
    "tests/test_db.py",
)
"""The slow files, the slowest first."""


class Distribution(LoadFileScheduling):  # type: ignore[misc]
    """Give each file to one process, and those that go together to the same."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return TOGETHER.get(file, file)


def rank(nodeid: str) -> int:
    """Return the place of a test's file among those that come first, or one after all of them."""
    file = nodeid.partition("::")[0]
    return FIRST.index(file) if file in FIRST else len(FIRST)
