"""/schema and /docs: what the API does, for programs and for people."""

from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView


class Schema(SpectacularJSONAPIView):
    """The OpenAPI schema as JSON."""


class Documentation(SpectacularSwaggerSplitView):
    """The schema as pages to read and try; every file comes from this server."""

    url_name = "api:schema"
    template_name = "api/docs.html"
