"""People found for a text, and people like one person."""

from typing import Any

from rest_framework import serializers

from matching.free_text.highlights import Field
from matching.free_text.people import MOST_PEOPLE
from matching.search import MOST_CHARACTERS
from matching.types import Meaning
from recruit.api.fields import Choice, Identifier, Text
from recruit.api.serializers.matches import (
    DEFAULT_LIMIT,
    SIMILARITY,
    RankedCandidateSerializer,
)
from recruit.api.serializers.query import Query


class PeopleQuery(Query):
    limit = serializers.IntegerField(
        min_value=1,
        max_value=MOST_PEOPLE,
        default=DEFAULT_LIMIT,
        help_text="Most rows to answer with.",
    )


class SearchQuery(PeopleQuery):
    q = Text(
        max_length=MOST_CHARACTERS,
        help_text=(
            'What to search for. "Quoted words" must stand in a profile, -word must'
            " not."
        ),
    )


class PlaceSerializer(serializers.Serializer[Any]):
    """A sentence or field of the profile in which words of the search stand."""

    field = Choice(choices=[(one.value, one.name) for one in Field])
    text = serializers.CharField()
    source_id = Identifier(
        allow_null=True,
        help_text="The skill, experience, education or document it stands in.",
    )


class PersonFoundSerializer(serializers.Serializer[Any]):
    """A person in the order of a search."""

    rank = serializers.IntegerField()
    candidate = RankedCandidateSerializer()
    cosine_similarity = serializers.FloatField(
        source="similarity",
        allow_null=True,
        help_text=f"{SIMILARITY} Null where words alone found the person.",
    )
    words_found = serializers.ListField(
        source="found.words",
        child=serializers.CharField(),
        help_text="The words of the search that stand in the profile.",
    )
    places = PlaceSerializer(
        source="found.places", many=True, help_text="Where the most of them stand."
    )


class ThinPersonSerializer(serializers.Serializer[Any]):
    """Who holds words of the text, but says too little to be compared."""

    candidate = RankedCandidateSerializer()
    reason = serializers.CharField()
    words_found = serializers.ListField(
        source="found.words", child=serializers.CharField()
    )


class PeopleFoundSerializer(serializers.Serializer[Any]):
    """Who was found for a text."""

    query = serializers.CharField(source="text")
    encoder = serializers.CharField(help_text="Identity of the encoder that compared.")
    meaning = Choice(
        choices=[(one.value, one.name) for one in Meaning],
        help_text=(
            "`compared`: the order is by meaning and words. Else by words alone:"
            " `being_read` (ask again after `Retry-After`), `no_worker`,"
            " `nothing_to_compare` (names, contacts and common words only),"
            " `unreadable`."
        ),
    )
    matches = PersonFoundSerializer(many=True)
    has_more = serializers.BooleanField(help_text="A higher limit finds more people.")
    not_enough_data = ThinPersonSerializer(
        many=True,
        help_text="Who holds words, but says too little to be compared; the first.",
    )
    not_enough_data_count = serializers.IntegerField()


class SimilarPersonSerializer(serializers.Serializer[Any]):
    """A person whose profile is near another one's."""

    rank = serializers.IntegerField()
    candidate = RankedCandidateSerializer()
    cosine_similarity = serializers.FloatField(
        source="similarity", help_text=SIMILARITY
    )
    shared_skills = serializers.ListField(child=serializers.CharField())


class SimilarPeopleSerializer(serializers.Serializer[Any]):
    """Who is like a person, most similar first."""

    candidate = RankedCandidateSerializer()
    encoder = serializers.CharField(help_text="Identity of the encoder that compared.")
    matches = SimilarPersonSerializer(many=True)
    has_more = serializers.BooleanField(help_text="A higher limit finds more people.")
