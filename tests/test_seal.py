"""The last look at finished bytes, whatever their format."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest

from tests.test_redact import WHITE, withheld
from vinculos.errors import UsageError, VinculosError
from vinculos.formats.seal import check

HIDDEN = "Olga Oculta Prueba"


def workbook(cell: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = cell  # type: ignore[index]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(name: str, text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as container:
        container.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        f"name\n{HIDDEN}\n".encode(),
        "name\nOLGA ÓCULTA PRUEBA\n".encode(),
        json.dumps([{"name": "Olga Ócultá Prueba"}]).encode(),
        json.dumps([{"name": "Olga\nOculta\tPrueba"}]).encode(),
        b"<!doctype html><p>Olga <b>Oculta</b> Prueba</p>",
        b"<!doctype html><p>Olga Oc&#117;lta Prueba</p>",
        b"<!doctype html><a title='Olga Oculta Prueba' href='#'>x</a>",
        b'<!doctype html><a class="x"title="Olga Oculta Prueba">x</a>',
        b"<!doctype html><a alt='x'title='y' data-n='Olga Oculta Prueba'>x</a>",
        b"<!doctype html><a href='https://x.example/olga%20oculta%20prueba'>x</a>",
        b'<!doctype html><script type="application/json">{"a":"Olga Oc\\u0075lta Prueba"}</script>',
        b"<!doctype html><script type='application/json'>[\"title='Olga Oculta Prueba'\"]</script>",
        b"<!doctype html><script type='application/json'><a title='Olga Oculta Prueba'></script>",
        b"<svg><text>Olga Oculta Prueba</text></svg>",
        b"| link |\n| <https://secret.example/x> |\n",
        b"claim,c1a1c1a1\n",
        b"id\nt:nino-nombre\n",
        b"minor 000001\n",
        b"claim,beefbeef\n",
        b"source\nLittle one held in jail\n",
        workbook(HIDDEN),
        workbook("A talk with a witness"),
        zipped("word/document.xml", "<w:p><w:t>Olga </w:t><w:t>Oculta Prueba</w:t></w:p>"),
        zipped("word/_rels/document.xml.rels", '<R Target="https://secret.example/x"/>'),
        zipped("olga-oculta.csv", "a,b\n"),
        zipped("report.html", f"<html><p>{HIDDEN}</p></html>"),
    ],
)
def test_what_is_withheld_is_found_in_finished_bytes(content: bytes) -> None:
    with pytest.raises(VinculosError, match="nothing was written") as refused:
        check(content, withheld())
    assert "Olga" not in str(refused.value)
    check(content, WHITE)


@pytest.mark.parametrize(
    "content",
    [
        b"name\nAna Prueba Uno\nMinor 17\n",
        b"source,Radio 2025-02-01 Family of four held\n",
        b"<!doctype html><style>.t-olga-oculta{}</style><script>var olga_oculta</script><p>x</p>",
        workbook("Minor 17"),
        bytes(range(256)),
    ],
)
def test_what_may_be_seen_is_let_through(content: bytes) -> None:
    check(content, withheld())


def test_the_name_of_the_file_counts() -> None:
    with pytest.raises(UsageError, match=r"name of the file .* Choose another name") as refused:
        check(b"", withheld(), "olga-oculta.html")
    assert "olga" not in str(refused.value)
