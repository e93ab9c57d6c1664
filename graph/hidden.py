"""How much was hidden from an audience, in words that give no small count away."""

from __future__ import annotations

from dataclasses import dataclass, field

FEW = 3
"""Where small counts are hidden: the first number that is told."""
OUT = {
    "en": "protected people and their custodies, which enter no answer",
    "es": "personas con protección y sus detenciones, que no entran en ninguna respuesta",
}
FEWER = {"en": f"<{FEW}", "es": f"menos de {FEW}"}


@dataclass
class Hidden:
    """How much was hidden: rows, nodes and elements of lists left out, and things masked.

    `out` is whether people are left out of all answers, `is_told` whether counts of one and two are
    told.
    """

    rows: int = 0
    values: int = 0
    sources: set[str] = field(default_factory=set)
    citations: set[str] = field(default_factory=set)
    minors: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    out: bool = False
    is_told: bool = True

    def __bool__(self) -> bool:
        return self.out or any(self._counts())

    def add(self, more: Hidden) -> None:
        """Count on with what was hidden elsewhere."""
        self.rows += more.rows
        self.values += more.values
        for mine, others in (
            (self.sources, more.sources),
            (self.citations, more.citations),
            (self.minors, more.minors),
            (self.named, more.named),
        ):
            mine |= others
        self.out |= more.out
        self.is_told &= more.is_told

    def sentence(self, lang: str) -> str:
        """Return one sentence that says how much was hidden, or nothing."""
        if not self:
            return ""
        names = (
            ("rows about who or what is withheld", "filas sobre lo reservado"),
            ("values about who or what is withheld", "valores sobre lo reservado"),
            ("restricted sources", "fuentes reservadas"),
            ("citations by publisher and date alone", "citas con solo medio y fecha"),
            ("minors under a pseudonym", "menores de edad con seudónimo"),
            ("others under a pseudonym", "otros con seudónimo"),
        )
        place = lang == "es"
        told = [OUT[lang]] if self.out else []
        told += [
            f"{said[place]}: {self.told(count, lang)}"
            for said, count in zip(names, self._counts(), strict=True)
            if count
        ]
        listed = ", ".join(told)
        if lang == "es":
            return f"Oculto a quien lee ({listed}). Con --audience internal se ve."
        return f"Hidden from this audience ({listed}). --audience internal shows it."

    def told(self, count: int, lang: str) -> str:
        """Return a number as it may be told."""
        return str(count) if self.is_told or count >= FEW else FEWER[lang]

    def _counts(self) -> tuple[int, ...]:
        masked = (self.sources, self.citations, self.minors, self.named)
        return (self.rows, self.values, *map(len, masked))
