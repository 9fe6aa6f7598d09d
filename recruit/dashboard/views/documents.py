"""The files of documents, for whoever may see whom they are about."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from recruit.applications.queries import candidates_visible_to
from recruit.candidates import files
from recruit.candidates.models import Document
from recruit.common.downloads import attachment
from recruit.dashboard.permissions import viewer_of


@require_safe
@login_required
def document_file(
    request: HttpRequest, candidate_id: UUID, document_id: UUID
) -> HttpResponseBase:
    people = candidates_visible_to(viewer_of(request)).filter(pk=candidate_id)
    documents = Document.objects.filter(candidate__in=people, size__isnull=False)
    document = get_object_or_404(documents, pk=document_id)
    try:
        return attachment(
            files.path_of(document.pk),
            name=document.saved_as,
            media_type=document.media_type,
        )
    except FileNotFoundError as error:
        raise Http404 from error
