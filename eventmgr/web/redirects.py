"""Where a page may send its reader back to."""


def local_target(target: str, default: str = "/") -> str:
    r"""Return the target if it is a path of this site, else the default.

    `//host` and `/\host` lead to other sites and are none.
    """
    is_local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_local and target.isprintable() else default
