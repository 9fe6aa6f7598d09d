"""Every list of the admin site, generated over what is registered."""

import csv
import io

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recruit.events.models import Event
from tests.admin.rows import ONE_MORE
from tests.factories import make_application, make_candidate, make_job, make_user

MANY = 8  # one query more for each row would show
OURS = "recruit."  # those of matching are shown through listings of their own

pytestmark = pytest.mark.django_db


def name_of(model: type[Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def list_of(model: type[Model]) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


REGISTERED = sorted(admin.site._registry, key=name_of)
EXPORTED = [
    model
    for model in REGISTERED
    if getattr(admin.site._registry[model], "csv_columns", {})
]
each_model = pytest.mark.parametrize("model", REGISTERED, ids=name_of)
each_export = pytest.mark.parametrize("model", EXPORTED, ids=name_of)


def queries_of(client: Client, address: str, **sent: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.post(address, sent) if sent else client.get(address)
        b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    return len(queries)


class TestChangelist:
    @each_model
    def test_asks_as_much_for_many_rows_as_for_one(
        self, model: type[Model], admin_client: Client
    ):
        ONE_MORE[name_of(model)]()
        admin_client.get(list_of(model))
        few = queries_of(admin_client, list_of(model))
        for _number in range(MANY):
            ONE_MORE[name_of(model)]()

        many = queries_of(admin_client, list_of(model))

        assert many == few

    @each_model
    def test_can_be_searched_and_filtered(
        self, model: type[Model], admin_client: Client
    ):
        page = admin.site._registry[model]

        assert page.search_fields
        assert page.list_filter
        answer = admin_client.get(list_of(model), {"q": "roses"})
        assert answer.status_code == 200

    @each_model
    @pytest.mark.parametrize(
        "query", ["q=%00", "id__exact=none", "o=99", "p=-1", "nonsense=1", "q=%F0%9F"]
    )
    def test_answers_nonsense_without_an_error(
        self, model: type[Model], query: str, admin_client: Client
    ):
        answer = admin_client.get(f"{list_of(model)}?{query}")

        assert answer.status_code in {200, 302, 400}

    def test_shows_user_text_as_text(self, admin_client: Client):
        hostile = "<script>alert(1)</script>"
        job = make_job(title=hostile, hiring_manager=make_user(name=hostile))
        make_application(job, make_candidate(given_name=hostile, headline=hostile))

        for model in REGISTERED:
            text = admin_client.get(list_of(model)).content.decode()
            assert hostile not in text


class TestRegistry:
    def test_holds_every_model_or_shows_it_inline(self):
        from django.apps import apps  # noqa: PLC0415

        pages = admin.site._registry.values()
        inline = {row.model for page in pages for row in page.inlines}
        missing = [
            name_of(model)
            for model in apps.get_models()
            if model.__module__.startswith(OURS)
            and model not in admin.site._registry
            and model not in inline
        ]

        assert missing == []


class TestExport:
    @each_export
    def test_takes_the_rows_away_with_a_steady_number_of_queries(
        self, model: type[Model], admin_client: Client
    ):
        def export() -> int:
            ids = [
                str(pk) for pk in model._default_manager.values_list("pk", flat=True)
            ]
            return queries_of(
                admin_client,
                list_of(model),
                action="export_selected",
                _selected_action=ids,
            )

        ONE_MORE[name_of(model)]()
        export()
        few = export()
        for _number in range(MANY):
            ONE_MORE[name_of(model)]()

        assert export() == few

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_writes_no_formula(self, start: str, admin_client: Client):
        job = make_job(title=f"x{start}", department=f"{start}cmd|calc")
        sent = {"action": "export_selected", "_selected_action": [str(job.pk)]}

        answer = admin_client.post(list_of(type(job)), sent)

        text = b"".join(answer).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text, newline=""))
        assert row["department"] == f"'{start}cmd|calc"
        assert row["requisition_code"] == job.requisition_code

    def test_lists_the_skills_of_a_job(self, admin_client: Client):
        job = make_job("Roses", "Ponds")
        sent = {"action": "export_selected", "_selected_action": [str(job.pk)]}

        answer = admin_client.post(list_of(type(job)), sent)

        text = b"".join(answer).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        assert sorted(row["required_skills"].split("; ")) == ["Ponds", "Roses"]


class TestEvents:
    def test_show_the_beginning_of_long_details(self, admin_client: Client):
        make_candidate(*[f"Skill {number:03}" for number in range(100)])

        shown = admin_client.get(list_of(Event)).content.decode()

        assert all(len(line) < 2000 for line in shown.splitlines())
        assert "…" in shown
