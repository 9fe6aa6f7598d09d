"""What will go is told, by headers and in the schema."""

from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.deprecation import Deprecated, deprecates, deprecations_in
from recruit.api.serializers.query import PageQuery
from recruit.api.views.base import Resource
from recruit.skills.models import Skill
from tests.api.caller import Caller
from tests.factories import make_user

GUIDE = "https://example.org/docs/api#deprecations"
ACTION = Deprecated(
    since=datetime(2026, 3, 1, tzinfo=UTC),
    sunset=datetime(2027, 3, 1, tzinfo=UTC),
    read_more=GUIDE,
)
FIELD = Deprecated(
    since=datetime(2026, 6, 1, tzinfo=UTC),
    sunset=datetime(2027, 1, 1, tzinfo=UTC),
    read_more=f"{GUIDE}-2",
)


@deprecates(confirmed=FIELD)
class OldSkill(serializers.ModelSerializer[Skill]):
    class Meta:
        model = Skill
        fields = ["id", "name", "confirmed"]


class NewSkill(serializers.ModelSerializer[Skill]):
    class Meta:
        model = Skill
        fields = ["id", "name"]


class Holder(serializers.Serializer[Any]):
    skills = OldSkill(many=True)
    best = OldSkill()


class OldSkills(Resource[Skill]):
    """A test's own."""

    read_scope = Scope.SKILLS_READ
    query_classes = {"list": PageQuery}
    row_class: ClassVar[type[serializers.Serializer[Any]]] = NewSkill
    page_order = ("name", "id")
    deprecated = {"list": ACTION}

    def visible(self) -> QuerySet[Skill]:
        return Skill.objects.all()

    def list(self, request: Request) -> Response:
        """List skills."""
        return self.answer_page(self.visible())

    def retrieve(self, request: Request, pk: Any) -> Response:
        """Read a skill."""
        return self.answer_row(self.get_object())


class SkillsWithOldField(OldSkills):
    row_class = OldSkill


urlpatterns = [
    path("api/v1/old", OldSkills.as_view({"get": "list"})),
    path("api/v1/old/<uuid:pk>", OldSkills.as_view({"get": "retrieve"})),
    path("api/v1/field", SkillsWithOldField.as_view({"get": "list"})),
    path("api/v1/field/<uuid:pk>", SkillsWithOldField.as_view({"get": "retrieve"})),
]


@pytest.fixture
def skills(db: None) -> list[Skill]:
    return [Skill.objects.create(name=f"Skill {number}") for number in range(2)]


@pytest.fixture
def caller(db: None) -> Caller:
    return Caller(make_user())


@pytest.mark.urls(__name__)
class TestAnswer:
    def test_of_a_deprecated_action_says_so(self, caller):
        answer = caller.get("/old")

        assert answer["Deprecation"] == f"@{int(ACTION.since.timestamp())}"
        assert answer["Sunset"] == "Mon, 01 Mar 2027 00:00:00 GMT"
        assert answer["Link"] == f'<{GUIDE}>; rel="deprecation"'

    def test_keeps_the_link_to_the_next_page(self, caller, skills):
        links = caller.get("/old?per_page=1")["Link"].split(", ")

        assert [link.split("; ")[1] for link in links] == [
            'rel="next"',
            'rel="deprecation"',
        ]

    def test_says_so_in_a_refusal_and_a_304_too(self, caller):
        seen = caller.get("/old")["ETag"]

        for answer in (
            caller.get("/old?x=1"),
            caller.get("/old", if_none_match=seen),
        ):
            assert answer.status_code in {304, 400}
            assert answer["Deprecation"].startswith("@")

    def test_of_another_action_does_not(self, caller, skills):
        answer = caller.get(f"/old/{skills[0].pk}")

        assert answer.status_code == 200
        assert not {"Deprecation", "Sunset", "Link"} & set(answer.headers)

    def test_with_a_deprecated_field_says_so(self, caller, skills):
        answer = caller.get(f"/field/{skills[0].pk}")

        assert answer["Deprecation"] == f"@{int(FIELD.since.timestamp())}"
        assert answer["Link"] == f'<{GUIDE}-2>; rel="deprecation"'

    def test_of_both_names_the_earliest_and_links_to_each(self, caller):
        answer = caller.get("/field")

        assert answer["Deprecation"] == f"@{int(ACTION.since.timestamp())}"
        assert answer["Sunset"] == "Fri, 01 Jan 2027 00:00:00 GMT"
        assert answer["Link"].count('rel="deprecation"') == 2


class TestDeprecationsIn:
    def test_looks_into_nested_bodies(self):
        assert list(deprecations_in(Holder)) == [FIELD, FIELD]
        assert not list(deprecations_in(NewSkill))
        assert not list(deprecations_in(None))


class TestSchema:
    @pytest.fixture
    def old(self) -> Any:
        generator = SchemaGenerator(patterns=urlpatterns, urlconf=__name__)
        return generator.get_schema(request=None, public=True)

    def test_marks_the_action(self, old):
        assert old["paths"]["/api/v1/old"]["get"]["deprecated"] is True
        assert "deprecated" not in old["paths"]["/api/v1/old/{id}"]["get"]

    def test_marks_the_field(self, old):
        fields = old["components"]["schemas"]["OldSkill"]["properties"]

        assert fields["confirmed"]["deprecated"] is True
        assert "deprecated" not in fields["name"]
