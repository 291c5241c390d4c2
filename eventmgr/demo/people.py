"""About a thousand invented people, the same at every load (Faker, seeded)."""

import random
from dataclasses import dataclass

from faker import Faker

from eventmgr.programme.search import folded

SEED = 20260315
COUNT = 1_000

SPECIAL = (
    ("Jadwiga Grześkowiak-Szczęsna", "Politechnika Wrocławska", "science", "de"),
    ("Měrćin Wałda", "Domowina", "society", "de"),
    ("Božena Šołćic", "Serbski institut", "science", "de"),
    ("Křesćan Źěk", "Łužyca Energija", "industry", "de"),
    ("Katrin Weißgräber-Größler", "Stadt Görlitz", "administration", "de"),
    ("Αικατερίνη Παπαδοπούλου", "Εθνικό Μετσόβιο Πολυτεχνείο", "science", "en"),
    ("Олександра Шевченко", "Львівська політехніка", "science", "en"),
    ("王小明", "深圳大学", "science", "en"),
    ("欧阳美华", "Futian Robotics", "industry", "en"),
    ("Anne-Sophie Lefèvre-Châtelain", "Région wallonne", "administration", "fr"),
    ("Joost van den Boogaart", "Vlaams Energieagentschap", "administration", "nl"),
    ("Željko Đurđević", "Elektroindustrija", "industry", "en"),
    ("Þórunn Ægisdóttir", "Háskóli Íslands", "science", "en"),
    ("Nguyễn Thị Ánh Tuyết", "Lausitz Textil eG", "industry", "de"),
    (
        (
            "Maximiliane Alexandra Konstanze Freifrau von Hohenstein-Schwarzenberg "
            "zu Ehrenfriedersdorf"
        ),
        "Sächsisches Staatsministerium für Regionalentwicklung",
        "administration",
        "de",
    ),
)
"""Names that software likes to get wrong; the last one has 90 characters."""

COMPANIES = (
    "Elbtal Präzision GmbH",
    "Gießerei Reinsdorf KG",
    "Vogtland Spitzen AG",
    "Lausitzer Waggonbau GmbH",
    "Mulde Sensorik GmbH",
    "Erzgebirge Antriebe SE",
    "Neiße Keramik GmbH",
    "Zschopau Batterietechnik GmbH",
    "Pleiße Biosysteme AG",
    "Chemnitzer Faserverbund eG",
    "Silberstadt Lithium GmbH",
    "Saxon Wafer Works GmbH",
    "Hammer & Söhne Werkzeugbau",
    "Freiberger Ofenbau GmbH",
    "Robotik Hellerau GmbH",
    "Weberei Oberland",
)
UNIVERSITIES = (
    "TU Dresden",
    "TU Chemnitz",
    "TU Bergakademie Freiberg",
    "Universität Leipzig",
    "HTW Dresden",
    "HTWK Leipzig",
    "Hochschule Mittweida",
    "Westsächsische Hochschule Zwickau",
    "Hochschule Zittau/Görlitz",
    "Institut für Leichtbau Sachsen",
)
OFFICES = (
    "Landkreis Mittelsachsen",
    "Stadt Chemnitz",
    "Stadt Leipzig, Amt für Wirtschaftsförderung",
    "Landkreis Görlitz",
    "Staatsministerium für Wirtschaft",
    "Industrie- und Handelskammer",
    "Handwerkskammer",
    "Europäische Kommission",
)
CIRCLES = (
    "Stiftung Zukunft Revier",
    "Verein Offene Werkstatt",
    "Gewerkschaft Metall",
    "Redaktion Blick in die Werke",
)

_ORGANISATIONS = {
    "industry": COMPANIES,
    "science": UNIVERSITIES,
    "administration": OFFICES,
    "society": CIRCLES,
}
_WEIGHTS = {"industry": 50, "science": 27, "administration": 16, "society": 7}
_LANGUAGES = {"de": 84, "en": 11, "fr": 3, "nl": 2}


@dataclass(frozen=True)
class Someone:
    """An invented person."""

    name: str
    email: str
    organisation: str
    group: str
    language: str


def invented_people(rng: random.Random) -> list[Someone]:
    """Return the people of the demonstration, those with special names first."""
    names = Faker(["de_DE", "de_DE", "de_DE", "pl_PL", "cs_CZ", "en_GB", "fr_FR", "nl_NL"])
    names.seed_instance(SEED)
    people = [
        Someone(name, _email(name, number), organisation, group, language)
        for number, (name, organisation, group, language) in enumerate(SPECIAL)
    ]
    for number in range(len(SPECIAL), COUNT):
        name = f"{names.first_name()} {names.last_name()}"
        group = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        language = rng.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0]
        people.append(
            Someone(name, _email(name, number), rng.choice(_ORGANISATIONS[group]), group, language)
        )
    return people


def _email(name: str, number: int) -> str:
    """Return an address below a name that can never be somebody's (RFC 2606)."""
    words = folded(name).encode("ascii", "ignore").decode().split()
    local = ".".join("".join(c for c in word if c.isalnum()) for word in words[-2:]) or "gast"
    return f"{local}{number}@mail.example"
