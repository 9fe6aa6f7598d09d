"""Words written into a template and not translated."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import DebugLexer, Token, TokenType

TRANSLATED_BLOCKS = ("blocktranslate", "blocktrans", "comment")
# Blocks that stand inside an attribute: they hold names of classes.
CLASS_BLOCKS = frozenset({"width", "bodyclass"})
SPOKEN = re.compile(
    r"aria-(label|description|roledescription|valuetext|placeholder)"
    r"|title|placeholder|alt|label|data-.+"
)
BUTTONS = frozenset({"submit", "button", "reset"})
# Names of products, formats and keys are the same in every language.
SAME_EVERYWHERE = frozenset(
    {"Recruit", "CSV", "XLSX", "ESCO", "NET", "Esc", "Authorization", "Bearer"}
)
WORD = re.compile(r"[^\W\d_]{2,}")
_ATTRIBUTE = re.compile(r"""[\w:-]+=("[^"]*"|'[^']*')""")
_WORDED_FILTER = re.compile(
    r"\|(default|default_if_none|yesno|join):(\"[^\"]*\"|'[^']*')"
)
_GIVEN = re.compile(r"\b\w+=(\"[^\"]*\"|'[^']*')")
_DATE = re.compile(r"\|date:(\"[^\"]*\"|'[^']*')")
_DATE_FORMATS = frozenset(
    {"c", "Y-m-d", "DATE_FORMAT", "DATETIME_FORMAT", "YEAR_MONTH_FORMAT"}
)
# What is chosen between for programs.
_CODES = frozenset(
    {"rtl", "ltr", "true", "false", "submit", "inlinechangelink", "inlineviewlink"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A text that is not translated, and where it stands."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


def untranslated(source: str, file: str) -> Iterator[Found]:
    """Yield the texts and spoken attributes of a template that are plain words."""
    tokens = list(DebugLexer(source).tokenize())
    reader = _Reader()
    reader.feed(_without_tags(tokens))
    reader.close()
    for line, text in [*reader.found, *_in_tags(tokens)]:
        yield Found(file, line, " ".join(text.split()))


def in_folder(folder: Path, root: Path) -> Iterator[Found]:
    for path in sorted(folder.rglob("*.html")):
        yield from untranslated(path.read_text(), str(path.relative_to(root)))


def _without_tags(tokens: Iterable[Token]) -> str:
    """Return what a template says itself, each line where it was."""
    parts, skipped_until = [], ""
    for token in tokens:
        name = token.contents.split()[0] if token.contents.strip() else ""
        if token.token_type is TokenType.BLOCK:
            if skipped_until == name:
                skipped_until = ""
            elif not skipped_until:
                skipped_until = _end_of(name, token.contents)
        is_said = token.token_type is TokenType.TEXT and not skipped_until
        parts.append(token.contents if is_said else "\n" * token.contents.count("\n"))
    return "".join(parts)


def _end_of(name: str, contents: str) -> str:
    """Return the tag that ends what this one begins to hide, if it hides anything."""
    if name in TRANSLATED_BLOCKS:
        return f"end{name}"
    is_class = name == "block" and contents.split()[1] in CLASS_BLOCKS
    return "endblock" if is_class else ""


def _in_tags(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """Yield words given to filters and to included templates."""
    for token in tokens:
        if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
            continue
        for advice in _ill_said(token.contents):
            yield token.lineno or 0, f"{token.contents} ({advice})"


def _ill_said(contents: str) -> Iterator[str]:
    """Yield what to do about the words of one tag."""
    if "|pluralize" in contents:
        yield "count with blocktranslate"
    for text in _DATE.findall(contents):
        if text[1:-1] not in _DATE_FORMATS:
            yield "name a format of the language"
    given = [text for _name, text in _WORDED_FILTER.findall(contents)]
    if set(WORD.findall(" ".join(given))) - _CODES:
        yield "translate the words"
    if contents.split(maxsplit=1)[0] in {"include", "with"}:
        for text in _GIVEN.findall(contents):
            if re.match(r"[A-Z][a-z]|\w+ \w", text[1:-1]):
                yield "translate the words"


class _Reader(HTMLParser):
    """Reads HTML and collects words with their lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        is_button = tag == "input" and dict(attrs).get("type") in BUTTONS
        for name, value in attrs:
            if value and (SPOKEN.fullmatch(name) or (is_button and name == "value")):
                self._hear(name, value)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        text = _ATTRIBUTE.sub("", data)  # of a partial that is put inside a tag
        if not self._silent and _is_worded(text):
            before = data[: len(data) - len(data.lstrip())]
            self.found.append((self.getpos()[0] + before.count("\n"), text.strip()))

    def _hear(self, name: str, value: str) -> None:
        is_code = name.startswith("data-") and re.fullmatch(r"[a-z:_-]+", value)
        if _is_worded(value) and not is_code:
            self.found.append((self.getpos()[0], f'{name}="{value}"'))


def _is_worded(text: str) -> bool:
    return bool(set(WORD.findall(text)) - SAME_EVERYWHERE)
