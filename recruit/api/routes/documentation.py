"""The schema, and the page that shows it."""

from django.urls import path

from recruit.api.views.documentation import Documentation, Schema

routes = [
    path("v1/schema", Schema.as_view(), name="schema"),
    path("v1/docs", Documentation.as_view(), name="docs"),
]
