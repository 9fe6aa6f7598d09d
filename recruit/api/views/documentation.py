"""/schema and /docs: what the API does, for programs and for people."""

from functools import cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response


@cache
def _stated(_language: str | None) -> dict[str, Any]:
    """Return the schema in a language: the same for all, and a second's work."""
    stated: dict[str, Any] = SchemaGenerator().get_schema(  # type: ignore[no-untyped-call]
        request=None, public=True
    )
    return stated


class Schema(SpectacularJSONAPIView):
    """The OpenAPI schema as JSON."""

    def _get_schema_response(self, request: Request) -> Response:
        return Response(_stated(get_language()))


class Documentation(SpectacularSwaggerSplitView):
    """The schema as pages to read and try; every file comes from this server."""

    url_name = "api:schema"
    template_name = "api/docs.html"
