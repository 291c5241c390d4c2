"""Agendas of the demonstration: what a day of each kind looks like, and who speaks there."""

from dataclasses import dataclass
from datetime import time

from eventmgr.programme.models import SeriesKind, SessionKind

Content = dict[str, str]


@dataclass(frozen=True)
class Item:
    """An agenda item: minutes from the start, length, kind, title, how many speak."""

    after: int
    minutes: int
    kind: SessionKind
    title: Content
    speakers: int = 0


def _content(de: str, en: str, fr: str, nl: str) -> Content:
    return {"de": de, "en": en, "fr": fr, "nl": nl}


WELCOME = _content(
    "Ankommen und Kaffee", "Arrival and coffee", "Accueil et café", "Ontvangst en koffie"
)
LUNCH = _content("Mittag", "Lunch", "Déjeuner", "Lunch")
TALKS = _content("Zeit zum Reden", "Time to talk", "Le temps d’échanger", "Tijd om te praten")
OPENING = _content(
    "Worum es heute geht", "What today is about", "L’enjeu du jour", "Waar het vandaag om gaat"
)
IMPULSE = _content(
    "Impuls: Was schon läuft",
    "Impulse: what already works",
    "Éclairage : ce qui marche déjà",
    "Impuls: wat al werkt",
)
PANEL = _content(
    "Gespräch und Fragen", "Discussion and questions", "Débat et questions", "Gesprek en vragen"
)
GROUPS = _content(
    "Arbeit in drei Gruppen",
    "Work in three groups",
    "Travail en trois groupes",
    "Werk in drie groepen",
)
PLAN = _content(
    "Der Plan: wer, was, bis wann",
    "The plan: who, what, by when",
    "Le plan : qui, quoi, quand",
    "Het plan: wie, wat, wanneer",
)
SLAM_ONE = _content(
    "Erste Runde: vier Slams",
    "First round: four slams",
    "Première manche : quatre slams",
    "Eerste ronde: vier slams",
)
SLAM_TWO = _content(
    "Zweite Runde: vier Slams",
    "Second round: four slams",
    "Seconde manche : quatre slams",
    "Tweede ronde: vier slams",
)
PAUSE = _content("Pause", "Break", "Pause", "Pauze")
VOTE = _content(
    "Abstimmung und Siegerehrung", "Vote and winners", "Vote et palmarès", "Stemming en winnaars"
)
VISIT = _content("Besuch vor Ort", "Site visit", "Visite sur place", "Bezoek ter plaatse")
REVIEW = _content(
    "Was nehmen wir mit?", "What do we take home?", "Que retenir ?", "Wat nemen we mee?"
)

TALK, DISCUSSION, WORKSHOP, SLAM, BREAK = (
    SessionKind.TALK,
    SessionKind.DISCUSSION,
    SessionKind.WORKSHOP,
    SessionKind.SLAM,
    SessionKind.BREAK,
)

AGENDAS: dict[SeriesKind, tuple[Item, ...]] = {
    SeriesKind.DIALOGUE: (
        Item(0, 15, TALK, OPENING, 1),
        Item(15, 30, TALK, IMPULSE, 1),
        Item(45, 60, DISCUSSION, PANEL, 3),
        Item(105, 45, BREAK, TALKS),
    ),
    SeriesKind.WORKSHOP: (
        Item(0, 30, BREAK, WELCOME),
        Item(30, 30, TALK, OPENING, 1),
        Item(60, 60, TALK, IMPULSE, 2),
        Item(120, 60, BREAK, LUNCH),
        Item(180, 150, WORKSHOP, GROUPS, 3),
        Item(330, 60, DISCUSSION, PLAN, 1),
    ),
    SeriesKind.INNOSLAM: (
        Item(0, 60, SLAM, SLAM_ONE, 4),
        Item(60, 30, BREAK, PAUSE),
        Item(90, 60, SLAM, SLAM_TWO, 4),
        Item(150, 30, DISCUSSION, VOTE, 1),
    ),
    SeriesKind.INNOCAMP: (
        Item(0, 60, TALK, OPENING, 1),
        Item(60, 120, WORKSHOP, VISIT),
        Item(240, 150, WORKSHOP, GROUPS, 2),
        Item(390, 45, DISCUSSION, REVIEW, 1),
    ),
    SeriesKind.CONFERENCE: (
        Item(0, 30, TALK, OPENING, 2),
        Item(30, 60, TALK, IMPULSE, 3),
        Item(90, 30, BREAK, PAUSE),
        Item(120, 60, DISCUSSION, PANEL, 4),
        Item(180, 60, BREAK, LUNCH),
        Item(240, 120, WORKSHOP, GROUPS, 4),
        Item(360, 60, DISCUSSION, PLAN, 2),
    ),
}

SPEAKERS = (
    ("Dr. Tomasz Kühn", "Robotik Hellerau GmbH"),
    ("Prof. Marlene Domaschk", "TU Chemnitz"),
    ("Hanka Krawcec", "Serbski institut"),
    ("Ulrich Sättler", "Gießerei Reinsdorf KG"),
    ("Σοφία Κωνσταντίνου", "TU Dresden"),
    ("Linh Phạm", "Saxon Wafer Works GmbH"),
    ("Agnieszka Żółtowska", "Politechnika Wrocławska"),
    ("Friederike Voß", "Industrie- und Handelskammer"),
    ("Jonas Oelßner", "Hochschule Mittweida"),
    ("Camille Dubois", "Commission européenne"),
    ("Pieter De Smet", "Vlaams Energieagentschap"),
    ("Sabine Lindenlaub", "Staatsministerium für Wirtschaft"),
    ("Дмитро Коваленко", "TU Bergakademie Freiberg"),
    ("陈丽", "深圳大学"),
    ("Rüdiger Fischer-Ehrenreich", "Westsächsische Hochschule Zwickau"),
    ("Noa Ben-Ami", "Tel Aviv University"),
    ("Grace Whitfield", "Bay Robotics Lab"),
    ("Wito Šołta", "Lausitzer Waggonbau GmbH"),
)


def clock_time(text: str) -> time:
    """Read `9:30`."""
    return time.fromisoformat(text)
