"""/skills/recognise: the skills that a text names."""

from typing import Any

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from matching.criteria.suggestions import near_suggestions
from recruit.accounts.choices import Scope
from recruit.api.permissions import TokenHoldsScope
from recruit.api.serializers.recognition import (
    RecognisedSerializer,
    TextToReadSerializer,
)
from recruit.api.views.base import Resource
from recruit.skills.models import Skill
from recruit.skills.queries import SkillInText, skills_in_text

MOST_NEAR = 8


class Recognition(Resource[Skill]):
    """Texts that are read for skills and belong to no row."""

    read_scope = Scope.SKILLS_READ
    # Nothing is written: whoever may read the vocabulary may have a text read by it.
    write_scope = Scope.SKILLS_READ
    permission_classes = (IsAuthenticated, TokenHoldsScope)
    row_class = RecognisedSerializer
    body_classes = {"recognise": TextToReadSerializer}

    def recognise(self, request: Request) -> Response:
        """Find the skills that a text names, and where their words stand.

        By the words of the vocabulary, the longest first, as a pasted job is read; no
        skill is made and nothing is stored.
        """
        stated = self.checked_body().validated_data
        text: str = stated["text"]
        found = skills_in_text(text)
        named = [one.skill for one in found]
        near = near_suggestions(named, most=MOST_NEAR) if stated["near"] else []
        body = {
            "skills": [_told(one, text) for one in found],
            "near": [
                {
                    "skill_id": one.skill.pk,
                    "skill": one.skill.name,
                    "near_to": one.told[0],
                }
                for one in near
            ],
        }
        return Response(RecognisedSerializer(body).data)


def _told(one: SkillInText, text: str) -> dict[str, Any]:
    return {
        "skill_id": one.skill.pk,
        "skill": one.skill.name,
        "is_confirmed": one.skill.confirmed,
        "places": [
            {
                "start": place.start,
                "end": place.end,
                "words": text[place.start : place.end],
            }
            for place in one.mentions
        ],
    }
