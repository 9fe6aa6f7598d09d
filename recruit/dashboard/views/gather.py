"""Marked people of a list: into a talent pool, into a pipeline, or people like them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.applying import apply_all
from recruit.applications.queries import candidates_visible_to
from recruit.common.refusals import Refused
from recruit.dashboard.forms.talent import GatherForm
from recruit.dashboard.gathering import Target, way_back
from recruit.dashboard.like_these import like_address
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.jobs.models import Job
from recruit.talent.models import TalentPool
from recruit.talent.operations import add_to_pool, create_pool


@require_POST
@recruiting_only
def gather(request: HttpRequest) -> HttpResponse:
    viewer, form = viewer_of(request), GatherForm(request.POST)
    is_valid = form.is_valid()
    if not (is_valid or form.asks_for_alike()):
        return bad_form(request, form)
    visible = candidates_visible_to(viewer)
    asked = visible.filter(pk__in=form.cleaned_data["candidates"])
    people = sorted(asked.values_list("pk", flat=True))
    if people and form.asks_for_alike():
        return redirect(like_address(people))
    if not people:
        messages.info(request, _("Nobody was marked, so nobody was added."))
        return _back(request, form)
    target: Target | None = form.cleaned_data["target"]
    try:
        if target is not None and target.job_id is not None:
            _into_job(request, target.job_id, people)
        else:
            _into_pool(request, _pool(viewer, target, form), people)
    except ValidationError as error:
        form.add_error("pool_name", error.messages)
        return bad_form(request, form)
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request, form)


def _back(request: HttpRequest, form: GatherForm) -> HttpResponseRedirect:
    return redirect(way_back(request, form.cleaned_data["back"]))


def _pool(viewer: User, target: Target | None, form: GatherForm) -> TalentPool:
    if target is not None:
        visible = TalentPool.objects.visible_to(viewer)
        return get_object_or_404(visible, pk=target.pool_id)
    return create_pool(
        owner=viewer,
        name=form.cleaned_data["pool_name"],
        is_shared=False,
        actor=Actor.of(viewer),
        created_at=timezone.now(),
    )


def _into_pool(request: HttpRequest, pool: TalentPool, people: list[UUID]) -> None:
    added = add_to_pool(
        pool_id=pool.pk,
        candidate_ids=people,
        actor=Actor.of(viewer_of(request)),
        added_at=timezone.now(),
    )
    _tell(request, str(pool), added=len(added), known=len(people) - len(added))


def _into_job(request: HttpRequest, job_id: UUID, people: list[UUID]) -> None:
    job = get_object_or_404(Job.objects.visible_to(viewer_of(request)), pk=job_id)
    applied = apply_all(
        job_id=job.pk,
        candidate_ids=people,
        actor=Actor.of(viewer_of(request)),
        applied_at=timezone.now(),
    )
    told = _("the pipeline of %s") % job
    _tell(request, told, added=len(applied.added), known=len(applied.refused))


def _tell(request: HttpRequest, target: str, *, added: int, known: int) -> None:
    if added:
        sentence = ngettext(
            "%(people)d person is in “%(target)s” now.",
            "%(people)d people are in “%(target)s” now.",
            added,
        )
        messages.success(request, sentence % {"people": added, "target": target})
    if known:
        sentence = ngettext(
            "%(people)d person was in “%(target)s” before.",
            "%(people)d people were in “%(target)s” before.",
            known,
        )
        messages.info(request, sentence % {"people": known, "target": target})
