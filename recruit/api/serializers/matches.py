"""Ranked and explained candidates of a job, and jobs of a candidate."""

from enum import Enum
from typing import Any

from rest_framework import serializers

from matching.listing.positions import Sort
from matching.types import Band, EvidenceKind, EvidenceState, Order
from recruit.api.fields import (
    AmountAsked,
    Choice,
    Identifier,
    Moment,
    OptionalChoice,
    OptionalText,
    Text,
)
from recruit.api.serializers.facets import (
    BY_ID_OR_WORD,
    FacetQuery,
    GatedBySerializer,
    JobFacetsSerializer,
)
from recruit.api.serializers.query import PageQuery, Several
from recruit.skills.choices import Importance, Proficiency

DEFAULT_LIMIT = 25
SIMILARITY = "Cosine similarity in [-1, 1]; no percentage and no probability."


def _choice(values: type[Enum]) -> Choice:
    return Choice(choices=[(one.value, one.name) for one in values])


class MatchesQuery(PageQuery):
    """How much of a ranking is wanted."""


class JobMatchesQuery(PageQuery, FacetQuery):
    """What the page of a job takes: the same names, the same meaning."""

    # It may hold a place by which the list is sorted.
    cursor = Text(
        required=False,
        max_length=6000,
        help_text="Where the page begins: taken from `next`, never made by hand.",
    )
    salary = AmountAsked(
        required=False,
        help_text="The most they may ask for, in the currency of the job.",
    )
    salary_unsaid = serializers.BooleanField(
        required=False, help_text="With `salary`: also who names none."
    )
    without = Several(help_text=f"A skill they must not hold. {BY_ID_OR_WORD}")
    history = Several(
        help_text="What they went through with us, any of it: `never`, `stage:offer`,"
        " `outcome:rejected` and so on, as `facets` lists them."
    )
    not_history = Several(help_text="What they must not have gone through.")
    since = Moment(required=False, help_text="Whose profile changed after this moment.")
    new = serializers.BooleanField(
        required=False,
        help_text="Only who holds a skill that the job asks for: with `since`, those"
        " whom the pages count as new matches.",
    )
    order = Choice(
        choices=[(one.value, one.name) for one in Order],
        default=Order.SIMILARITY.value,
        help_text="By cosine similarity alone, or by the words of the job and the"
        " similarity together (`hybrid`).",
    )
    sort = Choice(
        choices=[(one.value, one.name) for one in Sort],
        default=Sort.RANK.value,
        help_text="What the list is sorted by; each keeps the rank by `order`.",
    )


class EvidenceSerializer(serializers.Serializer[Any]):
    """What a state rests on, and why it is not more."""

    kind = _choice(EvidenceKind)
    text = OptionalText(help_text="The words of the profile.")
    note = OptionalText(help_text="Why it is not more.")
    cosine_similarity = serializers.FloatField(
        source="similarity", allow_null=True, help_text="Of a near skill."
    )
    source_id = Identifier(
        allow_null=True,
        help_text="The skill, experience or document of the candidate it stands in.",
    )


class RequirementEvidenceSerializer(serializers.Serializer[Any]):
    """One requirement and what the profile shows for it."""

    skill_id = Identifier()
    skill = serializers.CharField()
    importance = Choice(choices=Importance.choices)
    minimum_proficiency = OptionalChoice(choices=Proficiency.choices)
    minimum_years = serializers.FloatField(allow_null=True)
    state = _choice(EvidenceState)
    evidence = EvidenceSerializer()


class RankedSerializer(serializers.Serializer[Any]):
    """A place in a ranking; the evidence explains but never changes it."""

    rank = serializers.IntegerField()
    cosine_similarity = serializers.FloatField(
        source="similarity", help_text=SIMILARITY
    )
    band = Choice(
        choices=[(one.value, one.name) for one in Band], source="explanation.band"
    )
    requirements = RequirementEvidenceSerializer(
        many=True, source="explanation.requirements"
    )


class RankedCandidateSerializer(serializers.Serializer[Any]):
    """Who a match is about; everything else is at /candidates/{id}."""

    id = Identifier()
    name = serializers.CharField()
    headline = OptionalText()
    source = OptionalText()  # type: ignore[assignment]
    external_id = OptionalText()


class RankedJobSerializer(serializers.Serializer[Any]):
    """Which job a match is about; everything else is at /jobs/{id}."""

    id = Identifier()
    requisition_code = serializers.CharField()
    title = serializers.CharField()
    source = OptionalText()  # type: ignore[assignment]
    external_id = OptionalText()


class MatchSerializer(RankedSerializer):
    """A ranked and explained candidate."""

    candidate = RankedCandidateSerializer()
    hybrid_score = serializers.FloatField(
        allow_null=True,
        help_text="Of words and similarity together, in hybrid order; compares people"
        " for this job alone. No percentage and no probability.",
    )
    words_found = serializers.ListField(
        child=serializers.CharField(),
        help_text="Words of the job that stand in the profile, the most telling first,"
        " in hybrid order.",
    )


class JobMatchSerializer(RankedSerializer):
    """A ranked and explained job."""

    job = RankedJobSerializer()


class LeftOutSerializer(serializers.Serializer[Any]):
    """A person of the pool who is not ranked, and why."""

    candidate = RankedCandidateSerializer()
    reason = serializers.CharField()


class PageSerializer(serializers.Serializer[Any]):
    """One page of a list."""

    next = serializers.URLField(
        allow_null=True, help_text="Address of the next page; null on the last."
    )


class JobMatchesSerializer(PageSerializer):
    """The ranked candidates of a job, and who was left out of the ranking."""

    items = MatchSerializer(many=True)
    job = RankedJobSerializer()
    encoder = serializers.CharField(help_text="Identity of the encoder that compared.")
    order = _choice(Order)
    sort = _choice(Sort)
    facets = JobFacetsSerializer()
    gates = GatedBySerializer(
        many=True, help_text="The gates that were asked for, and whom they leave out."
    )
    passing_count = serializers.IntegerField(help_text="People on all pages.")
    gated_count = serializers.IntegerField(
        help_text="People whom the gates leave out, each once."
    )
    changed_since_count = serializers.IntegerField(
        help_text="Who belongs here but changed after the first page was made, and so"
        " is on none of its pages."
    )
    excluded = LeftOutSerializer(
        many=True,
        help_text="Who holds a skill that the job excludes; the nearest, on the first"
        " page.",
    )
    not_enough_data = LeftOutSerializer(
        many=True,
        help_text="Whose profile says too little; the nearest, on the first page.",
    )
    excluded_count = serializers.IntegerField()
    not_enough_data_count = serializers.IntegerField()
    pool_count = serializers.IntegerField(help_text="People who may be proposed.")
    waiting_count = serializers.IntegerField(
        help_text="Profiles changed since they were last encoded."
    )


class CandidateJobsSerializer(PageSerializer):
    """The open jobs that fit a candidate."""

    items = JobMatchSerializer(many=True)
    candidate = RankedCandidateSerializer()
    encoder = serializers.CharField(help_text="Identity of the encoder that compared.")
