"""The schema says what every call, field and parameter is."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from recruit.accounts.choices import Scope
from recruit.api.schema.generation import generated_schema
from recruit.api.schema.wording import words
from tests.api.stated import (
    Call,
    all_calls,
    fields_below,
    resolved,
    schema_of_the_api,
)

CALLS = [pytest.param(call, id=str(call)) for call in all_calls()]
PRINT = (
    "import django, hashlib, json; django.setup();"
    "from recruit.api.schema.generation import generated_schema;"
    "text = json.dumps(generated_schema());"
    "print(hashlib.sha256(text.encode()).hexdigest())"
)


def all_fields() -> list[tuple[str, Any]]:
    components = schema_of_the_api()["components"]["schemas"]
    return [
        found
        for name, schema in components.items()
        for found in fields_below(schema, name)
    ]


class TestGeneration:
    def test_warns_of_nothing(self, capsys):
        call_command("spectacular", validate=True, fail_on_warn=True)

        assert "Warning" not in capsys.readouterr().err

    def test_is_valid_openapi_of_its_version(self):
        schema = schema_of_the_api()

        OpenAPIV31SpecValidator(schema).validate()

        assert schema["openapi"].startswith("3.1")

    def test_says_the_same_twice(self):
        assert json.dumps(generated_schema()) == json.dumps(generated_schema())

    def test_says_the_same_in_another_process(self):
        found = {
            subprocess.run(  # noqa: S603  this interpreter
                [sys.executable, "-c", PRINT],
                env={
                    "PYTHONHASHSEED": seed,
                    "DJANGO_SETTINGS_MODULE": "tests.settings",
                },
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }

        assert len(found) == 1

    def test_names_all_components_readably(self):
        names = schema_of_the_api()["components"]["schemas"]

        assert [
            one for one in names if not re.fullmatch(r"[A-Z][A-Za-z0-9]+", one)
        ] == []
        assert [one for one in names if re.search(r"Enum$", one)] == ["NullEnum"]


class TestCalls:
    @pytest.mark.parametrize("call", CALLS)
    def test_say_what_they_do(self, call: Call):
        operation = call.operation

        assert operation["summary"]
        assert operation["description"]
        assert not operation["summary"].endswith(".")
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation["operationId"])

    def test_have_names_of_their_own(self):
        names = [str(call) for call in all_calls()]

        assert len(set(names)) == len(names)

    @pytest.mark.parametrize("call", CALLS)
    def test_belong_to_one_kind_that_is_explained(self, call: Call):
        (tag,) = call.operation["tags"]

        said = {one["name"]: one["description"] for one in schema_of_the_api()["tags"]}
        assert said[tag]

    @pytest.mark.parametrize("call", CALLS)
    def test_name_the_scope_they_need(self, call: Call):
        scope = call.operation["x-scope"]

        assert scope in Scope.values
        assert {"token": [scope]} in call.operation["security"]
        assert f"`{scope}`" in call.operation["description"]

    @pytest.mark.parametrize("call", CALLS)
    def test_state_their_problems(self, call: Call):
        statuses = set(call.operation["responses"])

        assert {"400", "401", "403", "406", "429"} <= statuses
        if "{" in call.path:
            assert "404" in statuses
        if "requestBody" in call.operation:
            assert {"409", "413", "415"} <= statuses
        if call.method == "post":
            assert {"409", "422"} <= statuses

    @pytest.mark.parametrize("call", CALLS)
    def test_state_the_headers_of_every_answer(self, call: Call):
        for answer in call.operation["responses"].values():
            headers = resolved(answer)["headers"]

            assert {"X-Request-Id", "RateLimit", "RateLimit-Policy"} <= set(headers)

    @pytest.mark.parametrize("call", CALLS)
    def test_state_the_headers_they_take(self, call: Call):
        taken = {
            one["name"] for one in call.operation["parameters"] if one["in"] == "header"
        }

        wanted = {"On-Behalf-Of"}
        wanted |= {"Idempotency-Key"} if call.method == "post" else set()
        wanted |= {"If-None-Match"} if call.method == "get" else set()
        assert wanted <= taken


class TestParameters:
    @pytest.mark.parametrize("call", CALLS)
    def test_have_words_and_an_example(self, call: Call):
        for parameter in call.operation["parameters"]:
            assert parameter["description"], parameter["name"]
            assert parameter["schema"]["examples"], parameter["name"]

    @pytest.mark.parametrize("call", CALLS)
    def test_have_examples_that_they_take(self, call: Call):
        for parameter in call.operation["parameters"]:
            assert_takes(parameter["schema"], parameter["schema"]["examples"][0])


class TestFields:
    def test_have_words(self):
        silent = [
            place for place, stated in all_fields() if not stated.get("description")
        ]

        assert silent == []

    def test_have_examples(self):
        """But for objects, whose fields have them."""
        bare = [
            place
            for place, stated in all_fields()
            if "examples" not in stated and not is_made_of_fields(stated)
        ]

        assert bare == []

    def test_have_examples_that_they_take(self):
        for place, stated in all_fields():
            for example in stated.get("examples", ()):
                assert_takes(stated, example, place)


class TestBodies:
    @pytest.mark.parametrize("call", CALLS)
    def test_have_examples_that_are_as_stated(self, call: Call):
        stated = [call.operation.get("requestBody", {})]
        stated += [resolved(one) for one in call.operation["responses"].values()]
        for body in stated:
            for content in body.get("content", {}).values():
                assert "example" in content
                assert_takes(content["schema"], content["example"])

    def test_forbid_unknown_fields(self):
        bodies = {
            name: body
            for name, body in schema_of_the_api()["components"]["schemas"].items()
            if name.endswith("Request")
        }

        assert bodies
        assert all(body["additionalProperties"] is False for body in bodies.values())


class TestWords:
    def test_are_all_about_something(self):
        said = {place for place, _stated in all_fields()}
        components = {name.partition(".")[0] for name in said}
        fields = {name.rpartition(".")[2] for name in said}
        asked = {
            one["name"] for call in all_calls() for one in call.operation["parameters"]
        }
        calls = {str(call) for call in all_calls()}

        for name in words()["fields"]:
            if "?" in name:
                call, _, parameter = name.partition("?")
                assert parameter in asked, name
                assert not call or call in calls, name
            elif "." in name:
                component, _, field = name.partition(".")
                assert field in fields, name
                assert any(component in one for one in components), name
            else:
                assert name in fields | asked, name
        for table in ("bodies", "shown"):
            assert {name.split()[0] for name in words()[table]} <= calls
        assert set(words()["tags"]) == {
            tag["name"] for tag in schema_of_the_api()["tags"]
        }


def is_made_of_fields(schema: Any) -> bool:
    """True for objects and lists of them."""
    schema = resolved(schema)
    if "items" in schema:
        return is_made_of_fields(schema["items"])
    unions = [
        one for name in ("allOf", "oneOf", "anyOf") for one in schema.get(name, ())
    ]
    return "properties" in schema or any(is_made_of_fields(one) for one in unions)


def assert_takes(schema: Any, example: Any, place: str = "") -> None:
    wanted = {"components": schema_of_the_api()["components"], **schema}
    validator = Draft202012Validator(
        wanted, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [f"{place}: {one.message}" for one in validator.iter_errors(example)] == []
