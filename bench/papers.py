"""`python -m bench.papers 1000 badges`: prints what they cost in a fresh process, as JSON."""

import json
import random
import resource
import sys
import time

from eventmgr import qr
from eventmgr.accounts.tokens import new_short_code
from eventmgr.badges import pdf
from eventmgr.badges.badge import Badge, Code, Fact, Shape, Sign, Ticket
from eventmgr.badges.layouts import LAYOUTS
from eventmgr.demo.people import SEED, Someone, invented_people

BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
GROUP = Sign("Industrie", Shape.CIRCLE, "#1766b8")


def main(count: int, kind: str) -> None:
    """Draw so many papers and say what they took; finding the best masks is not counted."""
    rng = random.Random(SEED)  # noqa: S311 - invented codes
    people = invented_people(rng)[:count]
    codes = [_code(rng) for _ in people]
    before = time.process_time()
    if kind == "badges":
        papers = [_badge(person, code) for person, code in zip(people, codes, strict=True)]
        body = pdf.render_badges(papers, LAYOUTS["a4-a6"])
    else:
        tickets = [_ticket(person, code) for person, code in zip(people, codes, strict=True)]
        body = pdf.render_tickets(tickets)
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_seconds": seconds, "bytes": len(body), "peak_mib": peak}))


def _code(rng: random.Random) -> Code:
    text = "HTTPS://EVENTS.EXAMPLE/T/" + "".join(rng.choices(BASE32, k=26))
    return Code(text, new_short_code(), "Code", qr.best_mask(text))


def _badge(person: Someone, code: Code) -> Badge:
    return Badge(
        name=person.name,
        organisation=person.organisation,
        group=GROUP,
        code=code,
        programme="StrategieWerkstatt",
        event_title="Wasserstoff in der Gießerei: vom Pilotofen in die Serie",
        event_when="Do, 10. Dezember 2026",
    )


def _ticket(person: Someone, code: Code) -> Ticket:
    return Ticket(
        programme="StrategieWerkstatt",
        tagline="Industrie der Zukunft",
        heading="Ihr Platz ist sicher",
        lead="Zeigen Sie diesen Code am Eingang, auf Papier oder auf dem Telefon.",
        kind=Sign("Werkstatt", Shape.SQUARE, "#0b746a"),
        title="Wasserstoff in der Gießerei: vom Pilotofen in die Serie",
        facts=(
            Fact("Wann", "Donnerstag, 10. Dezember 2026", ("9:30 bis 16:30 Uhr",)),
            Fact("Wo", "Zeitenströmung, Halle 3", ("Königsbrücker Straße 96, 01099 Dresden",)),
            Fact("Ticket für", person.name, (person.organisation,)),
        ),
        state="Bestätigt",
        code=code,
        notes=(),
        footer="Sie können doch nicht kommen? Geben Sie Ihren Platz frei.",
        language="de",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
