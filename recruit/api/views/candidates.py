"""/candidates"""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from matching.search import SearchRefused, search_candidates
from recruit.accounts.choices import Scope
from recruit.api.pagination import SyncedPagination
from recruit.api.preconditions import expected_version
from recruit.api.protected import refuse_contacts_in, refuse_unless_protected
from recruit.api.serializers.candidates import (
    CandidateSerializer,
    NamedCandidateSerializer,
    WholeCandidateSerializer,
)
from recruit.api.serializers.related import (
    CandidateListQuery,
    CandidateRowQuery,
    CandidateRowSerializer,
    CandidateWithRelatedSerializer,
    NamedCandidateQuery,
)
from recruit.api.views.base import sourced
from recruit.api.views.external_ids import (
    LOOK_UP,
    PATCH,
    PUT,
    QUERIES,
    TOLD,
    ByExternalId,
)
from recruit.candidates.models import Candidate
from recruit.candidates.operations import create_candidate, update_candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.changes.choices import Kind


class Candidates(ByExternalId[Candidate]):
    """People who may be considered, and what is known of their work."""

    kind = Kind.CANDIDATE
    pagination_class = SyncedPagination
    read_scope = Scope.CANDIDATES_READ
    write_scope = Scope.CANDIDATES_WRITE
    query_classes = {
        **QUERIES,
        "list": CandidateListQuery,
        "retrieve": CandidateRowQuery,
        LOOK_UP: NamedCandidateQuery,
    }
    told = TOLD
    row_class = CandidateWithRelatedSerializer
    parts = ("skills", "experience", "education", "languages", "documents")
    list_class = CandidateRowSerializer
    body_classes = {
        "create": CandidateSerializer,
        "update": WholeCandidateSerializer,
        "partial_update": CandidateSerializer,
        PUT: NamedCandidateSerializer,
        PATCH: CandidateSerializer,
    }

    def visible(self) -> QuerySet[Candidate]:
        asked = [name for name in self.parts if self.asks_for(name)]
        return self.access.candidates().with_parts(*asked)

    def list(self, request: Request) -> Response:
        """List the people the caller may see, newest first, without document texts."""
        people = self.access.candidates()
        if "email" in self.query:
            refuse_unless_protected(self.access)
            people = people.of_email(self.query["email"])
        if "q" in self.query:
            people = people.filter(pk__in=self._holding(self.query["q"]))
        return self.answer_page(sourced(people, self.query))

    def _holding(self, words: str) -> CandidateQuerySet:
        refuse_contacts_in(words, self.access)
        try:
            return search_candidates(words=words, viewer=self.access.user)
        except SearchRefused as error:
            raise ValidationError({"q": [error.sentence]}, "refused") from error

    def create(self, request: Request) -> Response:
        """Make a candidate with skills, experience, education, languages, documents."""
        return self.answer_row(self.created(self.checked_body()), is_new=True)

    def created(self, body: CandidateSerializer) -> Candidate:
        candidate = create_candidate(
            profile=body.stated_profile(),
            actor=self.access.actor,
            created_at=timezone.now(),
        )
        return self._written(candidate.pk)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one candidate with everything."""
        return self.answer_row(self.get_object())

    def update(self, request: Request, pk: UUID) -> Response:
        """Replace a candidate: every field must be stated."""
        return self.answer_row(self.changed(self.get_object(), self.checked_body()))

    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Change what is stated; a part that is named is replaced as a whole."""
        return self.answer_row(self.changed(self.get_object(), self.checked_body()))

    def changed(self, candidate: Candidate, body: CandidateSerializer) -> Candidate:
        update_candidate(
            candidate_id=candidate.pk,
            profile=body.stated_profile(candidate),
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(self.request, candidate),
        )
        return self._written(candidate.pk)

    def _written(self, candidate_id: UUID) -> Candidate:
        return Candidate.objects.with_profile().get(pk=candidate_id)
