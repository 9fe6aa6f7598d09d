"""Text made comparable."""

import unicodedata


def fold(text: str) -> str:
    """Return text without case, accents and surplus white space."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())
