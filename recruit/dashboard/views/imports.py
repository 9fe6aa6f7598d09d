"""Bringing rows over from files: send, name columns, check, import."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from matching.status import is_worker_alive
from recruit.common.refusals import Refused
from recruit.dashboard.first_steps import first_steps_of
from recruit.dashboard.forms.imports import ColumnsForm, ImportForm
from recruit.dashboard.import_steps import steps_of
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.demo.queries import demo_is_loaded
from recruit.imports.choices import ImportState
from recruit.imports.columns import FIELDS, NEEDED
from recruit.imports.models import FileImport
from recruit.imports.operations import (
    cancel,
    choose_columns,
    discard,
    is_queued,
    keep_file,
    resume,
    start_check,
    start_import,
)
from recruit.imports.rejections import rejected_csv
from recruit.imports.types import ImportKind, UnusableFile
from recruit.organisation.queries import organisation

REJECTED_SHOWN = 50
CELLS_SHOWN = 12
IMPORTS_SHOWN = 10
SAMPLES_SHOWN = 3


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def imports(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _send_page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _send_page(request, form, status=422)
    sent = form.cleaned_data["file"]
    try:
        kept = keep_file(
            sent.chunks(),
            owner=viewer_of(request),
            file_name=sent.name or "",
            kind=ImportKind(form.cleaned_data["kind"]),
            source=form.cleaned_data["source"],
            kept_at=timezone.now(),
        )
    except UnusableFile as refused:
        form.add_error("file", str(refused))
        return _send_page(request, form, status=422)
    return redirect("dashboard:import", kept.pk)


def _send_page(
    request: HttpRequest, form: ImportForm, *, status: int = 200
) -> HttpResponse:
    columns = [
        (kind.label, [" / ".join(one) for one in NEEDED[kind]], list(FIELDS[kind]))
        for kind in ImportKind
    ]
    earlier = FileImport.objects.of(viewer_of(request)).newest_first()
    context = {
        "form": form,
        "columns": columns,
        "earlier": earlier[:IMPORTS_SHOWN],
        "has_demo": viewer_of(request).is_administrator and demo_is_loaded(),
    }
    return render(request, "dashboard/imports.html", context, status=status)


def _own(request: HttpRequest, upload_id: UUID) -> FileImport:
    found = FileImport.objects.of(viewer_of(request)).filter(pk=upload_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@recruiting_only
def import_file(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    return _import_page(request, _own(request, upload_id))


def _import_page(
    request: HttpRequest,
    one: FileImport,
    form: ColumnsForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    asks_for_columns = form is not None or one.state == ImportState.MAPPING
    asks_for_columns = asks_for_columns and one.has_columns
    form = form or ColumnsForm(one)
    is_cut_off = one.is_running and not is_queued(one)
    rows = one.rejected_rows.in_order()[:REJECTED_SHOWN]
    context: dict[str, Any] = {
        "file": one,
        "form": form,
        "columns": zip(form, _samples(one), strict=True),
        "asks_for_columns": asks_for_columns,
        "import_steps": steps_of(
            ImportState(one.state), asks_for_columns=asks_for_columns
        ),
        "is_working": one.is_running and not is_cut_off,
        "is_cut_off": is_cut_off,
        "can_resume": is_cut_off
        or one.state in {ImportState.CANCELLED, ImportState.FAILED},
        "is_finished": one.state == ImportState.FINISHED,
        "worker_alive": is_worker_alive(timezone.now()),
        "rejected_rows": [(row, row.cells[:CELLS_SHOWN]) for row in rows],
        "shown_headers": one.headers[:CELLS_SHOWN],
    }
    if context["is_finished"]:
        context["steps"] = first_steps_of(viewer_of(request), organisation())
    return render(request, "dashboard/import_file.html", context, status=status)


def _samples(one: FileImport) -> list[list[str]]:
    """Return for each column what stands in its first rows."""
    return [
        [row[number] for row in one.first_rows if row[number:] and row[number]][
            :SAMPLES_SHOWN
        ]
        for number in range(len(one.headers))
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def columns(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Say what the columns mean, and have every row checked."""
    one = _own(request, upload_id)
    if request.method != "POST":
        return _import_page(request, one, ColumnsForm(one))
    form = ColumnsForm(one, request.POST)
    if not form.is_valid():
        return _import_page(request, one, form, status=422)
    choose = partial(choose_columns, import_id=one.pk, fields=form.chosen)
    if "import" in request.POST:
        start = partial(start_import, import_id=one.pk, begun_at=timezone.now())
        return _done(request, one, choose, start)
    return _done(request, one, choose, partial(start_check, import_id=one.pk))


def _done(
    request: HttpRequest, one: FileImport, *steps: Callable[[], object]
) -> HttpResponse:
    try:
        for step in steps:
            step()
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("dashboard:import", one.pk)


@require_POST
@recruiting_only
def run(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    one = _own(request, upload_id)
    now = timezone.now()
    return _done(request, one, partial(start_import, import_id=one.pk, begun_at=now))


@require_POST
@recruiting_only
def stop(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    one = _own(request, upload_id)
    return _done(request, one, partial(cancel, import_id=one.pk, asks_again=True))


@require_POST
@recruiting_only
def go_on(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    one = _own(request, upload_id)
    return _done(request, one, partial(resume, import_id=one.pk))


@require_POST
@recruiting_only
def remove(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    one = _own(request, upload_id)
    try:
        discard(import_id=one.pk)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("dashboard:import", one.pk)
    return redirect("dashboard:imports")


@require_safe
@recruiting_only
def rejected_rows(request: HttpRequest, upload_id: UUID) -> StreamingHttpResponse:
    one = _own(request, upload_id)
    if not one.rejected:
        raise Http404
    name = f"{Path(one.file_name).stem or 'import'}.rejected.csv"
    return StreamingHttpResponse(
        (line.encode("utf-8", "replace") for line in rejected_csv(one)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=name
            )
            or "attachment"
        },
    )
