"""Forms must carry the token without which the server refuses them."""

import re
from pathlib import Path

from django.test import Client

from recruit.accounts.models import User
from tests.factories import make_candidate, make_job

TEMPLATES = Path(__file__).parents[2] / "templates"
INCLUDE = re.compile(r'\{% include "([^"]+)"[^%]*%\}')


def texts() -> dict[str, str]:
    return {
        str(path.relative_to(TEMPLATES)): path.read_text()
        for path in TEMPLATES.rglob("*.html")
    }


def posting(pages: dict[str, str]) -> set[str]:
    """Return the templates that show a form, themselves or by what they include."""
    found = {name for name, text in pages.items() if "{% csrf_token %}" in text}
    while True:
        more = {
            name
            for name, text in pages.items()
            if name not in found and found & set(INCLUDE.findall(text))
        }
        if not more:
            return found
        found |= more


class TestTokensOfForms:
    def test_reach_every_form_that_is_included_alone(self):
        pages = texts()
        forms = posting(pages)

        without = [
            f"{name}: {include[0]}"
            for name, text in pages.items()
            for include in INCLUDE.finditer(text)
            if include[1] in forms
            and " only" in include[0]
            and "csrf_token=csrf_token" not in include[0]
        ]

        assert not without

    def test_let_a_checking_server_take_what_a_page_sends(self, recruiter: User):
        checking = Client(enforce_csrf_checks=True)
        checking.force_login(recruiter)
        person, job = make_candidate("Pruning"), make_job("Pruning")
        listed = checking.get("/candidates/").content.decode()
        head = checking.get(f"/jobs/{job.requisition_code}/pipeline/").content.decode()

        for page, action in (
            (listed, "/talent/add/"),
            (head, f"/jobs/{job.requisition_code}/status/"),
        ):
            form = page[page.index(f'action="{action}"') :]
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
            assert token is not None
            sent = {"csrfmiddlewaretoken": token[1], "candidates": str(person.pk)}
            assert checking.post(action, sent).status_code != 403
