"""Cells that a spreadsheet program would run as formulas."""

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def guarded(text: str) -> str:
    """Return the text so that a spreadsheet shows it and does not run it."""
    bare = text.lstrip(_GUARD)
    return f"{_GUARD}{text}" if bare.startswith(_STARTS) else text


def released(text: str) -> str:
    """Return what `guarded` was given."""
    if text.startswith(_GUARD) and text.lstrip(_GUARD).startswith(_STARTS):
        return text[1:]
    return text
