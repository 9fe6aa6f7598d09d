"""Saved searches put into a talent pool, and taken out of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.common.refusals import Refused
from recruit.dashboard.forms.talent import PoolSearchForm
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.talent.models import SavedSearch, TalentPool
from recruit.talent.pool_searches import put_search_into_pool, take_search_from_pool


@require_POST
@recruiting_only
def put_search(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    viewer, pool = viewer_of(request), _visible(request, pool_id)
    form = PoolSearchForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    search = _chosen(form, viewer)
    try:
        put_search_into_pool(
            pool_id=pool.pk,
            search_id=search.pk,
            actor=Actor.of(viewer),
            added_at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = _("Whoever the search “%(search)s” finds is in “%(pool)s” now.")
        messages.success(request, told % {"search": search, "pool": pool})
    return redirect("dashboard:talent_pool", pool.pk)


@require_POST
@recruiting_only
def take_search(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    viewer, pool = viewer_of(request), _visible(request, pool_id)
    form = PoolSearchForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    search = _chosen(form, viewer)
    take_search_from_pool(
        pool_id=pool.pk,
        search_id=search.pk,
        actor=Actor.of(viewer),
        taken_at=timezone.now(),
    )
    told = _("The search “%(search)s” is out of “%(pool)s”.")
    messages.success(request, told % {"search": search, "pool": pool})
    return redirect("dashboard:talent_pool", pool.pk)


def _chosen(form: PoolSearchForm, viewer: User) -> SavedSearch:
    """Return the search that a valid form names, if the viewer may see it."""
    visible = SavedSearch.objects.visible_to(viewer)
    return get_object_or_404(visible, pk=form.cleaned_data["search"])


def _visible(request: HttpRequest, pool_id: UUID) -> TalentPool:
    pools = TalentPool.objects.visible_to(viewer_of(request))
    return get_object_or_404(pools, pk=pool_id)
