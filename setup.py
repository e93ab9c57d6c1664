"""Compiles the message catalogs when the package is built; all else is in pyproject.toml."""

from babel.messages.frontend import compile_catalog
from setuptools import setup
from setuptools.command.build import build


class Build(build):
    """The ordinary build, with `locale/*/LC_MESSAGES/*.mo` made first."""

    sub_commands = [("compile_catalog", None), *build.sub_commands]


# By its name it is told from the modules beside it, which are the package.
setup(script_name="setup.py", cmdclass={"build": Build, "compile_catalog": compile_catalog})
