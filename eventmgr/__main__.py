"""`python -m eventmgr` is the `eventmgr` command."""

from eventmgr.cli import main

main(prog_name="eventmgr")
