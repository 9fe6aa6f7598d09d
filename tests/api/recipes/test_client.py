"""The typed client that is made of the schema, and the recipes written with it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.api.recipes.conftest import RECIPES
from tests.api.stated import all_calls

READING = """
import json

import httpx
from recruit_client import AuthenticatedClient
from recruit_client.api.tags import tags_list, tags_retrieve
from recruit_client.models import PaginatedTagRowList, PartialTag, Tag
from recruit_client.types import UNSET

ID = "01970000-0000-7000-8000-000000000009"
WHOLE = {
    "id": ID,
    "name": "Roses",
    "candidate_count": 1,
    "job_count": 0,
    "created_at": "2026-05-04T09:30:00Z",
    "version": 1,
}
PAGE = {"items": [{"id": ID, "name": "Roses"}], "next": None}


def answer(request: httpx.Request) -> httpx.Response:
    if request.url.path.endswith("/tags"):
        return httpx.Response(200, json=PAGE)
    if "fields" in request.url.params:
        return httpx.Response(200, json=PAGE["items"][0])  # type: ignore[index]
    return httpx.Response(200, json=WHOLE)


client = AuthenticatedClient(
    base_url="http://test",
    token="x",
    httpx_args={"transport": httpx.MockTransport(answer)},
)
whole = tags_retrieve.sync(ID, client=client)  # type: ignore[arg-type]
assert isinstance(whole, Tag)
name: str = whole.name
assert name == "Roses"

part = tags_retrieve.sync(ID, client=client, fields="name")  # type: ignore[arg-type]
assert isinstance(part, PartialTag)
assert part.name == "Roses"
assert part.version is UNSET

page = tags_list.sync(client=client)
assert isinstance(page, PaginatedTagRowList)
assert page.items[0].name == "Roses"
assert page.items[0].version is UNSET
"""


class TestClient:
    def test_has_a_function_for_each_call(self, client_folder: Path):
        modules = {
            module.stem
            for module in (client_folder / "recruit_client" / "api").glob("*/*.py")
        }

        assert {str(call) for call in all_calls()} <= modules

    def test_fits_the_recipes_by_its_types(self, client_folder: Path, tmp_path: Path):
        how = ["--strict", "--python-version=3.11", f"--config-file={os.devnull}"]
        using = [
            script
            for script in sorted(RECIPES.glob("*.py"))
            if "recruit_client" in script.read_text()
        ]
        what = [client_folder / "recruit_client", *using]
        checked = subprocess.run(  # noqa: S603  this interpreter
            [sys.executable, "-m", "mypy", *how, "--cache-dir", tmp_path, *what],
            cwd=RECIPES,
            env={**os.environ, "MYPYPATH": str(client_folder)},
            capture_output=True,
            text=True,
            check=False,
        )

        assert checked.returncode == 0, checked.stdout[-2000:]

    def test_knows_a_whole_row_from_a_part(self, client_folder: Path, tmp_path: Path):
        """A whole one needs no look at each field whether it is there."""
        (tmp_path / "reading.py").write_text(READING)
        environment = {**os.environ, "MYPYPATH": str(client_folder)}
        environment["PYTHONPATH"] = str(client_folder)
        how = ["--strict", "--python-version=3.11", f"--config-file={os.devnull}"]
        for command in (
            ["-m", "mypy", *how, "--cache-dir", str(tmp_path), "reading.py"],
            ["reading.py"],
        ):
            done = subprocess.run(  # noqa: S603  this interpreter
                [sys.executable, *command],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )

            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
