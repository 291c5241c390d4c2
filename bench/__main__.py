"""`python -m bench [--postgres] [--only W2 …]`: a JSON line a workload, the median of three."""

import argparse
import json
from collections.abc import Callable
from functools import partial
from statistics import median

from bench.server import running_server
from bench.workloads import SERVED, Figures, papers

RUNS = 3


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument(
        "--only", nargs="*", default=[], help="workloads by the start of their name"
    )
    arguments = parser.parse_args()
    database = "postgresql" if arguments.postgres else "sqlite"

    def is_wanted(name: str) -> bool:
        return not arguments.only or any(name.partition(" ")[0] == only for only in arguments.only)

    served = {name: workload for name, workload in SERVED.items() if is_wanted(name)}
    if served:
        with running_server(on_postgres=arguments.postgres) as server:
            for name, workload in served.items():
                report(name, database, partial(workload, server))
    if is_wanted("W5"):
        for job in ("500 badges", "1000 badges", "500 tickets"):
            report(f"W5 {job}", database, partial(papers, job))


def report(name: str, database: str, measure: Callable[[], Figures]) -> None:
    """Run three times and print the medians."""
    runs = [measure() for _ in range(RUNS)]
    medians = {figure: round(median(run[figure] for run in runs), 3) for figure in runs[0]}
    print(json.dumps({"workload": name, "database": database, **medians}), flush=True)


main()
