"""/similarity: how near two texts are in meaning."""

from http import HTTPStatus

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from matching.similarity import WAIT_SECONDS, similarity_of_texts
from matching.text_vectors import NobodyReads, TextsBeingRead, TextUnreadable
from recruit.accounts.choices import Scope
from recruit.api.permissions import TokenHoldsScope
from recruit.api.serializers.similarity import (
    SimilaritySerializer,
    TextPairSerializer,
)
from recruit.api.views.base import Resource
from recruit.skills.models import Skill


class NotComparedYet(APIException):
    """The texts have no vectors yet; `wait` says in how many seconds to ask again."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, sentence: str, code: str, *, wait: int) -> None:
        super().__init__(sentence, code)
        self.wait = wait


class NotComparable(APIException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_code = "text_unreadable"


class Similarity(Resource[Skill]):
    """Texts that are compared and belong to no row."""

    read_scope = Scope.MATCHES_READ
    # Nothing of the caller's is written: whoever may see matches may compare texts.
    write_scope = Scope.MATCHES_READ
    permission_classes = (IsAuthenticated, TokenHoldsScope)
    waiting = frozenset({"compare"})
    row_class = SimilaritySerializer
    body_classes = {"compare": TextPairSerializer}
    told = {
        "compare": {
            "422": "One of the texts cannot be read by the encoder.",
            "503": "The worker has not read the texts yet, or none is running;"
            " `Retry-After` says when to ask again.",
        }
    }

    def compare(self, request: Request) -> Response:
        """Compare two texts by meaning.

        The worker reads them, usually within a tenth of a second. Where it takes longer
        the answer is a 503 with `Retry-After`: ask again with the same texts. Vectors
        are kept for a week, the texts themselves only until they are read.
        """
        texts = self.checked_body().validated_data
        try:
            found = similarity_of_texts(
                texts["first"],
                texts["second"],
                asked_at=timezone.now(),
                wait_seconds=WAIT_SECONDS,
            )
        except TextsBeingRead as error:
            sentence = _("The texts are being read; ask again in a second.")
            raise NotComparedYet(sentence, "texts_being_read", wait=1) from error
        except NobodyReads as error:
            sentence = _("No worker is running that could read the texts.")
            raise NotComparedYet(sentence, "no_worker", wait=30) from error
        except TextUnreadable as error:
            raise NotComparable(_("One of the texts cannot be read.")) from error
        return Response(SimilaritySerializer(found).data)
