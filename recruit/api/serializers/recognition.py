"""A text, and the skills that it names."""

from typing import Any

from rest_framework import serializers

from recruit.api.fields import Flag, Identifier, Text
from recruit.api.serializers.base import StrictSerializer

MOST_CHARACTERS = 100_000


class TextToReadSerializer(StrictSerializer):
    """A text in which skills are looked for."""

    text = Text(
        max_length=MOST_CHARACTERS,
        trim_whitespace=False,
        help_text="Any text: a job's, a CV. It is not stored.",
    )
    near = Flag(
        default=True, help_text="Whether skills near to those found are proposed, too."
    )


class PlaceInTextSerializer(serializers.Serializer[Any]):
    """Where the words of a skill stand."""

    start = serializers.IntegerField(
        help_text="The first character, counted from 0 in Unicode code points."
    )
    end = serializers.IntegerField(help_text="Behind the last character.")
    words = serializers.CharField(help_text="The words as they stand there.")


class RecognisedSkillSerializer(serializers.Serializer[Any]):
    """A skill of the vocabulary that the text names."""

    skill_id = Identifier(help_text="The id of the skill.")
    skill = serializers.CharField(help_text="Its name.")
    is_confirmed = serializers.BooleanField(
        help_text="Whether a person has looked at the skill."
    )
    places = PlaceInTextSerializer(
        many=True, help_text="Everywhere it stands, in the order of the text."
    )


class NearSkillSerializer(serializers.Serializer[Any]):
    """A skill that the text does not name, near to one that it does."""

    skill_id = Identifier(help_text="The id of the skill.")
    skill = serializers.CharField(help_text="Its name.")
    near_to = serializers.CharField(help_text="The name of the skill that was found.")


class RecognisedSerializer(serializers.Serializer[Any]):
    """The skills that a text names, and some that it might mean."""

    skills = RecognisedSkillSerializer(
        many=True, help_text="Each once, in the order of the text."
    )
    near = NearSkillSerializer(
        many=True,
        help_text="Confirmed skills whose meaning is near, the nearest first; none is"
        " taken for named.",
    )
