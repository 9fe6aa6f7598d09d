"""Taking the demo data away, in one click where nobody has worked on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from recruit.accounts.actors import Actor
from recruit.dashboard.permissions import viewer_of
from recruit.demo.removal import Added, PeopleAdded, demo_rows, remove_demo


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remove(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if not viewer.is_administrator:
        raise Http404
    if request.method != "POST":
        return _question(request)
    try:
        remove_demo(
            actor=Actor.of(viewer), removed_at=timezone.now(), added=_answer(request)
        )
    except PeopleAdded:
        return redirect(request.get_full_path())
    messages.success(request, _("The demo data is removed."))
    return redirect("dashboard:start" if "guide" in request.GET else "dashboard:home")


def _answer(request: HttpRequest) -> Added | None:
    answers = {one.value: one for one in Added}
    return answers.get(request.POST.get("added", ""))


def _question(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/demo_remove.html", {"rows": demo_rows()})
