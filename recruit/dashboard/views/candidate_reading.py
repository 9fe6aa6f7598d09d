"""Reading about candidates: the list with its search, and one person's profile."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url
from django_htmx.middleware import HtmxDetails

from matching.facets.conditions import narrowed_by
from matching.free_text.asking import OnlyUnwanted
from matching.free_text.counts import SearchCounts, count_listed
from matching.free_text.people import find_people, meaning_of
from matching.matches import CandidateHasTooLittleText, CandidateNotEmbedded
from matching.search import SearchRefused, search_candidates
from matching.similar import people_like
from matching.status import indexing_status
from matching.types import Meaning
from recruit.accounts.models import User
from recruit.applications.queries import applications_of, candidates_visible_to
from recruit.candidates.models import Candidate
from recruit.candidates.twins import likely_twins
from recruit.dashboard.activity import history_of
from recruit.dashboard.fitting import fitting_jobs
from recruit.dashboard.forms.notes import NewCandidateNoteForm
from recruit.dashboard.forms.search import CandidateFilter
from recruit.dashboard.gathering import gathering
from recruit.dashboard.like_these import also_asked, like_query
from recruit.dashboard.limits import (
    limit_advice,
    limit_asked,
    next_limit,
)
from recruit.dashboard.note_addresses import suggest_address
from recruit.dashboard.noted import notes_found
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_request
from recruit.dashboard.saved import open_search
from recruit.dashboard.search_panel import fields_unknown, search_panel
from recruit.finding.saved import newly_matching
from recruit.notes.queries import tags_of_people
from recruit.talent.queries import pools_of

HISTORY_SHOWN = 30
JOBS_SHOWN = 5

# The part of the page that asks again until the text has been read.
ASKS_AGAIN = "meaning"


@require_safe
@login_required
def candidates(request: HttpRequest) -> HttpResponse:
    form = CandidateFilter(request.GET)
    if not form.is_valid() and not form.is_readable:
        return _refused(request, form)
    limit = limit_asked(request)
    if limit is None:
        return bad_request(request, limit_advice())
    try:
        return _answer(request, form, limit)
    except SearchRefused as refused:
        form.add_error("q", refused.sentence)
        return _refused(request, form)


def _answer(request: HttpRequest, form: CandidateFilter, limit: int) -> HttpResponse:
    if not form.cleaned_data["q"] or form.cleaned_data["every_word"]:
        return _listed(request, form)
    try:
        return _found(request, form, limit)
    except OnlyUnwanted:
        return _listed(request, form)


def _listed(request: HttpRequest, form: CandidateFilter) -> HttpResponse:
    """Answer with everybody, or all whose profiles hold every word, newest first."""
    viewer, words = viewer_of(request), form.cleaned_data["q"]
    facets = form.facets(today=timezone.localdate())
    holding = search_candidates(words=words, viewer=viewer) if words else None
    everybody = candidates_visible_to(viewer)
    people = narrowed_by(everybody if holding is None else holding, facets)
    chosen, counts = _new_ones(form, viewer), None
    if chosen is None:
        counts = count_listed(holding, viewer=viewer, facets=facets)
    else:
        people = people.filter(pk__in=chosen)
    page = page_of(people.with_skills().newest_first(), request)
    context = {"form": form, "page": page, "words": words, "narrowed": facets.gates}
    return _rendered(request, form, context, counts)


def _found(request: HttpRequest, form: CandidateFilter, limit: int) -> HttpResponse:
    """Answer with people in the order of meaning and words."""
    viewer, text = viewer_of(request), form.cleaned_data["q"]
    if HtmxDetails(request).trigger == ASKS_AGAIN and _is_being_read(text, viewer):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    chosen = _new_ones(form, viewer)
    found = find_people(
        text=text,
        limit=limit,
        viewer=viewer,
        asked_at=timezone.now(),
        asks=not form.cleaned_data["as_typed"],
        facets=form.facets(today=timezone.localdate()),
        counts=chosen is None,
        chosen=chosen,
    )
    more = next_limit(limit) if found.has_more else None
    context = {
        "form": form,
        "found": found,
        "address": form.address(limit=limit),
        "more": form.address(limit=more) if more else "",
    }
    return _rendered(request, form, context, found.counted)


def _new_ones(form: CandidateFilter, viewer: User) -> list[UUID] | None:
    """Return who is new, where only they are asked for."""
    if not form.is_about_new:
        return None
    since = form.cleaned_data["since"]
    return newly_matching(form, viewer, since=since, asked_at=timezone.now())


def _is_being_read(text: str, viewer: User) -> bool:
    meaning = meaning_of(text=text, viewer=viewer, asked_at=timezone.now())
    return meaning is Meaning.BEING_READ


def _rendered(
    request: HttpRequest,
    form: CandidateFilter,
    context: dict[str, Any],
    counts: SearchCounts | None,
) -> HttpResponse:
    viewer, text = viewer_of(request), form.cleaned_data["q"]
    context |= {
        "noted": notes_found(text, viewer),
        "asked": form.asked().urlencode(),
        "opened": open_search(form, viewer),
        "since": form.cleaned_data["since"],
        "gathering": gathering(viewer, form.address()),
        "unknown": fields_unknown(text),
        "whole": form.address(about_new=False) if form.is_about_new else "",
    }
    if counts is not None:
        context["facets"] = search_panel(form, counts, form.asked())
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    answer = render(request, "dashboard/candidates.html", context, status=status)
    if form.cleaned_data["as_typed"]:
        return replace_url(answer, form.address())
    return answer


def _refused(request: HttpRequest, form: CandidateFilter) -> HttpResponse:
    nobody = Candidate.objects.none()
    context = {"form": form, "page": page_of(nobody, request), "refused": True}
    return render(request, "dashboard/candidates.html", context, status=400)


@require_safe
@login_required
def candidate(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    visible = candidates_visible_to(viewer).with_profile()
    person = get_object_or_404(visible, pk=candidate_id)
    context = {
        "candidate": person,
        "applications": applications_of(person, viewer),
        "history": history_of(person, viewer, limit=HISTORY_SHOWN),
        "tags": tags_of_people([person.pk])[person.pk],
        "note_form": NewCandidateNoteForm(
            candidate=person,
            viewer=viewer,
            suggest=suggest_address(candidate_id=person.pk, job_id=None),
        ),
        "fitting": fitting_jobs(person, viewer, limit=JOBS_SHOWN),
        "pools": pools_of(person, viewer),
        "twins": likely_twins(person, among=candidates_visible_to(viewer)),
        "gathering": gathering(viewer, request.get_full_path()),
    }
    return render(request, "dashboard/candidate.html", context)


@require_safe
@login_required
def similar(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    visible = candidates_visible_to(viewer).with_profile()
    person = get_object_or_404(visible, pk=candidate_id)
    limit = limit_asked(request)
    if limit is None:
        return bad_request(request, limit_advice())
    wanted = visible.exclude(pk=person.pk).in_bulk(also_asked(request))
    also = [wanted[one] for one in sorted(wanted)]
    context: dict[str, Any] = {
        "candidate": person,
        "also": also,
        "gathering": gathering(viewer, request.get_full_path()),
    }
    try:
        found = people_like(candidate=person, limit=limit, viewer=viewer, also=also)
    except CandidateNotEmbedded:
        context["indexing"] = indexing_status()
    except CandidateHasTooLittleText:
        context["says_too_little"] = True
    else:
        more = next_limit(limit) if found.has_more else None
        context |= {"found": found, "more": like_query(also, more) if more else ""}
    return render(request, "dashboard/similar.html", context)
