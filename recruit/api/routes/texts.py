"""What is found for, and told of, texts; the vocabulary."""

from django.urls import path

from recruit.api.routes import READ_COLLECTION, READ_ROW
from recruit.api.views.recognition import Recognition
from recruit.api.views.search import Search
from recruit.api.views.similarity import Similarity
from recruit.api.views.skills import Skills

routes = [
    path("v1/search", Search.as_view({"get": "search"}), name="search"),
    path("v1/similarity", Similarity.as_view({"post": "compare"}), name="similarity"),
    path("v1/skills", Skills.as_view(READ_COLLECTION), name="skills"),
    path(
        "v1/skills/recognise",
        Recognition.as_view({"post": "recognise"}),
        name="skills_recognise",
    ),
    path("v1/skills/<uuid:pk>", Skills.as_view(READ_ROW), name="skill"),
]
