"""`python -m eventmgr` is the command `eventmgr`."""

from eventmgr.cli import main

if __name__ == "__main__":
    main(prog_name="eventmgr")
