"""Documents as other systems send them."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from recruit.candidates.media import DOCX, ODT
from recruit.candidates.models import Candidate
from tests.api.caller import Caller

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def package(*names: str, mimetype: str = "") -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as zipped:
        if mimetype:
            zipped.writestr("mimetype", mimetype)
        for name in names:
            zipped.writestr(name, "<x/>")
    return content.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
GOOD = {
    "application/pdf": PDF,
    DOCX: package(*WORD),
    ODT: package("content.xml", mimetype=ODT),
    "application/rtf": b"{\\rtf1 Roses}",
    "text/plain": "Roses for Zoë".encode(),
    "text/markdown": b"# Roses\n",
}


def address(person: Candidate) -> str:
    return f"/candidates/{person.pk}/documents"


def send(
    caller: Caller, person: Candidate, body: bytes = PDF, kind: str = "application/pdf"
) -> Any:
    named = {"Content-Disposition": 'attachment; filename="CV of Kim.pdf"'}
    return caller.send(address(person), body, kind, **named)


def files_in(uploads: Path) -> list[Path]:
    return [one for one in uploads.rglob("*") if one.is_file()]
