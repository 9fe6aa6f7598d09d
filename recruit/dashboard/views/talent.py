"""Talent pools: the list of them, one with its people, making and changing one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused, StaleVersion
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.talent import MarkedForm, PoolForm, VersionForm, over
from recruit.dashboard.gathering import gathering
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.finding.pool_people import people_of, searches_offered
from recruit.talent import operations
from recruit.talent.models import SavedSearch, TalentPool
from recruit.talent.queries import last_visits, memberships_of


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def talent(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _listed(request, PoolForm())
    form = PoolForm(request.POST)
    if not form.is_valid():
        return _listed(request, form, status=422)
    viewer = viewer_of(request)
    try:
        pool = operations.create_pool(
            owner=viewer,
            name=form.cleaned_data["name"],
            note=form.cleaned_data["note"],
            is_shared=form.cleaned_data["is_shared"],
            actor=Actor.of(viewer),
            created_at=timezone.now(),
        )
    except ValidationError as error:
        add_errors(form, error)
        return _listed(request, form, status=422)
    messages.success(request, _("The talent pool “%s” is made.") % pool)
    return redirect("dashboard:talent_pool", pool.pk)


def _listed(request: HttpRequest, form: PoolForm, *, status: int = 200) -> HttpResponse:
    viewer = viewer_of(request)
    visible = TalentPool.objects.visible_to(viewer)
    pools = visible.with_member_count().with_search_count().by_name()
    searches = SavedSearch.objects.visible_to(viewer).by_name()
    page = page_of(searches, request, parameter="searches")
    context = {
        "form": form,
        "pools": page_of(pools, request, parameter="pools"),
        "searches": page,
        "visited": last_visits(page, viewer),
        "changeable": {one.pk for one in page if one.may_be_changed_by(viewer)},
    }
    return render(request, "dashboard/talent.html", context, status=status)


def _visible(request: HttpRequest, pool_id: UUID) -> TalentPool:
    pools = TalentPool.objects.visible_to(viewer_of(request)).select_related("owner")
    return get_object_or_404(pools, pk=pool_id)


def _changeable(request: HttpRequest, pool_id: UUID) -> TalentPool:
    """Return a pool that the viewer may change; of the others none exists here."""
    changeable = TalentPool.objects.changeable_by(viewer_of(request))
    return get_object_or_404(changeable, pk=pool_id)


@require_safe
@recruiting_only
def talent_pool(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    viewer, pool = viewer_of(request), _visible(request, pool_id)
    found = people_of(pool, viewer, asked_at=timezone.now())
    page = page_of(found.people.with_skills(), request)
    shown = [person.pk for person in page]
    context = {
        "pool": pool,
        "page": page,
        "memberships": memberships_of(pool, shown),
        "searches": found.searches,
        "found_by": found.found_by(shown),
        "offered": searches_offered(pool, viewer),
        "may_change": pool.may_be_changed_by(viewer),
        "gathering": gathering(viewer, request.get_full_path()),
    }
    return render(request, "dashboard/talent_pool.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def edit_pool(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool = _changeable(request, pool_id)
    if request.method != "POST":
        return _form(request, pool, PoolForm.of(pool))
    form = PoolForm(request.POST)
    if not form.is_valid():
        return _form(request, pool, form, status=422)
    try:
        changed = operations.change_pool(
            pool_id=pool.pk,
            name=form.cleaned_data["name"],
            note=form.cleaned_data["note"],
            is_shared=form.cleaned_data["is_shared"],
            actor=Actor.of(viewer_of(request)),
            changed_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except StaleVersion as stale:
        newest = _changeable(request, pool_id)
        return _form(request, newest, over(form, newest, stale), status=409)
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, pool, form, status=422)
    messages.success(request, _("“%s” is saved.") % changed)
    return redirect("dashboard:talent_pool", changed.pk)


def _form(
    request: HttpRequest, pool: TalentPool, form: PoolForm, *, status: int = 200
) -> HttpResponse:
    context = {"kept": pool, "form": form}
    return render(request, "dashboard/talent_pool_form.html", context, status=status)


@require_POST
@recruiting_only
def delete_pool(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool, form = _changeable(request, pool_id), VersionForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        operations.delete_pool(
            pool_id=pool.pk,
            actor=Actor.of(viewer_of(request)),
            deleted_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("dashboard:talent_pool_edit", pool.pk)
    messages.success(request, _("The talent pool “%s” is deleted.") % pool)
    return redirect("dashboard:talent")


@require_POST
@recruiting_only
def take_from_pool(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool, form = _visible(request, pool_id), MarkedForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    taken = operations.take_from_pool(
        pool_id=pool.pk,
        candidate_ids=form.cleaned_data["candidates"],
        actor=Actor.of(viewer_of(request)),
        taken_at=timezone.now(),
    )
    if taken:
        told = ngettext(
            "%(people)d person is out of “%(pool)s”.",
            "%(people)d people are out of “%(pool)s”.",
            len(taken),
        )
        messages.success(request, told % {"people": len(taken), "pool": pool})
    stay = len(form.cleaned_data["candidates"]) - len(taken)
    if stay:
        told = ngettext(
            "%(people)d person was not put there by hand, so a saved search may find"
            " them further on.",
            "%(people)d people were not put there by hand, so a saved search may find"
            " them further on.",
            stay,
        )
        messages.info(request, told % {"people": stay})
    elif not taken:
        messages.info(request, _("Nobody was marked, so nobody was taken out."))
    return redirect("dashboard:talent_pool", pool.pk)
