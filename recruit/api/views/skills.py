"""/skills"""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.pagination import SyncedPagination
from recruit.api.serializers.skills import (
    SkillListQuery,
    SkillRowQuery,
    SkillRowSerializer,
    SkillSerializer,
)
from recruit.api.sync import TOLD_BY_LISTS
from recruit.api.views.base import Resource
from recruit.changes.choices import Kind
from recruit.skills.models import Skill
from recruit.skills.querysets import SkillQuerySet


class Skills(Resource[Skill]):
    """The shared vocabulary; other words are added by naming them in a profile."""

    kind = Kind.SKILL
    pagination_class = SyncedPagination
    read_scope = Scope.SKILLS_READ
    query_classes = {"list": SkillListQuery, "retrieve": SkillRowQuery}
    told = {"list": TOLD_BY_LISTS}
    row_class = SkillSerializer
    list_class = SkillRowSerializer

    def visible(self) -> SkillQuerySet:
        return Skill.objects.with_labels()

    def list(self, request: Request) -> Response:
        """List skills by name; `q` keeps those with a word that begins so."""
        skills = Skill.objects.all()
        if self.asks_for("labels"):
            skills = skills.with_labels()
        if "q" in self.query:
            skills = skills.suggested_by(self.query["q"])
        if "confirmed" in self.query:
            skills = skills.filter(confirmed=self.query["confirmed"])
        return self.answer_page(skills)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one skill."""
        return self.answer_row(self.get_object())
