"""Who the stories are about: people of the demo companies, as the supervisor prints them."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "hosting-demo-1"
CARD = "4242"


@dataclass(frozen=True)
class Person:
    """Someone who can sign in at one company."""

    tenant: str
    email: str
    name: str
    password: str = PASSWORD

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


WALTER = Person("anchor", "walter@oakhurst.example", "Walter Simms")
PEGGY = Person("anchor", "peggy@oakhurst.example", "Peggy Simms")
SONJA = Person("anchor", "it@lakeviewdental.example", "Sonja Reyes")
SONJAS_CARD = "9917"
DANA = Person("anchor", "dana@anchor.example", "Dana Whitaker")
RENEE = Person("anchor", "renee@anchor.example", "Renée Fontaine")
MILES = Person("anchor", "miles@anchor.example", "Miles Carver")

NAOMI = Person("foundry", "naomi@tidewell.example", "Naomi Hartwell")
JONAS = Person("foundry", "jonas@foundry.example", "Jonas Meyer")

RUTH = Person("larkspur", "ruth@larkspur.example", "Ruth Adeyemi")
TOM = Person("larkspur", "tom@larkspur.example", "Tom Whitfield")
YASMIN = Person("larkspur", "yasmin@larkspur.example", "Yasmin Patel")
INES = Person("larkspur", "ines@brackwater.example", "Ines Calloway")

FEMKE = Person("polder", "femke@dewilgenhoek.example", "Femke Dijkstra")
SANDER = Person("polder", "sander@polder.example", "Sander Hoekstra")
ANNEKE = Person("polder", "anneke@polder.example", "Anneke Visser")

LEILA = Person("orchard", "leila@fernhill.example", "Leila Haddad")
OWEN = Person("orchard", "owen@orchard.example", "Owen McAllister")
