"""Who may do what at which address. An address without a row fails the tests."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from tests.security.actors import Actor
from tests.security.api_rows import API_ROWS
from tests.security.rules import OWNED, About, Group, Interface, Row, Verdict
from tests.security.worlds import World


def _page(
    about: About = About.NOTHING,
    *,
    recruiting: bool = False,
    writes_all: bool = False,
) -> Row:
    readers = Group.RECRUITING if recruiting else Group.EVERYBODY
    writers = Group.EVERYBODY if writes_all else Group.RECRUITING
    return Row(Interface.PAGES, about, readers=readers, writers=writers)


def _reports() -> dict[str, Row]:
    """Return the reports with their rows and files; workload is no manager's."""
    names = ("time-to-fill", "time-in-stage", "pass-through", "sources", "workload")
    rules: dict[str, Row] = {}
    for name in names:
        rule = _page(recruiting=name == "workload")
        rules[f"reports/{name}/"] = rules[f"reports/{name}/table.csv"] = rule
        rules[f"reports/{name}/rows.csv"] = rule
        asks = replace(rule, also=frozenset({400}))  # it wants a figure
        rules[f"reports/{name}/rows/"] = asks
    return rules


def _administrated_webhook() -> Row:
    group = Group.ADMINISTRATING
    return Row(Interface.PAGES, About.WEBHOOK, readers=group, writers=group)


OPEN = Row(Interface.OPEN)
ACCOUNT = Row(Interface.PAGES, writers=Group.EVERYBODY)
ADMIN = Row(Interface.ADMIN)
ADMINISTRATED = Row(
    Interface.PAGES, readers=Group.ADMINISTRATING, writers=Group.ADMINISTRATING
)
NO_SUCH = frozenset({404})  # no world has tokens
ROWS: Mapping[str, Row] = {
    # For machines and for whoever is not signed in yet
    "healthz": OPEN,
    "readyz": Row(Interface.OPEN, also=frozenset({503})),  # not ready
    "accounts/login/": OPEN,
    "accounts/signup/": OPEN,  # answers that it is closed
    "accounts/inactive/": OPEN,
    "accounts/login/code/confirm/": OPEN,
    "accounts/confirm-email/": OPEN,
    "accounts/confirm-email/<key>/": OPEN,
    "accounts/password/reset/": OPEN,
    "accounts/password/reset/done/": OPEN,
    "accounts/password/reset/key/<uidb36>-<key>/": OPEN,
    "accounts/password/reset/key/done/": OPEN,
    # One's own account
    "accounts/logout/": OPEN,
    "accounts/email/": Row(Interface.CLOSED),  # an account has one address
    "accounts/password/change/": ACCOUNT,
    "accounts/password/set/": ACCOUNT,
    "accounts/reauthenticate/": ACCOUNT,
    # Pages
    "": _page(),
    "jobs/": _page(),
    "jobs/new/": _page(recruiting=True),
    "jobs/new/text/": _page(recruiting=True),
    "jobs/<code>/": _page(About.JOB),
    "jobs/<code>/candidates/<candidate_id>/": _page(About.JOB),
    "jobs/<code>/names/": _page(About.JOB, recruiting=True),
    "jobs/<code>/criteria/": _page(About.JOB, recruiting=True),
    "jobs/<code>/criteria/take/": _page(About.JOB, recruiting=True),
    "jobs/<code>/edit/": _page(About.JOB, recruiting=True),
    "jobs/<code>/status/": _page(About.JOB, recruiting=True),
    "jobs/<code>/met-before/": _page(About.JOB),
    "jobs/<code>/pipeline/": _page(About.JOB),
    "jobs/<code>/pipeline/moves/": _page(About.JOB, recruiting=True),
    "jobs/<code>/pipeline/undo/": _page(About.JOB, recruiting=True),
    "jobs/<code>/pipeline/stages/": _page(About.JOB, recruiting=True),
    "jobs/<code>/applications/": _page(About.JOB, recruiting=True),
    "applications/<application_id>/moves/": _page(About.APPLICATION, recruiting=True),
    "jobs/<code>/screening/": _page(About.JOB, recruiting=True),
    "jobs/<code>/screening/list/": _page(About.JOB),
    "jobs/<code>/screening/<screening_id>/": _page(About.SCREENING, recruiting=True),
    "jobs/<code>/screening/<screening_id>/decide/": _page(About.SCREENING),
    "jobs/<code>/screening/<screening_id>/note/": _page(About.SCREENING),
    "jobs/<code>/screening/<screening_id>/summary/": _page(
        About.SCREENING, recruiting=True
    ),
    "jobs/<code>/screening/<screening_id>/undecided/": _page(About.SCREENING),
    "jobs/<code>/screening/<screening_id>/undo/": _page(About.SCREENING),
    "jobs/<code>/shortlist/": _page(About.JOB),
    "jobs/<code>/shortlist/print/": _page(About.JOB),
    "jobs/<code>/shortlist.csv": _page(About.JOB),
    "jobs/<code>/shortlist.xlsx": _page(About.JOB),
    "jobs/<code>/compare/": Row(
        Interface.PAGES,
        About.JOB,
        writers=Group.EVERYBODY,  # marks lead to an address, and nothing is written
        also=frozenset({400}),  # it wants people
    ),
    "applications/<application_id>/review/": Row(
        Interface.PAGES,
        About.APPLICATION,
        writers=Group.EVERYBODY,  # who is not the hiring manager is told so
    ),
    "applications/<application_id>/advance/": _page(About.APPLICATION),
    "applications/<application_id>/reject/": _page(About.APPLICATION),
    "applications/<application_id>/withdraw/": _page(About.APPLICATION),
    "applications/<application_id>/hire/": _page(About.APPLICATION),
    "applications/<application_id>/undo/": _page(About.APPLICATION),
    "candidates/": _page(),
    "candidates/new/": _page(recruiting=True),
    "candidates/<candidate_id>/": _page(About.CANDIDATE),
    "candidates/<candidate_id>/documents/<document_id>/": replace(
        _page(About.CANDIDATE), also=frozenset({404})
    ),  # of a document that nobody has
    "candidates/<candidate_id>/edit/": _page(About.CANDIDATE, recruiting=True),
    "candidates/<candidate_id>/similar/": _page(About.CANDIDATE),
    "imports/": _page(recruiting=True),
    "start/": _page(recruiting=True),
    "start/company/": ADMINISTRATED,
    "start/people/": _page(recruiting=True),
    "start/demo/": ADMINISTRATED,
    "start/ranking/": _page(recruiting=True),
    "start/put-away/": ADMINISTRATED,
    "demo/remove/": ADMINISTRATED,
    "imports/<upload_id>/": _page(About.UPLOAD, recruiting=True),
    "imports/<upload_id>/columns/": _page(About.UPLOAD, recruiting=True),
    "imports/<upload_id>/run/": _page(About.UPLOAD, recruiting=True),
    "imports/<upload_id>/stop/": _page(About.UPLOAD, recruiting=True),
    "imports/<upload_id>/resume/": _page(About.UPLOAD, recruiting=True),
    "imports/<upload_id>/remove/": _page(About.UPLOAD, recruiting=True),
    "imports/<upload_id>/rejected.csv": Row(
        Interface.PAGES,
        About.UPLOAD,
        Group.RECRUITING,
        also=frozenset({404}),  # nothing was rejected
    ),
    "skills/suggest/": _page(),
    "talent/": _page(recruiting=True),
    "talent/add/": _page(recruiting=True),
    "talent/<pool_id>/": _page(About.KEPT, recruiting=True),
    "talent/<pool_id>/edit/": _page(About.KEPT, recruiting=True),
    "talent/<pool_id>/delete/": _page(About.KEPT, recruiting=True),
    "talent/<pool_id>/take/": _page(About.KEPT, recruiting=True),
    "talent/<pool_id>/searches/": _page(About.KEPT, recruiting=True),
    "talent/<pool_id>/searches/take/": _page(About.KEPT, recruiting=True),
    "searches/": _page(recruiting=True),
    "searches/<search_id>/": _page(About.KEPT, recruiting=True),
    "searches/<search_id>/new/": _page(About.KEPT, recruiting=True),
    "searches/<search_id>/edit/": _page(About.KEPT, recruiting=True),
    "searches/<search_id>/delete/": _page(About.KEPT, recruiting=True),
    "webhooks/": ADMINISTRATED,
    "webhooks/<webhook_id>/": _administrated_webhook(),
    "webhooks/<webhook_id>/edit/": _administrated_webhook(),
    "webhooks/<webhook_id>/delete/": _administrated_webhook(),
    "webhooks/<webhook_id>/rotate/": _administrated_webhook(),
    "webhooks/<webhook_id>/enable/": _administrated_webhook(),
    "webhooks/<webhook_id>/disable/": _administrated_webhook(),
    "webhooks/<webhook_id>/ping/": _administrated_webhook(),
    "webhooks/<webhook_id>/deliveries/<delivery_id>/": _administrated_webhook(),
    "jobs/<code>/activity/": _page(About.JOB, writes_all=True),
    "jobs/<code>/tags/": _page(About.JOB, recruiting=True),
    "candidates/<candidate_id>/activity/": _page(About.CANDIDATE, writes_all=True),
    "candidates/<candidate_id>/tags/": _page(About.CANDIDATE, recruiting=True),
    "notes/<note_id>/": _page(About.NOTE, writes_all=True),
    "notes/<note_id>/delete/": _page(About.NOTE, writes_all=True),
    "tokens/": ADMINISTRATED,
    "tokens/new/": ADMINISTRATED,
    "tokens/<token_id>/rotate/": replace(ADMINISTRATED, also=NO_SUCH),
    "tokens/<token_id>/revoke/": replace(ADMINISTRATED, also=NO_SUCH),
    "waiting/": _page(),
    "mentions/": _page(writes_all=True),
    "colleagues/suggest/": _page(),
    "tags/suggest/": _page(recruiting=True),
    "reports/": _page(),
    **_reports(),
    "map/": _page(recruiting=True),
    "map/make/": _page(recruiting=True),
    "map/<number>/": Row(
        Interface.PAGES,
        readers=Group.RECRUITING,
        also=frozenset({404}),  # no map was made
    ),
    **API_ROWS,
}


def row_of(pattern: str) -> Row | None:
    """Return the rule of an address; the admin site has one for all of its own."""
    if pattern.startswith("admin/"):
        return ADMIN
    return ROWS.get(pattern)


def sees(actor: Actor, row: Row, world: World, named: set[UUID]) -> bool:
    """Say whether the row that an address names exists for the actor."""
    sees_job = actor.sees_job(world.job, named)
    if row.about is About.NOTHING or not world.exists:
        return row.about is About.NOTHING
    if row.about in {About.JOB, About.NOTE}:  # a note is about a person for the job
        return world.has_job and sees_job
    # A tag of the person and the job; who recruits for the job.
    if row.about in {About.CANDIDATE, About.TAG, About.USER}:
        return world.has_candidate and (actor.is_recruiting or sees_job)
    if row.about in OWNED:
        is_upload = row.about in {About.UPLOAD, About.KEPT}
        owner = world.upload_owner if is_upload else world.screening_owner
        return owner is not None and owner == actor.user and (is_upload or sees_job)
    if row.about is About.WEBHOOK:
        return world.has_webhook
    return sees_job if row.about is About.APPLICATION else True


def verdict(
    actor: Actor, row: Row, world: World, *, writes: bool, named: set[UUID]
) -> Verdict:
    """Say what the rules answer to one request."""
    if row.interface is Interface.OPEN:
        return Verdict.ALLOWED
    if row.interface is Interface.CLOSED:
        return Verdict.HIDDEN
    is_api = row.interface is Interface.API
    if actor.user is None or (actor.is_token and not is_api):
        return Verdict.SIGN_IN
    if row.interface is Interface.ADMIN:
        return Verdict.ALLOWED if actor.is_administrator else Verdict.HIDDEN
    return _verdict_on_row(actor, row, world, writes=writes, named=named)


def _verdict_on_row(
    actor: Actor, row: Row, world: World, *, writes: bool, named: set[UUID]
) -> Verdict:
    if not actor.has_scope(row.write_scope if writes else row.read_scope):
        return Verdict.FORBIDDEN
    if not sees(actor, row, world, named):
        return Verdict.HIDDEN
    group = row.writers if writes else row.readers
    is_api = row.interface is Interface.API
    if group is Group.ADMINISTRATING and not actor.is_administrator:
        is_read = row.readers is not Group.ADMINISTRATING
        return Verdict.FORBIDDEN if is_api and writes and is_read else Verdict.HIDDEN
    if group is Group.RECRUITING and not actor.is_recruiting:
        return Verdict.FORBIDDEN if is_api else Verdict.HIDDEN
    return Verdict.ALLOWED
