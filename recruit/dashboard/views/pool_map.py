"""The map of the pool: groups of people by meaning, thick and thin."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from matching import queue
from matching.groups.layout import HEIGHT, WIDTH
from matching.groups.reading import Density, group_of_number, people_in, pool_map
from matching.status import indexing_status
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import recruiting_only, viewer_of

DENSITIES = (
    (Density.THICK.value, gettext_lazy("thick")),
    (Density.USUAL.value, gettext_lazy("usual")),
    (Density.THIN.value, gettext_lazy("thin")),
)


@require_safe
@recruiting_only
def show(request: HttpRequest) -> HttpResponse:
    found = pool_map(viewer_of(request))
    context = {
        "map": found,
        "densities": DENSITIES,
        "width": WIDTH,
        "height": HEIGHT,
        "is_being_made": found.is_being_made if found else queue.is_grouping(),
        "indexing": indexing_status(),
    }
    return render(request, "dashboard/pool_map.html", context)


@require_POST
@recruiting_only
def make(request: HttpRequest) -> HttpResponse:
    queue.group_pool()
    messages.success(
        request, _("The map is being made; that takes from some seconds to minutes.")
    )
    return redirect("dashboard:pool_map")


@require_safe
@recruiting_only
def group(request: HttpRequest, number: int) -> HttpResponse:
    found = group_of_number(number)
    if found is None:
        raise Http404
    people = people_in(number, viewer_of(request)).with_skills().newest_first()
    context = {"group": found, "page": page_of(people, request)}
    return render(request, "dashboard/pool_group.html", context)
