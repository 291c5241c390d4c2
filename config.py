"""This installation's own choices; `eventmgr/settings.py` says what there is and what it means."""

from eventmgr.settings import Group

PROGRAMME_NAME = {"de": "StrategieWerkstatt"}
PROGRAMME_SUBTITLE = {
    "de": "Industrie der Zukunft",
    "en": "Industry of the future",
    "fr": "L’industrie de demain",
    "nl": "Industrie van de toekomst",
}
CLAIM = {
    "de": "Wo Sachsens Industrie ihre Zukunft verabredet",
    "en": "Where Saxony’s industry makes its date with the future",
    "fr": "Là où l’industrie de la Saxe prend rendez-vous avec l’avenir",
    "nl": "Waar de industrie van Saksen afspreekt met de toekomst",
}
ABOUT = {
    "de": "Dialoge, Werkstätten, InnoCamps und der InnoSlam bringen Unternehmen, Hochschulen und "
    "Verwaltung an einen Tisch.",
    "en": "Dialogues, workshops, InnoCamps and the InnoSlam bring companies, universities and "
    "public administration to one table.",
    "fr": "Dialogues, ateliers, InnoCamps et InnoSlam réunissent entreprises, universités et "
    "administrations autour d’une même table.",
    "nl": "Dialogen, werkplaatsen, InnoCamps en de InnoSlam brengen bedrijven, universiteiten en "
    "overheid aan één tafel.",
}

ORGANISER_NAME = "Projektbüro StrategieWerkstatt"
ORGANISER_ADDRESS = "Musterstraße 1, 01067 Dresden"
ORGANISER_EMAIL = "projektbuero@eventmgr.example"
ORGANISER_PHONE = "+49 351 000000"
PRIVACY_CONTACT = "datenschutz@eventmgr.example"
ENFORCEMENT_BODY = (
    "Durchsetzungsstelle beim Beauftragten der Sächsischen Staatsregierung "
    "für die Belange von Menschen mit Behinderungen"
)

GROUPS = (
    Group(
        "industry",
        {"de": "Industrie", "en": "Industry", "fr": "Industrie", "nl": "Industrie"},
        shape="circle",
        colour="#1766b8",
    ),
    Group(
        "science",
        {"de": "Wissenschaft", "en": "Science", "fr": "Sciences", "nl": "Wetenschap"},
        shape="diamond",
        colour="#7a3bb5",
    ),
    Group(
        "administration",
        {"de": "Verwaltung", "en": "Administration", "fr": "Administration", "nl": "Overheid"},
        shape="square",
        colour="#0b746a",
    ),
    Group(
        "society",
        {"de": "Gesellschaft", "en": "Society", "fr": "Société civile", "nl": "Maatschappij"},
        shape="triangle",
        colour="#b8410e",
    ),
)
