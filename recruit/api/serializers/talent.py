"""Talent pools with their people, and saved searches."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from recruit.api.fields import Flag, Identifier, Moment, OptionalText, Text
from recruit.api.serializers.base import StrictModelSerializer, StrictSerializer
from recruit.api.serializers.matches import PageSerializer, RankedCandidateSerializer
from recruit.api.serializers.query import (
    UNKNOWN,
    PageQuery,
    ShapedQuery,
    SyncedQuery,
)
from recruit.finding.search_form import SearchForm
from recruit.talent.models import (
    NAME_LENGTH,
    NOTE_LENGTH,
    QUERY_LENGTH,
    SavedSearch,
    TalentPool,
)

MOST_PEOPLE = 1000
NAME = "What it is called; each owner uses a name once."
SHARED = "Whether everybody who recruits sees it; else its owner alone."
PARTIAL = (
    "True while the meaning of a search is not known, so that there may be more people:"
    " the worker is reading it (ask again after `Retry-After`), or none is running."
)
OWNER = "Who made it."


class KeptQuery(PageQuery):
    orders = {
        "-created_at": ("-created_at", "-id"),
        "created_at": ("created_at", "id"),
        "name": ("name", "id"),
        "-name": ("-name", "-id"),
        "-updated_at": ("-changed_at", "-id"),
        "updated_at": ("changed_at", "id"),
    }

    owner = serializers.UUIDField(required=False, help_text="Those of this user.")
    is_shared = serializers.BooleanField(
        required=False, help_text="Those that are shared, or those that are not."
    )
    updated_since = Moment(
        required=False, help_text="Only rows changed at this moment or after it."
    )


class SearchNewQuery(PageQuery):
    since = Moment(
        required=False,
        help_text="New since then; unless said, since the user last opened the search"
        " on its page.",
    )


class TalentPoolSerializer(StrictModelSerializer[TalentPool]):
    """A list of people: kept by hand, and those whom its saved searches find."""

    owner = Identifier(source="owner_id", read_only=True, help_text=OWNER)
    owner_name = serializers.CharField(
        source="owner.name", read_only=True, help_text="The name of the owner."
    )
    member_count = serializers.IntegerField(
        read_only=True, help_text="People who were put into it by hand."
    )
    search_count = serializers.IntegerField(
        read_only=True, help_text="Saved searches in it."
    )
    updated_at = serializers.DateTimeField(
        source="changed_at",
        read_only=True,
        help_text="When its name, note or sharing changed; not who is in it.",
    )

    class Meta:
        model = TalentPool
        fields = (
            "id",
            "name",
            "note",
            "is_shared",
            "owner",
            "owner_name",
            "member_count",
            "search_count",
            "created_at",
            "updated_at",
            "version",
        )
        read_only_fields = fields
        extra_kwargs = {
            "name": {"help_text": NAME},
            "note": {"help_text": "Whom it is for."},
            "is_shared": {"help_text": SHARED},
        }


class TalentPoolRowSerializer(TalentPoolSerializer):
    """A talent pool in a list."""


class PoolListQuery(ShapedQuery, SyncedQuery, KeptQuery):
    row_class = TalentPoolRowSerializer


class PoolRowQuery(ShapedQuery):
    row_class = TalentPoolSerializer


class PoolFieldsSerializer(StrictSerializer):
    """What a talent pool is called, whom it is for, and who sees it."""

    name = Text(max_length=NAME_LENGTH, help_text=NAME)
    note = OptionalText(
        max_length=NOTE_LENGTH, required=False, help_text="Whom it is for."
    )
    is_shared = Flag(required=False, help_text=f"{SHARED} False unless said.")


class PeopleSerializer(StrictSerializer):
    """Candidates by their ids."""

    candidates = serializers.ListField(
        child=Identifier(),
        min_length=1,
        max_length=MOST_PEOPLE,
        help_text=f"Their ids, at most {MOST_PEOPLE:,}.",
    )


class MemberResultSerializer(serializers.Serializer[Any]):
    """What became of one id."""

    candidate = Identifier(help_text="The id that was sent.")
    result = serializers.ChoiceField(
        choices=["added", "taken", "unchanged", "does_not_exist"],
        help_text="`added` or `taken`; `unchanged`: they were in it before, or not in"
        " it by hand; `does_not_exist`: nobody has the id, or the caller may not see"
        " them.",
    )


class MemberResultsSerializer(serializers.Serializer[Any]):
    """What became of each id, in the order in which they were sent."""

    results = MemberResultSerializer(many=True, help_text="One for each id.")


class PoolMemberSerializer(serializers.Serializer[Any]):
    """Somebody in a talent pool, and why."""

    candidate = RankedCandidateSerializer(help_text="Who it is.")
    added_at = serializers.DateTimeField(
        allow_null=True,
        help_text="When they were put into it by hand; null: a search finds them.",
    )
    added_by = OptionalText(help_text="Who put them into it.")
    found_by = serializers.ListField(
        child=Identifier(), help_text="The saved searches of the pool that find them."
    )


class PoolMembersSerializer(PageSerializer):
    """One page of the people in a talent pool."""

    items = PoolMemberSerializer(many=True, help_text="The people of this page.")
    is_partial = serializers.BooleanField(help_text=PARTIAL)


class SearchInPoolSerializer(serializers.Serializer[Any]):
    """A saved search in a talent pool."""

    id = Identifier(source="search.pk", help_text="The id of the saved search.")
    name = serializers.CharField(source="search.name", help_text=NAME)
    candidate_count = serializers.IntegerField(
        source="people", help_text="People whom it finds."
    )
    is_partial = serializers.BooleanField(help_text=PARTIAL)
    is_refused = serializers.BooleanField(
        help_text="True where its words cannot be searched for."
    )


class PoolSearchesSerializer(serializers.Serializer[Any]):
    """The saved searches in a talent pool, by name; ten at most."""

    items = SearchInPoolSerializer(many=True, help_text="All of them.")
    next = serializers.URLField(
        allow_null=True, help_text="Null: there is one page alone."
    )


class SavedSearchSerializer(StrictModelSerializer[SavedSearch]):
    """A search of candidates under a name."""

    owner = Identifier(source="owner_id", read_only=True, help_text=OWNER)
    owner_name = serializers.CharField(
        source="owner.name", read_only=True, help_text="The name of the owner."
    )
    updated_at = serializers.DateTimeField(
        source="changed_at", read_only=True, help_text="When it was changed."
    )

    class Meta:
        model = SavedSearch
        fields = (
            "id",
            "name",
            "query",
            "is_shared",
            "owner",
            "owner_name",
            "created_at",
            "updated_at",
            "version",
        )
        read_only_fields = fields
        extra_kwargs = {
            "name": {"help_text": NAME},
            "query": {"help_text": "What it asks for, as in the page's address."},
            "is_shared": {"help_text": SHARED},
        }


class SavedSearchRowSerializer(SavedSearchSerializer):
    """A saved search in a list."""


class SearchListQuery(ShapedQuery, KeptQuery):
    row_class = SavedSearchRowSerializer


class SearchRowQuery(ShapedQuery):
    row_class = SavedSearchSerializer


class SearchFieldsSerializer(StrictSerializer):
    """What a saved search is called, and who sees it."""

    name = Text(max_length=NAME_LENGTH, help_text=NAME)
    is_shared = Flag(required=False, help_text=f"{SHARED} False unless said.")


class NewSearchSerializer(SearchFieldsSerializer):
    """A search of candidates to keep under a name."""

    query = Text(
        max_length=QUERY_LENGTH,
        help_text="What stands behind the question mark of the candidates page:"
        " `q=gardener&country=DE&skill=Pruning`. What narrows nothing is left out.",
    )

    def validate_query(self, query: str) -> str:
        asked = QueryDict(query)
        form = SearchForm(asked)
        errors = [
            ErrorDetail(f"{name}: {message}", one.code or "invalid")
            for name, mistakes in form.errors.as_data().items()
            for one in mistakes
            for message in one.messages
        ]
        errors += [
            ErrorDetail(f"{name[:80]}: {UNKNOWN}", "refused")
            for name in asked
            if name not in form.fields
        ]
        if errors:
            raise serializers.ValidationError(errors)
        said = form.asked().urlencode()
        if not said:
            nothing = ErrorDetail(str(_("There is no search to save.")), "empty")
            raise serializers.ValidationError([nothing])
        if len(said) > QUERY_LENGTH:
            long = ErrorDetail(str(_("This is too long.")), "max_length")
            raise serializers.ValidationError([long])
        return said


class FoundPersonSerializer(RankedCandidateSerializer):
    """Somebody whom a saved search finds."""

    profile_changed_at = serializers.DateTimeField(
        help_text="When they were added, or their profile was changed last."
    )


class FoundPeopleSerializer(PageSerializer):
    """One page of the people whom a saved search finds."""

    items = FoundPersonSerializer(many=True, help_text="The people of this page.")
    is_partial = serializers.BooleanField(help_text=PARTIAL)
