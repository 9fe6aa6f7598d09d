"""Text made comparable."""

import unicodedata


def fold(text: str) -> str:
    """Return text without case, accents and surplus white space."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())


def shows(text: str) -> bool:
    """True where some character can be seen, unlike blanks and zero-width marks."""
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)


def in_one_line(*parts: str) -> str:
    """Return the parts that say something, each once: "Berlin, DE"."""
    return ", ".join(dict.fromkeys(filter(None, parts)))


def with_plain_line_ends(text: str) -> str:
    """Return text with the line ends that are stored; browsers send others."""
    return text.replace("\r\n", "\n")
