"""The whole schema, outside of a request."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator


def generated_schema() -> dict[str, Any]:
    """Return the schema of everything that the API does."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema: dict[str, Any] = generator.get_schema(  # type: ignore[no-untyped-call]
        request=None, public=True
    )
    return schema
