"""What was pasted, as the text it shows."""

import re
from html.parser import HTMLParser

# One of these alone makes a text a page; "List<String>" and "< 5 years" do not.
_MARKUP = re.compile(
    r"</(?:p|div|ul|ol|li|h[1-6]|span|strong|b|body|td)\s*>|<br\s*/?>", re.IGNORECASE
)
_BREAKING = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl"),
        *("dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table"),
        *("tr", "ul"),
    )
)
_WHOLE = frozenset(("li", "br", "hr"))  # what follows begins no further line
_SPACED = frozenset(("td", "th"))
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "svg"))
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00]")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")


def plain_text(pasted: str) -> str:
    """Return pasted text without markup, odd blanks and what cannot be seen."""
    text = pasted.replace("\r\n", "\n").replace("\r", "\n")
    if _MARKUP.search(text):
        text = _shown(text)
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines).strip()


class _Page(HTMLParser):
    """Gathers what a page shows, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BREAKING:
            self.pieces.append("\n- " if tag == "li" else "\n")
        elif tag in _SPACED:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BREAKING and tag not in _WHOLE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            # Line ends within a block are blanks.
            self.pieces.append(data.replace("\n", " "))


def _shown(markup: str) -> str:
    page = _Page()
    page.feed(markup)
    page.close()
    return "".join(page.pieces)
