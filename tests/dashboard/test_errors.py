import pytest
from django.template.loader import render_to_string
from django.test import Client


class TestErrorPages:
    def test_leads_on_from_a_page_that_does_not_exist(self, recruiting: Client):
        page = recruiting.get("/nowhere/")

        assert page.status_code == 404
        assert "This page does not exist" in page.content.decode()

    @pytest.mark.parametrize(
        "address",
        ["/jobs/NONE-1/", "/jobs/%00/", "/jobs/" + "x" * 500 + "/", "/jobs/%F0/"],
    )
    def test_knows_no_job_of_a_strange_code(self, recruiting: Client, address: str):
        assert recruiting.get(address).status_code == 404

    def test_says_that_a_form_has_expired(self, recruiter):
        client = Client(enforce_csrf_checks=True)
        client.force_login(recruiter)

        page = client.post("/jobs/new/", {})

        assert page.status_code == 403
        assert "form has expired" in page.content.decode()

    def test_needs_nothing_to_say_that_something_went_wrong(self):
        assert "Something went wrong" in render_to_string("500.html")

    def test_names_no_script_or_style_inline(self, recruiting: Client):
        page = recruiting.get("/").content.decode()

        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick=" not in page
