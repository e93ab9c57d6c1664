"""The classes of the embedded engine, kept ready for every home folder of the tests.

A user's engine keeps them once it was idle. Without them, in the new home of each test, it would
take twice as long to start. It starts without them here, and where `test_embedded` has it forget
them.
"""

from __future__ import annotations

import functools
import hashlib
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import filelock

from tests.servers import cache_folder
from vinculos.errors import EngineUnavailable
from vinculos.graph import embedded, embedded_java
from vinculos.graph.embedded_files import Files
from vinculos.graph.store import connect
from vinculos.loaders.load import load_folder
from vinculos.settings import read_settings

TINY = Path(__file__).parent / "data" / "tiny"


def keep_ready(home: Path) -> None:
    """Make `home` a home folder whose engine has its classes ready; else it starts without them."""
    with suppress(OSError, EngineUnavailable):
        files = Files(home)
        archive = made()
        files.make()
        files.cache.mkdir(exist_ok=True)
        embedded_java.archive_of(files).symlink_to(archive)


@functools.cache
def made() -> Path:
    """Return the archive of this engine's classes; make it where there is none, or another's."""
    class_path = embedded_java.class_path(embedded_java.find_engine())
    folder = cache_folder() / "engine-classes"
    archive = folder / f"{hashlib.sha256(class_path.encode()).hexdigest()[:16]}.jsa"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(folder.with_suffix(".lock")):
        if not archive.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(archive)
    return archive


def make(archive: Path) -> None:
    """Make the archive of the classes that a load and a question use."""
    with tempfile.TemporaryDirectory() as home:
        settings = read_settings(environment={"VINCULOS_HOME": home})
        files = Files(settings.home)
        try:
            with connect(settings) as store:
                load_folder(store, TINY)
        finally:
            embedded.stop(settings)
        embedded_java.archive_classes(files)
        shutil.copyfile(embedded_java.archive_of(files), half := archive.with_suffix(".half"))
        half.replace(archive)
