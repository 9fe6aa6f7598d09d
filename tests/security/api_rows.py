"""Who may do what at the addresses of the API."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from recruit.accounts.choices import Scope
from tests.security.rules import About, Group, Interface, Row

READS, WRITES = Scope.APPLICATIONS_READ, Scope.APPLICATIONS_WRITE
OPEN = Row(Interface.OPEN)


def _api(about: About, read: Scope, write: Scope | None = None) -> Row:
    return Row(Interface.API, about, read_scope=read, write_scope=write)


def _ranked(about: About) -> Row:
    not_indexed = frozenset({409})
    scope = Scope.MATCHES_READ
    return Row(Interface.API, about, read_scope=scope, also=not_indexed)


def _move() -> Row:
    return _api(About.APPLICATION, READS, WRITES)


def _webhook(about: About = About.WEBHOOK) -> Row:
    return Row(
        Interface.API,
        about,
        readers=Group.ADMINISTRATING,
        writers=Group.ADMINISTRATING,
        read_scope=Scope.WEBHOOKS_READ,
        write_scope=Scope.WEBHOOKS_WRITE,
    )


# Hiring managers write notes for their own jobs.
NOTES = Row(
    Interface.API,
    writers=Group.EVERYBODY,
    read_scope=Scope.NOTES_READ,
    write_scope=Scope.NOTES_WRITE,
)

TAGS = Row(Interface.API, read_scope=Scope.TAGS_READ, write_scope=Scope.TAGS_WRITE)
OF_CANDIDATE = replace(TAGS, about=About.CANDIDATE, readers=Group.RECRUITING)
OF_JOB = replace(TAGS, about=About.JOB)
POOLS = Row(
    Interface.API,
    readers=Group.RECRUITING,
    read_scope=Scope.POOLS_READ,
    write_scope=Scope.POOLS_WRITE,
)
POOL = replace(POOLS, about=About.KEPT)
SEARCHES = Row(
    Interface.API,
    readers=Group.RECRUITING,
    read_scope=Scope.SEARCHES_READ,
    write_scope=Scope.SEARCHES_WRITE,
)
SEARCH = replace(SEARCHES, about=About.KEPT)
VOCABULARY = replace(TAGS, about=About.TAG, writers=Group.ADMINISTRATING)


PARTS = ("skills", "experience", "education", "languages")
NO_SUCH_PART = frozenset({404})


def _parts_of(kind: str, about: About, names: Sequence[str]) -> dict[str, Row]:
    """Return the lists below a row, and the rows of these by an id that none has."""
    read, write = Scope(f"{kind}:read"), Scope(f"{kind}:write")
    one = Row(
        Interface.API, about, read_scope=read, write_scope=write, also=NO_SUCH_PART
    )
    address = f"api/v1/{kind}/<pk>"
    rows = {f"{address}/{name}": _api(about, read, write) for name in names}
    return rows | {f"{address}/{name}/<part_id>": one for name in names}


def _documents() -> dict[str, Row]:
    read, write = Scope.DOCUMENTS_READ, Scope.DOCUMENTS_WRITE
    one = Row(
        Interface.API,
        About.CANDIDATE,
        read_scope=read,
        write_scope=write,
        also=NO_SUCH_PART,
    )
    address = "api/v1/candidates/<pk>/documents"
    return {
        address: _api(About.CANDIDATE, read, write),
        f"{address}/<part_id>": one,
        f"{address}/<part_id>/download": one,
    }


def _import_action() -> Row:
    return _api(About.UPLOAD, Scope.IMPORTS_READ, Scope.IMPORTS_WRITE)


def _by_external_id(read: Scope, write: Scope) -> Row:
    # It wants to know which: without it 400.
    return replace(_api(About.NOTHING, read, write), also=frozenset({400, 404}))


AUDIT = Row(
    Interface.API,
    readers=Group.ADMINISTRATING,
    writers=Group.ADMINISTRATING,
    read_scope=Scope.AUDIT_READ,
    write_scope=Scope.AUDIT_READ,  # nothing can be written
)


API_ROWS: Mapping[str, Row] = {
    "api/": OPEN,  # whatever has no other address below /api/
    "api/v1/schema": OPEN,
    "api/v1/docs": OPEN,
    "api/v1/jobs/by_external_id": _by_external_id(Scope.JOBS_READ, Scope.JOBS_WRITE),
    "api/v1/jobs": _api(About.NOTHING, Scope.JOBS_READ, Scope.JOBS_WRITE),
    "api/v1/jobs/<pk>": _api(About.JOB, Scope.JOBS_READ, Scope.JOBS_WRITE),
    "api/v1/jobs/<pk>/matches": _ranked(About.JOB),
    "api/v1/jobs/<pk>/stages": _api(About.JOB, Scope.JOBS_READ),
    "api/v1/candidates/<pk>/jobs": _ranked(About.CANDIDATE),
    "api/v1/candidates/<pk>/similar": _ranked(About.CANDIDATE),
    "api/v1/search": Row(
        Interface.API,
        read_scope=Scope.MATCHES_READ,
        also=frozenset({400}),  # it wants a text
    ),
    "api/v1/similarity": Row(
        Interface.API,
        writers=Group.EVERYBODY,  # compares what it is given, and writes nothing
        read_scope=Scope.MATCHES_READ,
        write_scope=Scope.MATCHES_READ,
        also=frozenset({503}),  # no worker
    ),
    "api/v1/candidates/by_external_id": _by_external_id(
        Scope.CANDIDATES_READ, Scope.CANDIDATES_WRITE
    ),
    "api/v1/candidates": _api(
        About.NOTHING, Scope.CANDIDATES_READ, Scope.CANDIDATES_WRITE
    ),
    "api/v1/candidates/<pk>": _api(
        About.CANDIDATE, Scope.CANDIDATES_READ, Scope.CANDIDATES_WRITE
    ),
    "api/v1/skills": _api(About.NOTHING, Scope.SKILLS_READ),
    "api/v1/skills/<pk>": _api(About.SKILL, Scope.SKILLS_READ),
    "api/v1/applications/by_external_id": _by_external_id(READS, WRITES),
    "api/v1/applications": _api(About.NOTHING, READS, WRITES),
    "api/v1/applications/<pk>": _api(About.APPLICATION, READS, WRITES),
    "api/v1/applications/<pk>/move": _move(),
    "api/v1/applications/<pk>/reject": _move(),
    "api/v1/applications/<pk>/withdraw": _move(),
    "api/v1/applications/<pk>/hire": _move(),
    "api/v1/applications/<pk>/undo": _move(),
    "api/v1/notes": NOTES,
    # Somebody else's note is for its author, and for administrators to delete.
    "api/v1/notes/<pk>": replace(NOTES, about=About.NOTE, also=frozenset({403})),
    **_parts_of("candidates", About.CANDIDATE, PARTS),
    **_documents(),
    "api/v1/downloads/<word>": Row(Interface.OPEN, also=NO_SUCH_PART),  # unsigned
    **_parts_of("jobs", About.JOB, ("requirements",)),
    "api/v1/jobs/<pk>/criteria_versions": _api(About.JOB, Scope.JOBS_READ),
    "api/v1/jobs/<pk>/criteria_versions/<part_id>": Row(
        Interface.API, About.JOB, read_scope=Scope.JOBS_READ, also=NO_SUCH_PART
    ),
    "api/v1/tags": TAGS,
    "api/v1/tags/<pk>": VOCABULARY,
    "api/v1/tags/<pk>/merge": VOCABULARY,
    "api/v1/candidates/<pk>/tags": OF_CANDIDATE,
    "api/v1/candidates/<pk>/tags/<tag_id>": OF_CANDIDATE,
    "api/v1/jobs/<pk>/tags": OF_JOB,
    "api/v1/jobs/<pk>/tags/<tag_id>": OF_JOB,
    "api/v1/imports": Row(
        Interface.API,
        read_scope=Scope.IMPORTS_READ,
        write_scope=Scope.IMPORTS_WRITE,
        also=frozenset({415}),  # takes files, and nothing else
    ),
    "api/v1/imports/<pk>": _api(About.UPLOAD, Scope.IMPORTS_READ, Scope.IMPORTS_WRITE),
    "api/v1/imports/<pk>/rows": _api(About.UPLOAD, Scope.IMPORTS_READ),
    "api/v1/imports/<pk>/start": _import_action(),
    "api/v1/imports/<pk>/cancel": _import_action(),
    "api/v1/imports/<pk>/resume": _import_action(),
    "api/v1/audit_log": AUDIT,
    "api/v1/audit_log/export": AUDIT,
    "api/v1/talent_pools": POOLS,
    "api/v1/talent_pools/<pk>": POOL,
    "api/v1/talent_pools/<pk>/candidates": POOL,
    "api/v1/talent_pools/<pk>/candidates/take": POOL,
    "api/v1/talent_pools/<pk>/searches": POOL,
    "api/v1/talent_pools/<pk>/searches/<search_id>": POOL,
    "api/v1/saved_searches": SEARCHES,
    "api/v1/saved_searches/<pk>": SEARCH,
    "api/v1/saved_searches/<pk>/candidates": replace(SEARCH, write_scope=None),
    "api/v1/saved_searches/<pk>/new": replace(SEARCH, write_scope=None),
    "api/v1/users": _api(About.NOTHING, Scope.USERS_READ),
    "api/v1/users/<pk>": _api(About.USER, Scope.USERS_READ),
    "api/v1/skills/recognise": Row(
        Interface.API,
        writers=Group.EVERYBODY,  # reads what it is given, and writes nothing
        read_scope=Scope.SKILLS_READ,
        write_scope=Scope.SKILLS_READ,
    ),
    "api/v1/disposition_reasons": _api(About.NOTHING, READS),
    "api/v1/disposition_reasons/<pk>": _api(About.REASON, READS),
    "api/v1/events": _api(About.NOTHING, Scope.EVENTS_READ),
    "api/v1/webhooks": _webhook(About.NOTHING),
    "api/v1/webhooks/<pk>": _webhook(),
    "api/v1/webhooks/<pk>/rotate": _webhook(),
    "api/v1/webhooks/<pk>/enable": _webhook(),
    "api/v1/webhooks/<pk>/disable": _webhook(),
    "api/v1/webhooks/<pk>/ping": _webhook(),
    "api/v1/webhooks/<pk>/deliveries": _webhook(),
    "api/v1/webhooks/<pk>/deliveries/<delivery_id>/redeliver": _webhook(),
}
