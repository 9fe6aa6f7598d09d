"""Saved searches: keeping one, opening it, who is new in it, changing and deleting."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused, StaleVersion
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.talent import (
    SaveSearchForm,
    SearchForm,
    VersionForm,
    over,
)
from recruit.dashboard.permissions import is_prefetch, recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.finding.saved import new_matches, query_of
from recruit.talent import searches
from recruit.talent.models import SavedSearch
from recruit.talent.pool_searches import count_in_pools_of_others
from recruit.talent.queries import last_visits


@require_POST
@recruiting_only
def save(request: HttpRequest) -> HttpResponse:
    form = SaveSearchForm(request.POST)
    query = query_of(request.POST.get("query", ""))
    if query is None:
        form.add_error("query", _("There is no search to save."))
    if not form.is_valid() or query is None:
        return _save_form(request, form)
    viewer, saved_at = viewer_of(request), timezone.now()
    try:
        search = searches.save_search(
            owner=viewer,
            name=form.cleaned_data["name"],
            query=query.urlencode(),
            is_shared=form.cleaned_data["is_shared"],
            actor=Actor.of(viewer),
            saved_at=saved_at,
        )
    except ValidationError as error:
        add_errors(form, error)
        return _save_form(request, form)
    messages.success(request, _("The search “%s” is saved.") % search)
    query["saved"], query["since"] = str(search.pk), saved_at.isoformat()
    return redirect(f"{reverse('dashboard:candidates')}?{query.urlencode()}")


def _save_form(request: HttpRequest, form: SaveSearchForm) -> HttpResponse:
    page = "dashboard/saved_search_new.html"
    return render(request, page, {"form": form}, status=422)


def _visible(request: HttpRequest, search_id: UUID) -> SavedSearch:
    visible = SavedSearch.objects.visible_to(viewer_of(request))
    return get_object_or_404(visible.select_related("owner"), pk=search_id)


def _changeable(request: HttpRequest, search_id: UUID) -> SavedSearch:
    """Return a search that the viewer may change; of the others none exists here."""
    changeable = SavedSearch.objects.changeable_by(viewer_of(request))
    return get_object_or_404(changeable, pk=search_id)


@require_safe
@recruiting_only
def open_search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Lead to the list, with who is new since the viewer last opened it; or to them."""
    viewer, search = viewer_of(request), _visible(request, search_id)
    if is_prefetch(request):
        return HttpResponse(status=204)
    since = searches.visit_search(search=search, user=viewer, visited_at=timezone.now())
    query = query_of(search.query)
    if query is None:
        messages.error(request, _("The search “%s” cannot be read.") % search)
        return redirect("dashboard:talent")
    query["saved"], query["since"] = str(search.pk), since.isoformat()
    if request.GET.get("new"):
        query["new"] = "on"
    return redirect(f"{reverse('dashboard:candidates')}?{query.urlencode()}")


@require_safe
@recruiting_only
def new_in_search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    viewer, search = viewer_of(request), _visible(request, search_id)
    visited = last_visits([search], viewer)
    found = new_matches([search], viewer, since=visited, asked_at=timezone.now())
    context = {
        "search": search,
        "found": found[search.pk],
        "since": visited[search.pk],
    }
    return render(request, "dashboard/saved_search_news.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def edit_search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    search = _changeable(request, search_id)
    if request.method != "POST":
        return _form(request, search, SearchForm.of(search))
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _form(request, search, form, status=422)
    try:
        changed = searches.change_search(
            search_id=search.pk,
            name=form.cleaned_data["name"],
            is_shared=form.cleaned_data["is_shared"],
            actor=Actor.of(viewer_of(request)),
            changed_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except StaleVersion as stale:
        newest = _changeable(request, search_id)
        return _form(request, newest, over(form, newest, stale), status=409)
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, search, form, status=422)
    messages.success(request, _("“%s” is saved.") % changed)
    return redirect("dashboard:talent")


def _form(
    request: HttpRequest, search: SavedSearch, form: SearchForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "kept": search,
        "form": form,
        "pools_of_others": count_in_pools_of_others(search),
    }
    return render(request, "dashboard/saved_search_form.html", context, status=status)


@require_POST
@recruiting_only
def delete_search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    search, form = _changeable(request, search_id), VersionForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        searches.delete_search(
            search_id=search.pk,
            actor=Actor.of(viewer_of(request)),
            deleted_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("dashboard:search_edit", search.pk)
    messages.success(request, _("The search “%s” is deleted.") % search)
    return redirect("dashboard:talent")
