"""Finding the character encoding of a file of unknown origin."""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from recruit.imports.types import UnusableFile

CHUNK = 1 << 20
SAMPLE = 1 << 16
# Stands for bytes that the encoding does not know; no decoder makes it otherwise.
UNDECODABLE = "\udcff"
ERRORS = "recruit-mark-undecodable"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKS_LIKE = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "Excel 97 / Word 97"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
)
_NON_LATIN_RUN = re.compile(rb"[\x80-\xff]{4,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNDECODABLE, error.end


codecs.register_error(ERRORS, _mark_undecodable)


def find_encoding(stream: BinaryIO) -> str:
    """Return the encoding of the whole stream, and leave it at its beginning.

    Raise UnusableFile for an empty file and for one that is no text.
    """
    stream.seek(0)
    beginning = stream.read(SAMPLE)
    if not beginning:
        raise UnusableFile(_("The file is empty."))
    found = _by_mark(beginning) or _without_mark(beginning)
    if found is None:
        _refuse_binary(beginning)
        found = _by_reading(stream)
    stream.seek(0)
    return found


def _by_mark(beginning: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding
    return None


def _without_mark(beginning: bytes) -> str | None:
    """Recognise UTF-16 by the zero in every other byte of a header in ASCII."""
    header = beginning[:32]
    half = len(header) / 2
    even, odd = header[::2].count(0), header[1::2].count(0)
    if odd > 0.8 * half and even == 0:
        return "utf-16-le"
    if even > 0.8 * half and odd == 0:
        return "utf-16-be"
    return None


def _refuse_binary(beginning: bytes) -> None:
    kind = next((name for mark, name in _LOOKS_LIKE if beginning.startswith(mark)), "")
    if kind:
        raise UnusableFile(
            _("This looks like a %s file, not like a table in CSV or XLSX.") % kind
        )
    if len(_CONTROL.findall(beginning)) > len(beginning) / 10:
        raise UnusableFile(_("This is a binary file, not a table in CSV or XLSX."))


@dataclass(slots=True)
class _Reading:
    """What reading a file as UTF-8 has shown."""

    good: int = 0  # bytes beyond ASCII that are UTF-8
    broken: int = 0
    sample: bytes = b""  # the lines that hold something beyond ASCII

    def take(self, lines: bytes) -> None:
        if lines.isascii():
            return
        read = lines.decode("utf-8", ERRORS)
        broken = read.count(UNDECODABLE)
        self.broken += broken
        self.good += len(_HIGH.findall(lines)) - broken
        if len(self.sample) < SAMPLE:
            telling = [line for line in lines.split(b"\n") if not line.isascii()]
            self.sample += b"\n".join(telling)[:SAMPLE]


def _by_reading(stream: BinaryIO) -> str:
    """Read it all: one byte near the end can tell cp1252 from UTF-8."""
    stream.seek(0)
    reading, rest = _Reading(), b""
    while chunk := stream.read(CHUNK):
        # Cut where no character is cut; a chunk of one long line is cut anywhere.
        lines, newline, tail = chunk.rpartition(b"\n")
        if newline:
            reading.take(rest + lines + newline)
            rest = tail
        elif len(rest) < CHUNK * 4:
            rest += chunk
        else:
            reading.take(rest)
            rest = chunk
    reading.take(rest)
    # A few broken bytes do not make a file of another encoding: their rows are
    # rejected, the others are read as what they are.
    if reading.broken == 0 or reading.good > 20 * reading.broken:
        return "utf-8"
    return _legacy(reading.sample)


def _legacy(sample: bytes) -> str:
    """Tell Western text (cp1252) from that of other scripts.

    Statistics guess badly where most is ASCII, so they are asked only where whole
    words lie beyond it, which Western languages do not have.
    """
    high = len(_HIGH.findall(sample))
    in_words = sum(len(run) for run in _NON_LATIN_RUN.findall(sample))
    if in_words < high / 2:
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"
