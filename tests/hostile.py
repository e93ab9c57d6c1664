"""Texts that try to run, to break out or to deceive, and a network that has them everywhere.

Each that could run sets `window.ran` or opens a dialog, so that a test can tell.
"""

from __future__ import annotations

from typing import Any

from vinculos.graph.network import (
    Network,
    NetworkClaim,
    NetworkEdge,
    NetworkNode,
    NetworkSource,
)
from vinculos.graph.records import NodeRef

HOSTILE = (
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    "</title><script>window.ran=1</script>",
    "</style><script>window.ran=1</script>",
    "</textarea><img src=x onerror=window.ran=1>",
    "<img src=x onerror=window.ran=1>",
    "<svg/onload=window.ran=1>",
    "<svg><script>window.ran=1</script></svg>",
    "<iframe src='javascript:window.top.ran=1'></iframe>",
    "<a href='javascript:window.ran=1'>href</a>",
    "<body onload=window.ran=1>",
    "<details open ontoggle=window.ran=1>",
    "<math><mtext><style><img src=x onerror=window.ran=1></style></mtext></math>",
    '"><img src=x onerror=window.ran=1>',
    "' onmouseover='window.ran=1",
    '" onfocus="window.ran=1" autofocus="',
    "javascript:window.ran=1",
    "JaVaScRiPt:window.ran=1",
    "data:text/html,<script>window.top.ran=1</script>",
    "vbscript:window.ran=1",
    "<!--<script>window.ran=1</script>-->",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
    "&#60;script&#62;window.ran=1&#60;/script&#62;",
    "{{ 7*7 }}{% for x in [1] %}{{ x }}{% endfor %}",
    "${window.ran=1}`${alert(1)}`",
    "{{constructor.constructor('window.ran=1')()}}",
    "';window.ran=1;//",
    '";alert(1);//',
    "\\';window.ran=1;//",
    "\u2028window.ran=1\u2029alert(1)",
    "<link rel=stylesheet href=https://hostile.invalid/x.css>",
    "<img src=https://hostile.invalid/x.png>",
    "<meta http-equiv=refresh content='0;url=https://hostile.invalid/'>",
    "<base href=https://hostile.invalid/>",
    "<form action=https://hostile.invalid/><input autofocus onfocus=window.ran=1></form>",
    "url(https://hostile.invalid/x.png)",
    "@import 'https://hostile.invalid/x.css';",
    'https://hostile.invalid/"onclick=window.ran=1',
    "https://user:secret@hostile.invalid/",
    "//hostile.invalid/x.js",
    "file:///etc/passwd",
    "\u202egnp.exe\u202c",
    "\u2066abc\u2069\u200f\u061c",
    "nul\x00l\x07\x1b[31mred\x1b[0m",
    "\ud800 lone surrogate",
    "\ufeff\u200b\u00adhidden",
    "__proto__",
    "constructor",
    "%s%n{0}{name}",
    "a" * 1000,
    "*bold* _x_ `code` <b>b</b>",
    "</noscript><script>window.ran=1</script>",
    "<noscript><p title='</noscript><img src=x onerror=window.ran=1>'>",
    "<template><script>window.ran=1</script></template>",
    "&lt;img src=x onerror=window.ran=1&gt;",
    '{"w":0}',
    "#v1=eyJsYW5nIjoiZW4ifQ",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1>",
    "<svg><a xlink:href='javascript:window.ran=1'><text>x</text></a></svg>",
)


def hostile_network(*texts: str) -> Network:
    """Return a network with each of `texts` in every field that can hold text."""
    parts = [_network(text) for text in texts]
    return Network(
        {key: node for part in parts for key, node in part.nodes.items()},
        tuple(edge for part in parts for edge in part.edges),
    )


def _network(text: str) -> Network:
    source = NetworkSource(text, text, text, text, text, text)
    person, place, odd = NodeRef("Person", text), NodeRef("Place", f"{text}2"), NodeRef(text, text)
    fields: dict[str, Any] = {
        "name": text,
        "aliases": [text, text],
        "gender": text,
        "born": text,
        "summary": text,
        "disputed": ["name", text],
        text: text,
    }
    claims = tuple(
        NetworkClaim(text, text, text, shown, others, (source,))
        for shown, others in (
            ((text, "name"), (("born", text),)),
            ((), ((text, text), ("name", text))),
        )
    )
    nodes = {
        key: NetworkNode(key, (text, "Official"), fields, (source,), claims)
        for key in (person, place, odd)
    }
    detention = NodeRef("Detention", text)
    nodes[detention] = NetworkNode(
        detention, (), {"started": text, "status": text, "held": [text]}, (source,), claims
    )
    said = {"confidence": text, "disputed": [text], "kind": text, "title": text, text: [text]}
    edges = tuple(
        NetworkEdge(f"{number}{text}", kind, start, end, said, (source,), claims)
        for number, (kind, start, end) in enumerate(
            (
                ("RELATED_TO", person, place),
                ("HOLDS_POST", person, place),
                (text, place, odd),
                ("HELD_AT", detention, place),
                ("DETAINED_IN", odd, detention),
                (text, odd, odd),
            )
        )
    )
    return Network(nodes, edges)
