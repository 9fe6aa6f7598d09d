"""A new job from a text: pasted, read, and proposed into the ordinary form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from recruit.dashboard.forms.job_text import JobTextForm
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.text_help import help_for_text
from recruit.dashboard.views.job_pages import blank_page, is_guided


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def new_job_from_text(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _paste_page(request, JobTextForm())
    form = JobTextForm(request.POST)
    if not form.is_valid():
        return _paste_page(request, form, status=422)
    read = help_for_text(form.cleaned_data["text"])
    if not read.text:
        form.add_error("text", _("Nothing of this text can be seen."))
        return _paste_page(request, form, status=422)
    return blank_page(viewer_of(request), read).shown(request)


def _paste_page(
    request: HttpRequest, form: JobTextForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "is_guided": is_guided(request)}
    return render(request, "dashboard/job_text.html", context, status=status)
