"""Every example of the schema can be called as it stands, and is answered as stated."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from recruit.api.schema.curl import curl, curl_page
from tests.api.example_world import ExampleWorld
from tests.api.schema.test_statements import assert_takes
from tests.api.stated import Call, all_calls, resolved, schema_of_the_api
from tests.sharing import shared_rows

CALLS = [pytest.param(call, id=str(call)) for call in all_calls()]
# Compares texts that no worker reads here: tests/api/test_similarity.py.
NEEDS_A_WORKER = {"similarity_compare"}
PAGE = Path(__file__).parents[3] / "docs" / "api-curl.md"


def called(command: str, token: str) -> Any:
    """Make the call of a curl command as its words say."""
    command = command.replace("$API", "/api/v1").replace("$TOKEN", token)
    command = command.replace("\\\n", "")
    words = shlex.split(command)
    method, address, body, headers = "GET", "", "", {}
    assert words.pop(0) == "curl"
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "--data-binary":
            body = words.pop(0)
        else:
            address = word
    media_type = headers.pop("Content-Type", "application/json")
    return Client().generic(
        method, address, body.encode(), content_type=media_type, headers=headers
    )


@pytest.fixture(scope="module")
def shared_world(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ExampleWorld]:
    """Give the rows of the examples; what a call changes is taken back."""
    uploads = tmp_path_factory.mktemp("uploads")
    with override_settings(MEDIA_ROOT=uploads), shared_rows(django_db_blocker):
        yield ExampleWorld()


@pytest.mark.django_db
class TestExample:
    @pytest.mark.parametrize(
        "call", [one for one in CALLS if one.id not in NEEDS_A_WORKER]
    )
    def test_can_be_called(self, call: Call, shared_world: ExampleWorld):
        world = shared_world.copied()
        world.prepare(str(call))
        command = world.real(curl(call.path, call.method, call.operation))

        answer = called(command, world.caller.secret)

        stated = call.operation["responses"]
        assert answer.status_code < 300, answer.content[:900]
        contents = resolved(stated[str(answer.status_code)]).get("content", {})
        if "application/json" in contents:
            assert_takes(contents["application/json"]["schema"], answer.json())


class TestPage:
    def test_is_what_the_schema_says_now(self):
        """`manage.py api_curl > docs/api-curl.md` writes it anew."""
        assert PAGE.read_text() == curl_page(schema_of_the_api())
