"""The address of every page, and rows for those that the town alone does not fill."""

from typing import TYPE_CHECKING

from django.utils import timezone

from recruit.accounts.choices import Scope
from recruit.accounts.models import User
from recruit.accounts.operations import issue_token, rotate_token
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.applications.veil import veil_of
from recruit.imports.choices import ImportState
from recruit.imports.models import FileImport
from recruit.imports.operations import (
    cancel,
    keep_file,
    start_check,
    start_import,
)
from recruit.imports.types import ImportKind
from recruit.reports.catalogue import REPORTS
from recruit.reviews.choices import Screened
from recruit.reviews.operations import start_screening
from recruit.webhooks.choices import DisabledFor
from recruit.webhooks.models import Attempt, Webhook
from recruit.webhooks.operations import (
    create_webhook,
    disable_webhook,
    rotate_secret,
)
from recruit.webhooks.publishing import publish_all
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
)
from tests.imports.sent import work_on
from tests.matching.indexed import index_everything

if TYPE_CHECKING:
    from tests.browser.conftest import Town

WIDE_HEADERS = ",".join(f"Column of a very long name {n}" for n in range(12))
PEOPLE = (
    f"name,email,{WIDE_HEADERS}\n"
    f"Kim Ek,kim@example.org{',' + 'y' * 60}{',y' * 11}\n"
    f"Lee Os,no address{',y' * 12}\n"
)
CARES = "Prunes and grafts the fruit trees of a large orchard. " * 4
JOBS = "requisition_code,title\nFIL-1,Gardener from a file\n"


def addresses(town: "Town") -> list[str]:
    return [
        *_of_jobs(town),
        *_of_people(town),
        *_of_reports(),
        "/",
        "/waiting/",
        "/start/",
        "/start/company/",
        "/start/people/",
        "/start/ranking/",
        f"/notes/{town.note.pk}/",
        "/mentions/",
        "/imports/",
        "/demo/remove/",
        "/map/",
        "/map/1/",
        "/talent/",
        f"/talent/{town.pool.pk}/",
        f"/talent/{town.pool.pk}/edit/",
        f"/searches/{town.search.pk}/",
        f"/searches/{town.search.pk}/?new=on",
        f"/searches/{town.search.pk}/new/",
        f"/searches/{town.search.pk}/edit/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/nowhere/",
    ]


def _of_jobs(town: "Town") -> list[str]:
    both = [f"people={pk}" for pk in town.screening.candidate_ids]
    return [
        "/jobs/",
        "/jobs/?q=nothing+of+the+kind",
        "/jobs/?family=none&status=what",
        "/jobs/new/",
        "/jobs/new/text/",
        "/jobs/GRD-1/",
        "/jobs/GRD-1/?order=hybrid",
        "/jobs/GRD-1/?criteria=open",
        "/jobs/GRD-1/?country=NL&sort=years",
        "/jobs/GRD-1/?skill=Telekinesis&salary=much",
        "/jobs/GRD-1/?after=7",
        "/jobs/GRD-1/?order=words",
        f"/jobs/GRD-1/candidates/{town.candidate.pk}/",
        "/jobs/GRD-1/edit/",
        "/jobs/GRD-1/names/",
        "/jobs/GRD-1/activity/",
        "/jobs/GRD-1/met-before/",
        "/jobs/GRD-1/pipeline/",
        "/jobs/GRD-1/pipeline/?stage=applied",
        "/jobs/GRD-1/pipeline/?view=list",
        "/jobs/GRD-1/screening/",
        f"/jobs/GRD-1/screening/{town.screening.pk}/",
        f"/jobs/GRD-1/screening/{town.screening.pk}/summary/",
        f"/jobs/GRD-1/screening/{town.screening.pk}/?at=2",
        "/jobs/GRD-1/shortlist/",
        "/jobs/GRD-1/shortlist/?name=ada",
        f"/jobs/GRD-1/shortlist/?person={town.screening.candidate_ids[1]}",
        "/jobs/GRD-1/shortlist/print/",
        f"/jobs/GRD-1/compare/?{'&'.join(both)}",
        f"/applications/{town.job.applications.active()[0].pk}/moves/",
        "/jobs/NEW-1/",
        "/jobs/NEW-1/met-before/",
        "/jobs/NEW-1/pipeline/",
        "/jobs/NEW-1/shortlist/",
        "/jobs/NEW-1/screening/",
    ]


def _of_people(town: "Town") -> list[str]:
    person = f"/candidates/{town.candidate.pk}/"
    return [
        "/candidates/",
        "/candidates/?q=nothing&every_word=on",
        "/candidates/?q=a+gardener+of+roses+in+parks+-diving",
        "/candidates/?q=Thin+motor+sport",
        "/candidates/?q=foo:bar+roses&skill=Soil&source=unsaid&contact=never",
        "/candidates/?tag=silver+medallist&language=nl",
        "/candidates/?skill=Telekinesis",
        "/candidates/?q=asdfgh+qwerty",
        "/candidates/?q=roses&new=on&since=2026-01-01T00:00:00Z",
        "/jobs/GRD-1/?new=on&since=2026-01-01T00:00:00Z",
        "/candidates/new/",
        person,
        f"{person}edit/",
        f"{person}similar/",
        f"{person}activity/",
        f"{person}activity/?kind=notes",
    ]


def _of_reports() -> list[str]:
    rows = [
        f"/reports/{name}/rows/?since=&column={report.columns[0].key}"
        for name, report in REPORTS.items()
    ]
    return [
        *rows,
        *(f"/reports/{name}/?since=" for name in REPORTS),
        "/reports/time-in-stage/",
        "/reports/time-in-stage/rows/?column=left&line=applied",
        "/reports/pass-through/?since=&until=2026-01-01",
        "/reports/sources/?job=none",
    ]


def addresses_of_states(recruiter: User) -> list[str]:
    """Make an import in each state, hidden names, webhooks, a job that waits."""
    return [
        *(f"/imports/{one.pk}/" for one in _imports(recruiter)),
        f"/imports/{FileImport.objects.get(state=ImportState.CHECKED).pk}/columns/",
        *_of_hidden_names(recruiter),
        *_of_tokens(recruiter),
        *_of_webhooks(recruiter),
        *_that_waits(),
    ]


def _of_tokens(user: User) -> list[str]:
    token, _secret = issue_token(
        user=user, name="w" * 100, scopes=Scope.values, created_at=NOW
    )
    rotate_token(token_id=token.pk, rotated_at=timezone.now())
    pages = (f"/tokens/{token.pk}/rotate/", f"/tokens/{token.pk}/revoke/")
    return ["/tokens/", "/tokens/new/", *pages]


def _imports(owner: User) -> list[FileImport]:
    ended = [_kept(owner), _kept(owner), _kept(owner, JOBS, ImportKind.JOBS)]
    start_check(import_id=ended[0].pk)
    for one in ended[1:]:
        start_import(import_id=one.pk, begun_at=NOW)
    checking, importing, stopped, cut_off = (_kept(owner) for _ in range(4))
    start_check(import_id=checking.pk)
    for one in (importing, stopped):
        start_import(import_id=one.pk, begun_at=NOW)
    cancel(import_id=stopped.pk)
    failed = _kept(owner)
    FileImport.objects.filter(pk=failed.pk).update(
        state=ImportState.FAILED, failure=f"The file {'x' * 90} ends within a row."
    )
    FileImport.objects.filter(pk=cut_off.pk).update(state=ImportState.IMPORTING)
    worked_on = [work_on(one.pk) for one in ended]
    return [*worked_on, _kept(owner), checking, importing, stopped, cut_off, failed]


def _kept(
    owner: User, content: str = PEOPLE, kind: ImportKind = ImportKind.CANDIDATES
) -> FileImport:
    return keep_file(
        [content.encode()],
        owner=owner,
        file_name=f"{'long' * 30}.csv",
        kind=kind,
        source="old-ats",
        kept_at=NOW,
    )


def _of_webhooks(owner: User) -> list[str]:
    """Make a webhook that was rotated and answered to, and one that is disabled."""
    used, gone = (_webhook(owner, name) for name in ("Payroll", "w" * 120))
    rotate_secret(webhook_id=used.pk, actor=ACTOR, rotated_at=timezone.now())
    publish_all(now=LATER)
    for number, delivery in enumerate(used.deliveries.all()):
        Attempt.objects.create(
            delivery=delivery,
            started_at=LATER,
            duration_ms=9_876,
            status=500 if number else None,
            error="" if number else f"ConnectTimeout: {'x' * 200}",
            answer="<h1>Out of order</h1>\n" + "y" * 500 if number else "",
        )
    disable_webhook(
        webhook_id=gone.pk,
        reason=DisabledFor.TOO_MANY_TRIES,
        actor=ACTOR,
        disabled_at=LATER,
    )
    here = f"/webhooks/{used.pk}/"
    return ["/webhooks/", here, f"/webhooks/{gone.pk}/", f"{here}edit/"]


def _webhook(owner: User, name: str) -> Webhook:
    made = create_webhook(
        owner=owner,
        stated={
            "name": name,
            "url": f"https://hooks.example.org/{name}?{'k' * 200}",
            "types": ["job.created", "application.stage_changed"],
        },
        actor=ACTOR,
        created_at=NOW,
    )
    return made.webhook


def _of_hidden_names(recruiter: User) -> list[str]:
    job = make_job(
        "Pruning", requisition_code="HID-1", description=CARES, recruiters=[recruiter]
    )
    hide_names(job_id=job.pk, reveal_stage=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW)
    application = make_application(job, make_candidate("Pruning", summary=CARES))
    screening = start_screening(
        job_id=job.pk,
        user=recruiter,
        screened=Screened.APPLIED,
        candidate_ids=[application.candidate_id],
        started_at=LATER,
    )
    hidden = veil_of(job).application(application).candidate
    return [
        "/jobs/HID-1/",
        "/jobs/HID-1/names/",
        "/jobs/HID-1/pipeline/",
        "/jobs/HID-1/shortlist/",
        f"/jobs/HID-1/screening/{screening.pk}/",
        f"/jobs/HID-1/candidates/{hidden.pk}/",
    ]


def _that_waits() -> list[str]:
    """Read what there is, then make a job that nobody has read."""
    index_everything()
    make_job("Pruning", requisition_code="WAI-1", description=CARES)
    return ["/jobs/WAI-1/"]
