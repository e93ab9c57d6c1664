"""Importing a library without the libraries that it needs only for what nobody here asks of it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def postponed(*names: str) -> Iterator[None]:
    """Have modules that the block imports be imported only when they are used, after it.

    Modules that are there already stay as they are, and so does whatever is imported after the
    block. What the block takes out of such a module is a function that imports it and calls the
    one of that name.

    Args:
        names: the modules, of which the block uses nothing itself.
    """
    standing = {name: _StandIn(name) for name in names if name not in sys.modules}
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name, module in standing.items():
            module.is_open = False
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _StandIn(ModuleType):
    """A module that imports the one of its name when something of it is used."""

    is_open = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*args: Any, **given: Any) -> Any:
            return self._real(name)(*args, **given)

        return called if self.is_open else self._real(name)

    def _real(self, name: str) -> Any:
        return getattr(importlib.import_module(self.__name__), name)
