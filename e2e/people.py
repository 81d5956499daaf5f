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
JUNE = Person("anchor", "june@willowstreetbooks.example", "June Park")
DANA = Person("anchor", "dana@anchor.example", "Dana Whitaker")
ISAAC = Person("anchor", "isaac@anchor.example", "Isaac Boone")
MILES = Person("anchor", "miles@anchor.example", "Miles Carver")

NAOMI = Person("foundry", "naomi@tidewell.example", "Naomi Hartwell")
LUCA = Person("foundry", "luca@ironbridgecoffee.example", "Luca Ferrante")
JONAS = Person("foundry", "jonas@foundry.example", "Jonas Meyer")

INES = Person("larkspur", "ines@brackwater.example", "Ines Calloway")
TOM = Person("larkspur", "tom@larkspur.example", "Tom Whitfield")
RUTH = Person("larkspur", "ruth@larkspur.example", "Ruth Adeyemi")

FEMKE = Person("polder", "femke@dewilgenhoek.example", "Femke Dijkstra")
SANDER = Person("polder", "sander@polder.example", "Sander Hoekstra")
ANNEKE = Person("polder", "anneke@polder.example", "Anneke Visser")

LEILA = Person("orchard", "leila@fernhill.example", "Leila Haddad")
OWEN = Person("orchard", "owen@orchard.example", "Owen McAllister")
GRACE = Person("orchard", "grace@orchard.example", "Grace Okonkwo")
