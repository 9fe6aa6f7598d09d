"""/candidates/{id}/skills, /experience, /education, /languages: rows one by one."""

from functools import cached_property
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import (
    HTTP_200_OK,
    HTTP_201_CREATED,
    HTTP_204_NO_CONTENT,
)

from recruit.accounts.choices import Scope
from recruit.api import protected
from recruit.api.preconditions import etag, expected_version
from recruit.api.serializers.candidates import (
    CandidateSkillSerializer,
    EducationSerializer,
    LanguageSerializer,
)
from recruit.api.serializers.parts import (
    ExperienceRowSerializer,
    PartQuery,
    WholeEducationSerializer,
    WholeExperienceSerializer,
    WholeLanguageSerializer,
    WholeSkillSerializer,
)
from recruit.api.views.base import Resource
from recruit.candidates.inputs import (
    EducationInput,
    ExperienceInput,
    LanguageInput,
    SkillInput,
)
from recruit.candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Education,
    Experience,
)
from recruit.candidates.part import Part
from recruit.candidates.part_rows import add_row, change_row, remove_row
from recruit.candidates.parts import EDUCATION, EXPERIENCE, LANGUAGES, SKILLS

M = TypeVar("M", bound=Model)


class PartRows(Resource[M]):
    """The rows of one part of a profile. Their `ETag` is the candidate's."""

    read_scope = Scope.CANDIDATES_READ
    write_scope = Scope.CANDIDATES_WRITE
    query_classes = {"list": PartQuery}
    page_order = ("position", "id")
    part: ClassVar[Part[Any, Any]]
    input_class: ClassVar[type[Any]]

    @cached_property
    def person(self) -> Candidate:
        """Return whose profile it is. Raise Http404, PermissionDenied for writes."""
        people = self.access.candidates()
        person: Candidate = get_object_or_404(people, pk=self.kwargs["pk"])
        self.check_object_permissions(self.request, person)
        return person

    def visible(self) -> "QuerySet[M]":
        return self.part.of(self.person)

    def _row(self, part_id: UUID) -> M:
        row: M = get_object_or_404(self.visible(), pk=part_id)
        return row

    def list(self, request: Request, pk: UUID) -> Response:
        """List the {rows} of a candidate, in the order of the profile."""
        return self.answer_page(self.visible())

    def create(self, request: Request, pk: UUID) -> Response:
        """Add {one} to a candidate, behind the others, which keep their ids."""
        person = self.person
        body = self.checked_body()
        person, row = add_row(
            candidate_id=person.pk,
            part=self.part,
            stated=self.input_class(**body.validated_data),
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(request, person),
        )
        return self.answer_part(row.pk, person, is_new=True)

    def retrieve(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Read {one} of a candidate."""
        return self.answer_part(part_id, self.person)

    def update(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Replace {one} of a candidate: every field must be stated."""
        return self._change(part_id)

    def partial_update(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Change what is stated of {one} of a candidate."""
        return self._change(part_id)

    def _change(self, part_id: UUID) -> Response:
        person = self.person
        row = self._row(part_id)
        fields = dict(self.checked_body().validated_data)
        if not self.access.sees_protected:
            fields = protected.texts_kept(fields, person)
        person, _changed = change_row(
            candidate_id=person.pk,
            part=self.part,
            row_id=row.pk,
            fields=fields,
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(self.request, person),
        )
        return self.answer_part(row.pk, person)

    def destroy(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Take {one} away from a candidate."""
        person = self.person
        changed = remove_row(
            candidate_id=person.pk,
            part=self.part,
            row_id=self._row(part_id).pk,
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(request, person),
        )
        return Response(status=HTTP_204_NO_CONTENT, headers={"ETag": etag(changed)})

    def answer_part(
        self, part_id: UUID, person: Candidate, *, is_new: bool = False
    ) -> Response:
        """Return one row as it is now, with the entity tag of the person."""
        headers = {"ETag": etag(person)}
        if is_new:
            address = f"{self.request.path}/{part_id}"
            headers["Location"] = self.request.build_absolute_uri(address)
        body = self.row_class(self._row(part_id), context=self.body_context)
        return Response(
            body.data,
            status=HTTP_201_CREATED if is_new else HTTP_200_OK,
            headers=headers,
        )


class CandidateSkills(PartRows[CandidateSkill]):
    """Skills that a candidate holds, one by one."""

    part, input_class = SKILLS, SkillInput
    called = {"rows": "skills", "one": "one skill"}
    row_class = CandidateSkillSerializer
    body_classes = {
        "create": CandidateSkillSerializer,
        "update": WholeSkillSerializer,
        "partial_update": CandidateSkillSerializer,
    }

    def visible(self) -> "QuerySet[CandidateSkill]":
        return super().visible().select_related("skill")


class CandidateExperience(PartRows[Experience]):
    """Work that a candidate did, one post at a time."""

    part, input_class = EXPERIENCE, ExperienceInput
    called = {"rows": "experience", "one": "one piece of experience"}
    row_class = ExperienceRowSerializer
    body_classes = {
        "create": ExperienceRowSerializer,
        "update": WholeExperienceSerializer,
        "partial_update": ExperienceRowSerializer,
    }


class CandidateEducation(PartRows[Education]):
    """Qualifications of a candidate, one by one."""

    part, input_class = EDUCATION, EducationInput
    called = {"rows": "qualifications", "one": "one qualification"}
    row_class = EducationSerializer
    body_classes = {
        "create": EducationSerializer,
        "update": WholeEducationSerializer,
        "partial_update": EducationSerializer,
    }


class CandidateLanguages(PartRows[CandidateLanguage]):
    """Languages that a candidate speaks, one by one."""

    part, input_class = LANGUAGES, LanguageInput
    called = {"rows": "languages", "one": "one language"}
    row_class = LanguageSerializer
    body_classes = {
        "create": LanguageSerializer,
        "update": WholeLanguageSerializer,
        "partial_update": LanguageSerializer,
    }
