"""Bringing jobs and candidates over from CSV files: send, look, import."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from recruit.accounts.actors import Actor
from recruit.dashboard.forms.imports import ImportForm
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.uploads import Outcome, Upload, remove_old
from recruit.imports.columns import FIELDS, NEEDED
from recruit.imports.preview import Preview, preview
from recruit.imports.run import run_import
from recruit.imports.types import ImportKind, UnusableFile

REASONS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def imports(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _send_page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _send_page(request, form, status=422)
    remove_old(timezone.now())
    upload = Upload.keep(
        form.cleaned_data["file"],
        user=viewer_of(request),
        kind=ImportKind(form.cleaned_data["kind"]),
        source=form.cleaned_data["source"],
    )
    try:
        _refuse_without_rows(_preview(request, upload))
    except UnusableFile as refused:
        upload.remove()
        form.add_error("file", str(refused))
        return _send_page(request, form, status=422)
    return redirect("dashboard:import", upload.upload_id)


def _send_page(
    request: HttpRequest, form: ImportForm, *, status: int = 200
) -> HttpResponse:
    columns = [(kind.label, NEEDED[kind], list(FIELDS[kind])) for kind in ImportKind]
    context = {"form": form, "columns": columns}
    return render(request, "dashboard/imports.html", context, status=status)


def _preview(request: HttpRequest, upload: Upload) -> Preview:
    return preview(
        upload.file,
        kind=upload.kind,
        actor=Actor.of(viewer_of(request)),
        previewed_at=timezone.now(),
        viewer=viewer_of(request),
        source=upload.source,
    )


def _refuse_without_rows(first: Preview) -> None:
    if not first.rows:
        raise UnusableFile(_("The file has a header and no rows."))


def _preview_of_waiting(request: HttpRequest, upload: Upload) -> Preview | None:
    try:
        return _preview(request, upload)
    except UnusableFile:  # taken for its import since the page was asked for
        return None


def _upload(request: HttpRequest, upload_id: UUID) -> Upload:
    upload = Upload.find(upload_id, user=viewer_of(request))
    if upload is None:
        raise Http404
    return upload


@require_safe
@recruiting_only
def import_file(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    upload = _upload(request, upload_id)
    context = {
        "upload": upload,
        "outcome": upload.outcome,
        "has_rejected": upload.rejected.exists(),
        "preview": _preview_of_waiting(request, upload),
    }
    return render(request, "dashboard/import_file.html", context)


@require_POST
@recruiting_only
def run(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    upload = _upload(request, upload_id)
    with upload.claimed() as is_ours:
        if is_ours:
            _run_and_keep(request, upload)
        else:
            messages.info(request, _("This file was imported already, or is just now."))
    return redirect("dashboard:import", upload.upload_id)


def _run_and_keep(request: HttpRequest, upload: Upload) -> None:
    try:
        upload.finish(_run(request, upload, dry_run="dry_run" in request.POST))
    except UnusableFile as refused:
        messages.error(request, str(refused))


def _run(request: HttpRequest, upload: Upload, *, dry_run: bool) -> Outcome:
    done = run_import(
        upload.file,
        kind=upload.kind,
        actor=Actor.of(viewer_of(request)),
        imported_at=timezone.now(),
        viewer=viewer_of(request),
        source=upload.source,
        dry_run=dry_run,
        rejected_to=upload.rejected,
    )
    return Outcome(
        dry_run=dry_run,
        created=done.created,
        changed=done.changed,
        unchanged=done.unchanged,
        rejected=done.rejected,
        reasons=tuple(row.reason for row in done.rejected_rows[:REASONS_SHOWN]),
        ignored_headers=done.ignored_headers,
    )


@require_safe
@recruiting_only
def rejected_rows(request: HttpRequest, upload_id: UUID) -> FileResponse:
    upload = _upload(request, upload_id)
    if not upload.rejected.exists():
        raise Http404
    name = f"{Path(upload.file_name).stem or 'import'}.rejected.csv"
    return FileResponse(
        upload.rejected.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="text/csv; charset=utf-8",
    )
