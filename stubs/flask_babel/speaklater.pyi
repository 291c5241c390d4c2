class LazyString(str):
    """Behaves like the text it becomes in the reader's language."""
