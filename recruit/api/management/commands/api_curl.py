"""Print docs/api-curl.md: one curl command for each call of the API."""

from typing import Any

from django.core.management.base import BaseCommand

from recruit.api.schema.curl import curl_page
from recruit.api.schema.generation import generated_schema


class Command(BaseCommand):
    help = "Print one curl command for each call of the API, as a page."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(curl_page(generated_schema()), ending="")
