"""One curl command for each call, from the schema's own examples."""

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from recruit.api.schema.wording import tags_in_order, words

PAGE = """# curl for each call

Made from the schema by `manage.py api_curl`. `API` and `TOKEN` stand for your
installation and a token of yours ([first call](api-first-call.md)); the ids stand for
rows of yours.

```sh
API=http://127.0.0.1:8000/api/v1
TOKEN=...
```
"""
JSON = "application/json"
PREFIX = "/api/v1"


def curl_page(schema: Mapping[str, Any]) -> str:
    """Return the page that shows every call, one kind of resource after another."""
    parts = [PAGE]
    for tag, says in tags_in_order(schema):
        parts.append(f"\n## {tag}\n\n{says}\n")
        for path, method, operation in calls(schema):
            if operation["tags"][0] == tag:
                parts.append(_section(path, method, operation))
    return "".join(parts)


def _section(path: str, method: str, operation: Mapping[str, Any]) -> str:
    scope = operation.get("x-scope")
    needs = f" (`{scope}`)" if scope else ""
    command = curl(path, method, operation)
    return f"\n{operation['summary']}{needs}:\n\n```sh\n{command}\n```\n"


def calls(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield path, method and operation of every call."""
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def curl(path: str, method: str, operation: Mapping[str, Any]) -> str:
    """Return the command for one call, with what it cannot do without."""
    lines = [f'curl "$API{_address(path, operation)}"']
    if method != "get":
        lines[0] += f" -X {method.upper()}"
    lines.append('-H "Authorization: Bearer $TOKEN"')
    lines += [*_headers(operation), *_body(operation)]
    return " \\\n  ".join(lines)


def _address(path: str, operation: Mapping[str, Any]) -> str:
    asked = []
    for parameter in operation.get("parameters", []):
        example = str(parameter["schema"].get("examples", ["..."])[0])
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(example, safe=""))
        elif parameter["in"] == "query" and parameter.get("required"):
            asked.append(f"{parameter['name']}={quote(example)}")
    return path.removeprefix(PREFIX) + (f"?{'&'.join(asked)}" if asked else "")


def _headers(operation: Mapping[str, Any]) -> Iterator[str]:
    """Yield the headers without which this call would be refused."""
    shown = words()["shown"].get(operation["operationId"], ())
    for parameter in operation.get("parameters", []):
        if parameter["name"] in shown:
            (example,) = parameter["schema"]["examples"]
            header = f"{parameter['name']}: {example}"
            yield f"-H {shlex.quote(header)}"


def _body(operation: Mapping[str, Any]) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    # Of several kinds a JSON body; of files of rows NDJSON, which is the last.
    chosen = {JSON: content[JSON]} if JSON in content else content
    for media_type, stated in list(chosen.items())[-1:]:
        yield f'-H "Content-Type: {media_type}"'
        example = stated["example"]
        text = json.dumps(example, indent=1, ensure_ascii=False)
        if media_type != JSON and isinstance(example, str):
            text = example
        yield f"--data-binary {shlex.quote(text)}"
