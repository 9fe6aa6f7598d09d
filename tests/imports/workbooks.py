"""Excel workbooks for the tests of imports, made in memory."""

import io
import re
from collections.abc import Callable, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml" />'
)


def workbook(*rows: Sequence[object], **others: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with the rows on its first sheet, and others by name."""
    book = Workbook()
    for name, given in {"": rows, **others}.items():
        sheet = book.create_sheet(name) if name else book.active
        assert sheet is not None
        for row in given:
            sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part changed; one that is not there is made."""
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as to:
        for part in old.namelist():
            if part != name:
                to.writestr(part, old.read(part))
        held = old.read(name) if name in old.namelist() else b""
        to.writestr(name, change(held))
    return changed.getvalue()


def without_dimension(content: bytes) -> bytes:
    """Return a workbook that says of its first sheet that it is one cell large."""
    return with_part(
        content,
        SHEET,
        lambda xml: re.sub(b'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml),
    )


def with_shared_texts(content: bytes) -> bytes:
    """Return a workbook as Excel writes it: with its texts in a part of their own."""
    texts: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(found[2])
        return b'<c%s t="s"><v>%d</v></c>' % (found[1], len(texts) - 1)

    cell = re.compile(rb'<c([^>]*) t="inlineStr"><is><t>(.*?)</t></is></c>')
    content = with_part(content, SHEET, lambda xml: cell.sub(shared, xml))
    items = b"".join(b"<si><t>%s</t></si>" % text for text in texts)
    strings = b'<sst xmlns="%s">%s</sst>' % (NAMESPACE, items)
    content = with_part(content, STRINGS, lambda _: strings)
    return with_part(
        content,
        "[Content_Types].xml",
        lambda xml: xml.replace(b"</Types>", STRINGS_TYPE + b"</Types>"),
    )
