"""The fields of a table and the headers that mean them."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from recruit.common.text import fold
from recruit.imports.types import Column, ImportKind, UnusableFile

# Written first into the file of rejected rows; read past when it comes back.
REASON = "reason"

FIELDS: dict[ImportKind, dict[str, tuple[str, ...]]] = {
    ImportKind.JOBS: {
        "external_id": ("id", "job id", "external job id"),
        "requisition_code": (
            "requisition",
            "requisition id",
            "requisition number",
            "req",
            "req id",
            "req code",
            "code",
        ),
        "title": ("job title", "position"),
        "description": ("job description", "text"),
        "department": ("team",),
        "family": (),  # other systems have families of their own
        "location": ("job location", "place", "city"),
        "status": ("job status",),
        "required_skills": ("skills", "required", "must have", "must haves"),
        "preferred_skills": ("preferred", "nice to have", "nice to haves"),
    },
    ImportKind.CANDIDATES: {
        "external_id": ("id", "candidate id", "external candidate id"),
        "name": ("full name", "candidate name", "candidate"),
        "given_name": ("first name", "given names", "forename"),
        "family_name": ("last name", "surname"),
        "email": ("emails", "email address", "mail"),
        "phone": ("phones", "phone number", "telephone", "mobile", "mobile phone"),
        "location": ("place", "city"),
        "headline": ("title", "job title", "current title"),
        "summary": ("about", "profile", "profile summary"),
        "skills": ("skill", "key skills"),
        "years": ("years of experience", "years experience", "total years"),
    },
}
# One of these has to be there.
NEEDED: dict[ImportKind, tuple[str, ...]] = {
    ImportKind.JOBS: ("title",),
    ImportKind.CANDIDATES: ("name", "given_name", "family_name"),
}


def _bare(header: str) -> str:
    return "".join(char for char in fold(header) if char.isalnum())


_BY_HEADER = {
    kind: {
        _bare(header): field
        for field, others in fields.items()
        for header in (field, *others)
    }
    for kind, fields in FIELDS.items()
}


def count_known(kind: ImportKind, headers: Sequence[str]) -> int:
    """Return how many different fields the headers mean."""
    known = {_BY_HEADER[kind].get(_bare(header)) for header in headers}
    return len(known - {None})


def match_columns(kind: ImportKind, headers: Sequence[str]) -> tuple[Column, ...]:
    """Return what each column means; a field's own name wins over a synonym.

    Raise UnusableFile where a needed column lacks or two columns mean one field.
    """
    fields = [_BY_HEADER[kind].get(_bare(header)) for header in headers]
    own = {field for field, header in _pairs(fields, headers) if _is_own(field, header)}
    matched = tuple(
        Column(
            header.strip(),
            None if field in own and not _is_own(field, header) else field,
        )
        for field, header in zip(fields, headers, strict=True)
    )
    _refuse_twice(matched)
    _refuse_lack(kind, matched)
    return matched


def _pairs(
    fields: Sequence[str | None], headers: Sequence[str]
) -> list[tuple[str, str]]:
    pairs = zip(fields, headers, strict=True)
    return [(field, header) for field, header in pairs if field is not None]


def _is_own(field: str | None, header: str) -> bool:
    return field is not None and _bare(field) == _bare(header)


def _refuse_twice(columns: Sequence[Column]) -> None:
    counts = Counter(column.field for column in columns if column.field)
    for field, count in counts.items():
        if count > 1:
            headers = [f"“{c.header}”" for c in columns if c.field == field]
            raise UnusableFile(
                _("The columns %(headers)s all mean %(field)s. Keep one of them.")
                % {"headers": ", ".join(headers), "field": field}
            )


def _refuse_lack(kind: ImportKind, columns: Sequence[Column]) -> None:
    found = {column.field for column in columns}
    if found.isdisjoint(NEEDED[kind]):
        raise UnusableFile(
            _("The first row names no column “%(needed)s”; it reads: %(header)s")
            % {
                "needed": "” / “".join(NEEDED[kind]),
                "header": " | ".join(c.header[:40] for c in columns)[:200],
            }
        )
