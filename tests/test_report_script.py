"""Report scripts: what they are made of, and all that prose may not ask for."""

from __future__ import annotations

import re
import textwrap

import pytest

from vinculos.errors import NotFound, UsageError
from vinculos.language import speaking
from vinculos.reports.prose import prose_html, prose_markdown
from vinculos.reports.sandbox import check, fill
from vinculos.reports.script import Block, Prose, get_script, parse_script, script_files

SCRIPT = """\
---
title: {en: "Held on {{ as_of }}", es: "En detención el {{ as_of }}"}
parameters:
  as_of: {type: date, default: today, en: the day, es: el día}
---
::: es
Hola.
:::
::: en
Hello.

```text
::: es
```
:::
Both.

```query list_held
columns: [person]
```
```cypher
RETURN 1 AS one
```
"""


def test_prose_and_blocks_with_their_lines() -> None:
    script = parse_script("mine", SCRIPT)
    assert script.head.title.es == "En detención el {{ as_of }}"
    assert list(script.head.parameters) == ["as_of"]
    assert [(part.line, part.lang) for part in script.parts] == [
        (7, "es"),
        (10, "en"),
        (16, ""),
        (18, ""),
        (21, ""),
    ]
    prose = [part.text for part in script.parts if isinstance(part, Prose)]
    assert prose == ["Hola.", "Hello.\n\n```text\n::: es\n```", "Both.\n"]
    first, second = [part for part in script.parts if isinstance(part, Block)]
    assert (first.kind, first.name, first.text) == ("query", "list_held", "columns: [person]\n")
    assert (second.kind, second.text) == ("cypher", "RETURN 1 AS one\n")


def test_line_ends_of_windows_make_no_difference() -> None:
    assert parse_script("a", SCRIPT.replace("\n", "\r\n")).parts == parse_script("a", SCRIPT).parts


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("::: es\nHola.\n", "the section ::: es does not end"),
        ("::: es\n::: en\n:::\n", "line 5: a section ::: en begins inside"),
        (":::\n", "line 4: ::: ends a section"),
        ("::: fr\n:::\n", "no language 'fr'"),
        ("Hello.\n\n```cypher\nRETURN 1\n", "line 6: the block does not end"),
        ("- item\n\n  ```cypher\n  RETURN 1\n  ```\n", "line 6: a block stands inside a list"),
        ("Hello\n{{ wen }}\n", "line 5: there is no parameter 'wen'"),
        ("{{ when }\n", "line 4:"),
    ],
)
def test_what_is_written_wrong_is_named_by_its_line(body: str, said: str) -> None:
    head = "---\nparameters: {when: {type: date, en: a, es: b}}\n---\n"
    with pytest.raises(UsageError) as raised:
        parse_script("mine", head + body)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello", "front matter"),
        ("---\ntitle: a: b\n---\n", "line 2"),
        ("---\ntheme: x\n---\n", "unknown word 'theme'"),
    ],
)
def test_front_matter_that_is_wrong(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_script("mine", text)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("::: es\nHola.\n", "mine: la sección ::: es no termina. Ciérrelo: :::"),
        ("::: es\n::: en\n:::\n", "mine, línea 5: una sección ::: en comienza dentro de ::: es."),
        ("Hola\n{{ wen }}\n", "línea 5: no hay ningún parámetro 'wen'. ¿Quiso decir when?"),
        ("{{ ''.__class__ }}\n", "mine, línea 4: la prosa puede nombrar parámetros"),
    ],
)
def test_what_is_written_wrong_is_named_in_spanish(body: str, said: str) -> None:
    head = "---\nparameters: {when: {type: date, en: a, es: b}}\n---\n"
    with speaking("es"), pytest.raises(UsageError) as raised:
        parse_script("mine", head + body)
    assert said in str(raised.value)


ESCAPES = """
{{ ''.__class__ }}
{{ name.__class__.__mro__ }}
{{ name['x'] }}
{{ name.upper() }}
{{ range(10) }}
{{ lipsum }}
{{ cycler.__init__.__globals__ }}
{{ name|attr('x') }}
{{ name|safe }}
{{ 9 ** 9 ** 9 }}
{{ 'a' * 1000000000 }}
{{ '%1000000000d' % 1 }}
{{ name ~ name }}
{{ self }}
{{ (name,) }}
{{ [name] }}
{{ {'a': name} }}
{{ name is defined }}
{% for x in name %}{% endfor %}
{% set x = 1 %}
{% include 'x' %}
{% import 'x' as y %}
{% extends 'x' %}
{% macro m() %}{% endmacro %}
{% block b %}{% endblock %}
{% filter upper %}a{% endfilter %}
{% call name() %}{% endcall %}
{% with x = 1 %}{% endwith %}
{% autoescape false %}{% endautoescape %}
{% do name %}
"""


@pytest.mark.parametrize("text", [line for line in ESCAPES.splitlines() if line])
def test_prose_asks_for_parameters_and_nothing_else(text: str) -> None:
    with pytest.raises(UsageError, match="line [79]"):
        check(f"\n\n{text}", ["name"], "mine", 7)


def test_gaps_are_filled_and_what_fills_them_is_only_text() -> None:
    text = "{% if who %}\n**{{ who }}** {{ n }} {{ yes }} {{ none }}{{ many }}\n{% endif %}\n"
    values = {"who": "*A* <b>[x](y)\n# z", "n": 3, "yes": True, "none": None, "many": ["a", "b"]}
    check(text, values, "mine", 1)
    filled = fill(text, values, "es")
    assert filled == r"**\*A\* \<b\>\[x\]\(y\) \# z** 3 sí a\; b" + "\n"
    assert "<strong>*A* &lt;b&gt;[x](y) # z</strong>" in prose_html(filled)
    with pytest.raises(UsageError, match="cannot be filled"):
        fill("{% if who > n %}a{% endif %}", values, "es")


def test_prose_holds_no_html_no_pictures_and_only_web_links() -> None:
    text = textwrap.dedent("""\
        # One <script>alert(1)</script>

        <img src=x onerror=alert(1)>

        ![p](https://x.example/p.png) [a](javascript:alert(1)) [b](https://x.example/b)
        [c](file:///etc/passwd) <https://x.example/d> a < b &lt;i&gt;
        """)
    html = str(prose_html(text))
    assert "<script" not in html and "<img" not in html
    assert re.findall('href="([^"]*)"', html) == [
        "https://x.example/p.png",
        "https://x.example/b",
        "https://x.example/d",
    ]
    assert html.count('rel="noopener noreferrer"') == 3
    assert "<h2>One" in html and "<h1" not in html
    written = prose_markdown(text)
    assert "&lt;script>" in written and "&lt;img" in written and "<https://x.example/d>" in written
    assert "a < b" in written


def test_reports_by_name_and_by_file() -> None:
    assert "hostages" in script_files()
    assert get_script("hostages").head.title.es
    with pytest.raises(NotFound, match="Did you mean hostages"):
        get_script("hostage")
    with pytest.raises(NotFound, match="no report file"):
        get_script("none.md")


@pytest.mark.parametrize("name", sorted(script_files()))
def test_every_shipped_report_speaks_both_languages(name: str) -> None:
    script = get_script(name)
    texts = [script.head.title, script.head.description]
    texts += [parameter.title for parameter in script.head.parameters.values()]
    assert all(text.en and text.es and text.en != text.es for text in texts)
    prose = [part.lang for part in script.parts if isinstance(part, Prose)]
    assert prose.count("en") == prose.count("es") > 0 and "" not in prose
    assert not any(part.lang for part in script.parts if isinstance(part, Block))
