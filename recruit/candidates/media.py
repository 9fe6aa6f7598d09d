"""What files about people may be, and whether one is what it says."""

import mmap
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
ENDINGS = {
    PDF: "pdf",
    DOCX: "docx",
    ODT: "odt",
    RTF: "rtf",
    TEXT: "txt",
    MARKDOWN: "md",
}
MEDIA_TYPES = tuple(ENDINGS)
PLAIN = frozenset({TEXT, MARKDOWN})
# What clients call them besides; for one that is not known the name of the file says.
ALIASES = {"text/rtf": RTF, "application/x-pdf": PDF, "text/x-markdown": MARKDOWN}
UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream"})

PDF_WITHIN = 1024  # bytes before its mark
MOST_UNPACKED = 200 << 20
MOST_PARTS = 5_000
_ACTIVE_PDF = re.compile(rb"/(?:Launch|JavaScript|JS|EmbeddedFile)\b")
_ACTIVE_RTF = re.compile(rb"\\obj(?:data|ocx|autlink)", re.IGNORECASE)
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_MACROS = re.compile(r"vbaproject\.bin|^basic/|^scripts/|activex", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A file that is looked at, and its first bytes."""

    path: Path
    head: bytes


def _refused(sentence: str, code: str) -> ValidationError:
    return ValidationError({"file": ValidationError(sentence, code=code)})


def stated_media_type(stated: str, file_name: str) -> str:
    """Return what a file says it is. Raise ValidationError for what is not taken."""
    media_type = stated.partition(";")[0].strip().lower()
    media_type = ALIASES.get(media_type, media_type)
    if media_type in UNSAID:
        ending = file_name.rpartition(".")[2].lower()
        named = {one: known for known, one in ENDINGS.items()}
        media_type = named.get(ending, media_type)
    if media_type not in ENDINGS:
        taken = ", ".join(ENDINGS.values()).upper()
        sentence = _("Files of this kind are not taken; there are: %s") % taken
        raise _refused(sentence, "media_type_not_taken")
    return media_type


def check_content(path: Path, media_type: str) -> None:
    """Raise ValidationError for a file that is another kind, or could do something."""
    with path.open("rb") as file:
        beginning = Beginning(path, file.read(PDF_WITHIN))
    if not beginning.head:
        raise _refused(_("The file is empty."), "empty")
    if beginning.head.startswith(_PROGRAMS):
        raise _refused(_("The file is a program, not a document."), "program")
    if not CHECKS[media_type](beginning):
        kind = ENDINGS[media_type].upper()
        sentence = _("The content of the file is not %s, as it says.") % kind
        raise _refused(sentence, "content_mismatch")


def _is_pdf(file: Beginning) -> bool:
    if b"%PDF-" not in file.head:
        return False
    _refuse_matching(file.path, _ACTIVE_PDF)
    return True


def _is_rtf(file: Beginning) -> bool:
    if not file.head.startswith(b"{\\rtf"):
        return False
    _refuse_matching(file.path, _ACTIVE_RTF)
    return True


def _refuse_matching(path: Path, active: re.Pattern[bytes]) -> None:
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        if active.search(content):
            raise _active()


def _active() -> ValidationError:
    sentence = _("The file holds programs, or other files, that it could run.")
    return _refused(sentence, "active_content")


def _is_docx(file: Beginning) -> bool:
    names = _names_in(file)
    return {"[Content_Types].xml", "word/document.xml"} <= names


def _is_odt(file: Beginning) -> bool:
    return "content.xml" in _names_in(file) and ODT.encode() in file.head


def _names_in(file: Beginning) -> set[str]:
    """Return the parts of a package, none where it is no package."""
    if not file.head.startswith(b"PK\x03\x04"):
        return set()
    try:
        with ZipFile(file.path) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return set()
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise _refused(_("The file is too large once unpacked."), "too_large_unpacked")
    if any(_MACROS.search(part.filename) for part in parts):
        raise _active()
    return {part.filename for part in parts}


def _is_text(file: Beginning) -> bool:
    """True without bytes that no text holds; UTF-16 has a mark."""
    if file.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    with file.path.open("rb") as content:
        while chunk := content.read(1 << 20):
            if b"\x00" in chunk:
                return False
    return not file.head.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf"))


CHECKS: Mapping[str, Callable[[Beginning], bool]] = {
    PDF: _is_pdf,
    DOCX: _is_docx,
    ODT: _is_odt,
    RTF: _is_rtf,
    TEXT: _is_text,
    MARKDOWN: _is_text,
}


def text_of(path: Path, media_type: str, *, most: int) -> str:
    """Return what a plain text says, up to so many characters; of others nothing."""
    if media_type not in PLAIN:
        return ""
    with path.open("rb") as file:
        raw = file.read(4 * most)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", "replace")
    else:
        text = raw.decode("utf-8-sig", "replace")
        if "\ufffd" in text[:-1]:  # the end may be cut in half
            text = raw.decode("cp1252", "replace")
    return text.replace("\x00", "")[:most]
