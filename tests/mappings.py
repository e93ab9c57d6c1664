"""Files and mappings for tests, written by hand; all people in them are invented."""

from __future__ import annotations

import textwrap
from pathlib import Path

from vinculos.loaders.load import input_files
from vinculos.loaders.mapping_read import read_mapping
from vinculos.loaders.parse import Reading
from vinculos.loaders.read import read_files

LIST = """
    Apellidos;Nombres;Cédula;Fecha de detención;Situación;Lugar;Delitos;Medio;Enlace;Consulta
    Prueba Uno;Ana;100;07/01/2025;Preso;Cárcel Ejemplo;Traición; Gaceta;https://example.org/1;45689
    Prueba Dos;Luis;200;marzo de 2025;Excarcelado;;Traición, Terrorismo;Radio;https://example.org/2;
"""
MAPPING = """
    let:
      person: {from: "{Cédula}", as: "p-{}"}
      custody: "d-{Cédula}"
      source: {from: "{Enlace}", key: hash, as: "src-{}"}
    columns:
      source_ids: "{source}"
      accessed_on: {from: "{Consulta}", date: excel}
    rows:
      - sources: {source_id: "{source}", publisher: "{Medio}", url: "{Enlace}"}
      - people: {person_id: "{person}", name: "{Nombres} {Apellidos}", role_types: detainee}
      - when: "{Lugar}"
        let: {place: {from: "{Lugar}", key: slug}}
        places_of_detention: {place_id: "{place}", name: "{Lugar}", kind: prison}
      - detentions:
          detention_id: "{custody}"
          person_id: "{person}"
          started_on: {from: "{Fecha de detención}", date: [dd/mm/yyyy, month yyyy]}
          status: {from: "{Situación}", words: {Preso: detained, Excarcelado: released}}
          place_id: {from: "{Lugar}", key: slug}
      - each: {from: "{Delitos}", split: ","}
        let: {charge: {from: "{item}", key: slug, as: "charge-{}"}}
        rows:
          - charges: {charge_id: "{charge}", name_es: "{item}"}
          - accusations: {subject_id: "{custody}", charge_id: "{charge}", status: accused}
"""


def write(folder: Path, mapping: str = MAPPING, **files: str) -> Path:
    """Write a mapping, and each file given as indented CSV text; return the mapping's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(textwrap.dedent(text).lstrip(), "utf-8")
    path = folder / "M.yml"
    path.write_text(textwrap.dedent(mapping).lstrip(), "utf-8")
    return path


def read(path: Path, mapping: Path, **options: bool) -> Reading:
    """Read a file, or a folder, through a mapping, without any graph."""
    found = read_mapping(str(mapping))
    return read_files(input_files(path, found)[0], "test", mapping=found, **options)


def said(folder: Path, mapping: str = MAPPING, **files: str) -> list[str]:
    """Return the problems of the one file given, as `file:line column: message`."""
    path = write(folder, mapping, **files)
    (name,) = files
    reading = read(folder / f"{name}.csv", path)
    return [f"{p.file}:{p.line} {p.column}: {p.message}" for p in reading.problems]
