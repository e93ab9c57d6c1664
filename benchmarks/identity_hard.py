# ruff: noqa: E501 - tables
"""Hard pairs written by hand, each with what tells the two apart or shows that they are one."""

from __future__ import annotations

Said = dict[str, str]


def _who(name: str, custody: str = "", **said: str) -> Said:
    return {"name": name, "custody": custody, **said}


NORTH, SOUTH = "@Penal Norte", "@Penal Sur"

HARD: tuple[tuple[str, str, Said, Said], ...] = (
    # One person.
    ("hand_same", "same", _who("María de los Ángeles Rojas Peña"), _who("ROJAS PEÑA, Ma. de los Ángeles")),
    ("hand_same", "same", _who("José de Jesús Marín Toro"), _who("Jose J. Marin Toro")),
    ("hand_same", "same", _who("Jhon Jairo Zapata Lugo"), _who("John Jairo Zapata Lugo")),
    ("hand_same", "same", _who("Yonathan Querales"), _who("Jonatan Querales", born="")),
    ("hand_same", "same", _who("Ana Prueba Ejemplo de Rangel"), _who("Ana Prueba Ejemplo")),
    ("hand_same", "same", _who("Viuda de Acosta, Rosa Elena Parra"), _who("Rosa Elena Parra vda. de Acosta")),
    ("hand_same", "same", _who("Gral. Ernesto Tovar Blanco"), _who("Ernesto Tovar Blanco")),
    ("hand_same", "same", _who("Dr. Julio César Vivas"), _who("Julio César Vivas Dávila", f"2019-05-02/{NORTH}")),
    ("hand_same", "same", _who("Wilmer Graterol", f"2020-03-01/{NORTH}"), _who("Wuilmer Graterol", f"2020-03-02/{NORTH}")),
    ("hand_same", "same", _who("Luisa Fernanda Núñez", born="1980-03-12"), _who("Luisa F. Nuñez Sosa", born="1980")),
    ("hand_same", "same", _who("Peña, Óscar", f"2021-08-14/{SOUTH}"), _who("Oscar Peña Oropeza", f"2021-08-14/{SOUTH}")),
    ("hand_same", "same", _who("Iván Dario Uzcátegui", mother_name="Inés Zerpa"), _who("Ivan D. Uscategui", mother_name="Inés Zerpa")),
    ("hand_same", "same", _who("Betsabé Quijada", aliases="La Profe Quijada"), _who("La Profe Quijada")),
    ("hand_same", "same", _who("Franklin de la Cruz Sosa"), _who("DELACRUZ SOSA FRANKLIN")),
    ("hand_same", "same", _who("Samuel Elías Bolívar Toro", born="1975-04-05"), _who("Samuel Bolivar", born="1975-05-04")),
    ("hand_same", "same", _who("Nelson Chacón", f"2018-01-20/2019-02-03{NORTH}"), _who("Nélson Chacon", f"2018-01/2019-02{NORTH}")),
    ("hand_same", "same", _who("Cecilia Inés Aponte de Franco"), _who("Cecilia Aponte")),
    ("hand_same", "same", _who("Raquel Sequera", kin="Orlando Sequera"), _who("Raquel Sequera Lugo", kin="Orlando Sequera")),
    ("hand_same", "same", _who("Echeverria Lugo Simón A."), _who("Simón Alberto Echeverría Lugo")),
    ("hand_same", "same", _who("Ibarra M., Héctor", f"2017-06-01/{SOUTH}"), _who("Héctor Ibarra Márquez", f"2017-06-03/{SOUTH}")),
    ("hand_same", "same", _who("Domingo O'Brien Reyes"), _who("Domingo Obrien Reyes")),
    ("hand_same", "same", _who("Henry Jaimes-Duarte"), _who("Henry Jaimes Duarte")),
    # Two people.
    ("hand_different", "different", _who("Pedro Rojas padre", born="1950"), _who("Pedro Rojas hijo", born="1978")),
    ("hand_different", "different", _who("José Sosa", f"2019-02-01/2019-12-01{NORTH}"), _who("José Sosa", f"2019-03-01/2019-09-01{SOUTH}")),
    ("hand_different", "different", _who("Luis Pérez", f"2014-02-20/{NORTH}"), _who("Luis Pérez", f"2023-10-01/{SOUTH}")),
    ("hand_different", "different", _who("Juan Carlos Parra Toro"), _who("Juan Pablo Parra Toro")),
    ("hand_different", "different", _who("Carlos Juan Parra Toro", born="1981"), _who("Juan Carlos Parra Toro", born="1985")),
    ("hand_different", "different", _who("Ana María Lugo Vivas", f"2020-05-05/{NORTH}"), _who("María Ana Lugo Vivas", f"2020-05-05/{NORTH}", born="1999", kin="Ana María Lugo Vivas")),
    ("hand_different", "different", _who("Rosa Elena Zerpa", born="1960-01-01"), _who("Rosa Elena Zerpa", born="1991-01-01")),
    ("hand_different", "different", _who("Miguel Toro Peña"), _who("Miguel Peña Toro")),
    ("hand_different", "different", _who("Elías Moreno Franco", mother_name="Julia Franco"), _who("Elías Moreno Franco", mother_name="Norma Franco")),
    ("hand_different", "different", _who("Diego Vargas", kin="Tomás Vargas"), _who("Tomás Vargas", kin="Diego Vargas")),
    ("hand_different", "different", _who("Laura Blanco de Parra"), _who("Laura Parra de Blanco")),
    ("hand_different", "different", _who("J. Rodríguez"), _who("José Rodríguez Acosta")),
    ("hand_different", "different", _who("J. Rodríguez"), _who("Javier Rodríguez")),
    ("hand_different", "different", _who("El Chino", aliases=""), _who("El Gato", aliases="")),
    ("hand_different", "different", _who("Sandra Reyes", f"2022-01-01/{NORTH}", aliases="La Negra"), _who("Diana Quijada", f"2022-01-01/{NORTH}", aliases="La Negra")),
    ("hand_different", "different", _who("Julio Dávila Cordero", f"2021-01-01/{NORTH}"), _who("Julia Dávila Cordero", f"2021-01-01/{NORTH}")),
    ("hand_different", "different", _who("Rubén Darío Ochoa"), _who("Rubén Darío Ochea Lugo", born="1980")),
    ("hand_different", "different", _who("Gustavo Adolfo Rangel Sosa", f"2020-02-02/{SOUTH}"), _who("Adolfo Gustavo Rangel Sosa", f"2020-02-02/{SOUTH}", kin="Gustavo Adolfo Rangel Sosa")),
    ("hand_different", "different", _who("María Rodríguez"), _who("Carmen María Rodríguez Zerpa")),
    ("hand_different", "different", _who("Alexis Hurtado Ibarra"), _who("Alexis Ibarra")),
)  # fmt: skip
