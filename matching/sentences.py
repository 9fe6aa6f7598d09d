"""The sentence around a place in a text, cut where it is very long."""

LONGEST_SENTENCE = 240
SENTENCE_ENDS = ".!?\n"


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around text[start:end] begins and ends."""
    first = max(text.rfind(mark, 0, start) for mark in ("\n", ". ", "! ", "? ")) + 1
    last = min(
        (place for mark in SENTENCE_ENDS if (place := text.find(mark, end)) >= 0),
        default=len(text),
    )
    first = max(first, start - LONGEST_SENTENCE // 2)
    last = min(last + 1, end + LONGEST_SENTENCE // 2)
    return first, last
