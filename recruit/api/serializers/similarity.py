"""Two texts and how near they are."""

from typing import Any

from rest_framework import serializers

from matching.similarity import MOST_CHARACTERS
from recruit.api.fields import Text
from recruit.api.serializers.base import StrictSerializer
from recruit.api.serializers.matches import SIMILARITY


class TextPairSerializer(StrictSerializer):
    """Two texts to compare."""

    first = Text(max_length=MOST_CHARACTERS)
    second = Text(max_length=MOST_CHARACTERS)


class SimilaritySerializer(serializers.Serializer[Any]):
    """How near two texts are in meaning."""

    similarity = serializers.FloatField(help_text=SIMILARITY)
    encoder = serializers.CharField(help_text="Identity of the encoder that compared.")
