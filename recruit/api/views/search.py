"""/search and /candidates/{id}/similar: people found for a text, or like a person."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from matching.free_text.people import find_people, settled_meaning
from matching.matches import CandidateHasTooLittleText, CandidateNotEmbedded
from matching.search import SearchRefused
from matching.similar import people_like
from matching.types import Meaning
from recruit.accounts.choices import Scope
from recruit.api.protected import refuse_contacts_in, shown
from recruit.api.serializers.search import (
    PeopleFoundSerializer,
    PeopleQuery,
    SearchQuery,
    SimilarPeopleSerializer,
)
from recruit.api.views.base import Resource
from recruit.api.views.matches import (
    NOTHING_TO_COMPARE,
    NoRanking,
    not_encoded,
)
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet

# A system asks once and takes what comes, so that it is worth a moment; a worker that
# is free needs a tenth of this.
LONGEST_WAIT_SECONDS = 1.0
RETRY_AFTER_SECONDS = 1


class Search(Resource[Candidate]):
    """Who is found for a text."""

    read_scope = Scope.MATCHES_READ
    query_classes = {"search": SearchQuery}
    waiting = frozenset({"search"})
    row_class = PeopleFoundSerializer

    def visible(self) -> CandidateQuerySet:
        return self.access.candidates()

    def search(self, request: Request) -> Response:
        """Find people for a text, by its meaning and its words.

        The order is that of the candidates page. The worker reads the text; where that
        takes longer than a second, the answer is ordered by words alone, says
        `being_read` and carries `Retry-After`.
        """
        refuse_contacts_in(self.query["q"], self.access)
        asked: dict[str, Any] = {
            "text": self.query["q"],
            "viewer": self.access.user,
            "asked_at": timezone.now(),
            "among": self.visible(),
        }
        try:
            settled_meaning(**asked, timeout_seconds=LONGEST_WAIT_SECONDS)
            found = find_people(**asked, limit=self.query["limit"])
        except SearchRefused as refused:
            raise ValidationError({"q": [refused.sentence]}, "refused") from refused
        waits = found.meaning is Meaning.BEING_READ
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if waits else {}
        body = shown(PeopleFoundSerializer(found).data, self.access)
        return Response(body, headers=headers)


class SimilarCandidates(Resource[Candidate]):
    """Who is like a candidate."""

    read_scope = Scope.MATCHES_READ
    query_classes = {"similar": PeopleQuery}
    row_class = SimilarPeopleSerializer
    told = {"similar": {"409": NOTHING_TO_COMPARE}}

    def visible(self) -> CandidateQuerySet:
        return self.access.candidates().with_profile()

    def similar(self, request: Request, pk: UUID) -> Response:
        """Rank the people whose profile is nearest to a candidate's.

        With the skills that both hold. A profile that was not encoded yet is a 409 with
        `Retry-After`.
        """
        try:
            found = people_like(
                candidate=self.get_object(),
                limit=self.query["limit"],
                viewer=self.access.user,
                among=self.access.candidates(),
            )
        except CandidateNotEmbedded as error:
            raise not_encoded("candidate_not_embedded") from error
        except CandidateHasTooLittleText as error:
            raise NoRanking(
                _("The profile says too little to be compared."),
                "candidate_has_too_little_text",
            ) from error
        return Response(shown(SimilarPeopleSerializer(found).data, self.access))
