"""The fields of a table and the headers that mean them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

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
    # In the files of other systems, ids are theirs.
    ImportKind.APPLICATIONS: {
        "external_id": ("id", "application id", "external application id"),
        "job": (),
        "job_external_id": ("job id", "external job id"),
        "job_source": (),
        "requisition_code": (
            "requisition",
            "requisition id",
            "requisition number",
            "req",
            "req id",
            "req code",
            "job code",
        ),
        "candidate": (),
        "candidate_external_id": (
            "candidate id",
            "external candidate id",
            "person id",
        ),
        "candidate_source": (),
        "stage": ("current stage", "pipeline stage"),
        "outcome": ("application status", "result"),
        "disposition_reason": ("rejection reason", "reason for rejection"),
        "applied_at": ("applied on", "applied", "application date", "date applied"),
    },
}
# Of each of these groups one has to be there.
NEEDED: dict[ImportKind, tuple[tuple[str, ...], ...]] = {
    ImportKind.JOBS: (("title",),),
    ImportKind.CANDIDATES: (("name", "given_name", "family_name"),),
    ImportKind.APPLICATIONS: (
        ("job", "job_external_id", "requisition_code"),
        ("candidate", "candidate_external_id"),
    ),
}


def lacking(kind: ImportKind, fields: Collection[str | None]) -> tuple[str, ...]:
    """Return the first group of which one is needed and none is there."""
    there = set(fields)
    return next((one for one in NEEDED[kind] if there.isdisjoint(one)), ())


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


class ColumnChoice(Protocol):
    """Says which row is the header and what its columns mean."""

    @property
    def kind(self) -> ImportKind: ...

    def fitness(self, number: int, headers: Sequence[str]) -> int:
        """Return how well a row does as the header; 0 for not at all."""

    def columns(self, headers: Sequence[str]) -> tuple[Column, ...]:
        """Return what each column means. Raise UnusableFile with the reason."""


@dataclass(frozen=True, slots=True)
class ByHeader:
    """Columns mean what their headers say, or what a mapping says of them.

    A field of a mapping that is blank leaves the column out.
    """

    kind: ImportKind
    mapping: Mapping[str, str] = field(default_factory=dict)

    def fitness(self, number: int, headers: Sequence[str]) -> int:  # noqa: ARG002
        fields = set(self.fields(headers)) - {None}
        return 0 if lacking(self.kind, fields) else len(fields)

    def columns(self, headers: Sequence[str]) -> tuple[Column, ...]:
        self.refuse_unknown(headers)
        return assigned(self.kind, headers, self.fields(headers))

    def fields(self, headers: Sequence[str]) -> list[str | None]:
        """Return the field of each header; a field's own name wins over a synonym."""
        mapped = {_bare(header): name for header, name in self.mapping.items()}
        taken = {name for name in mapped.values() if name}
        guessed = _guessed(self.kind, headers)
        return [
            mapped[_bare(header)] or None
            if _bare(header) in mapped
            else None
            if guess in taken
            else guess
            for header, guess in zip(headers, guessed, strict=True)
        ]

    def refuse_unknown(self, headers: Sequence[str]) -> None:
        """Raise UnusableFile where the mapping names what is not there."""
        there = {_bare(header) for header in headers}
        for header, name in self.mapping.items():
            refuse_unknown_field(self.kind, name)
            if _bare(header) not in there:
                raise UnusableFile(
                    _("The file has no column “%(header)s”; it has: %(headers)s")
                    % {"header": header, "headers": _shown(headers)}
                )


@dataclass(frozen=True, slots=True)
class ByPosition:
    """Columns mean what somebody has said of each, in their order."""

    kind: ImportKind
    header_row: int
    fields: tuple[str | None, ...]

    def fitness(self, number: int, headers: Sequence[str]) -> int:  # noqa: ARG002
        return int(number == self.header_row)

    def columns(self, headers: Sequence[str]) -> tuple[Column, ...]:
        if len(headers) != len(self.fields):
            raise UnusableFile(_("The columns of the file are others by now."))
        return assigned(self.kind, headers, self.fields)


def refuse_unknown_field(kind: ImportKind, name: str) -> None:
    """Raise UnusableFile for a name that is no field; blank is none."""
    if name and name not in FIELDS[kind]:
        raise UnusableFile(
            _("There is no field “%(field)s” of %(kind)s; there are: %(fields)s")
            % {
                "field": name,
                "kind": kind.value,  # as the addresses of the API name it
                "fields": ", ".join(FIELDS[kind]),
            }
        )


def header_key(header: str) -> str:
    """Return what two headers have in common that are read alike."""
    return _bare(header)


def match_columns(kind: ImportKind, headers: Sequence[str]) -> tuple[Column, ...]:
    """Return what each column means; a field's own name wins over a synonym.

    Raise UnusableFile where a needed column lacks or two columns mean one field.
    """
    return ByHeader(kind).columns(headers)


def assigned(
    kind: ImportKind, headers: Sequence[str], fields: Sequence[str | None]
) -> tuple[Column, ...]:
    """Return columns with their fields.

    Raise UnusableFile where a needed column lacks or two columns mean one field.
    """
    pairs = zip(headers, fields, strict=True)
    columns = tuple(Column(header.strip(), name) for header, name in pairs)
    _refuse_twice(columns)
    _refuse_lack(kind, columns)
    return columns


def _guessed(kind: ImportKind, headers: Sequence[str]) -> list[str | None]:
    fields = [_BY_HEADER[kind].get(_bare(header)) for header in headers]
    pairs = list(zip(fields, headers, strict=True))
    own = {name for name, header in pairs if _is_own(name, header)}
    return [
        None if name in own and not _is_own(name, header) else name
        for name, header in pairs
    ]


def _is_own(field: str | None, header: str) -> bool:
    return field is not None and _bare(field) == _bare(header)


def _refuse_twice(columns: Sequence[Column]) -> None:
    counts = Counter(column.field for column in columns if column.field)
    for name, count in counts.items():
        if count > 1:
            headers = [f"“{c.header}”" for c in columns if c.field == name]
            raise UnusableFile(
                _("The columns %(headers)s all mean %(field)s. Keep one of them.")
                % {"headers": ", ".join(headers), "field": name}
            )


def _refuse_lack(kind: ImportKind, columns: Sequence[Column]) -> None:
    if needed := lacking(kind, {column.field for column in columns}):
        raise UnusableFile(
            _("The first row names no column “%(needed)s”; it reads: %(header)s")
            % {
                "needed": "” / “".join(needed),
                "header": _shown([column.header for column in columns]),
            }
        )


def _shown(headers: Sequence[str]) -> str:
    return " | ".join(header[:40] for header in headers)[:200]
