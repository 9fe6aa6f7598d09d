"""The typed client that is made of the schema, and the recipes written with it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.api.recipes.conftest import RECIPES
from tests.api.stated import all_calls


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
