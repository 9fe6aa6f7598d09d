"""Text made comparable."""

import unicodedata


def fold(text: str) -> str:
    """Return text without case, accents and surplus white space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())
