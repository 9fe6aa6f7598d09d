import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recruit.accounts.models import User
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
)
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from tests.admin.forms import address_of, filled
from tests.factories import make_application, make_candidate

pytestmark = pytest.mark.django_db

KIND = "candidates/candidate"


def make_full(skills: int = 2) -> Candidate:
    return make_candidate(
        *[f"skill {number}" for number in range(skills)],
        emails=["kim@example.org", "kim@home.example"],
        phones=["+49 30 1234567"],
        links=["https://kim.example/"],
        summary="Roses.\nPonds.",
        experience=[ExperienceInput("Gardener"), ExperienceInput("Arborist")],
        education=[EducationInput("Diploma", ended_in=2015)],
        languages=[LanguageInput("en", "c1")],
        documents=[DocumentInput("CV", "Roses\nand ponds.")],
    )


def kinds_of(candidate: Candidate) -> list[str]:
    events = Event.objects.about_candidate(candidate.pk).order_by("id")
    return list(events.values_list("kind", flat=True))


class TestCandidatePage:
    def test_adds_a_person(self, admin_client: Client, administrator: User):
        sent = filled(admin_client, address_of(KIND))
        sent |= {"family_name": "Rosen", "emails": "A@example.org\n\n b@example.org "}

        admin_client.post(address_of(KIND), sent)

        candidate = Candidate.objects.get()
        assert candidate.emails == ["a@example.org", "b@example.org"]
        event = Event.objects.get()
        assert event.kind == Happened.CANDIDATE_CREATED
        assert event.actor_id == administrator.pk

    def test_names_the_field_that_is_wrong(self, admin_client: Client):
        sent = filled(admin_client, address_of(KIND))
        sent |= {"family_name": "Rosen", "emails": "nobody", "links": "javascript:1"}

        answer = admin_client.post(address_of(KIND), sent)

        assert set(answer.context["adminform"].form.errors) == {"emails", "links"}

    def test_that_changes_nothing_writes_nothing(self, admin_client: Client):
        candidate = make_full()
        sent = filled(admin_client, address_of(KIND, candidate.pk))

        answer = admin_client.post(address_of(KIND, candidate.pk), sent)

        assert answer.status_code == 302
        assert kinds_of(candidate) == [Happened.CANDIDATE_CREATED]

    def test_changes_one_part_and_stamps_the_profile(self, admin_client: Client):
        candidate = make_full()
        stamp = candidate.profile_changed_at
        sent = filled(admin_client, address_of(KIND, candidate.pk))
        sent |= {"experience-0-title": "Head gardener", "experience-1-DELETE": "on"}

        admin_client.post(address_of(KIND, candidate.pk), sent)

        candidate.refresh_from_db()
        assert [row.title for row in candidate.experience.all()] == ["Head gardener"]
        assert candidate.skills.count() == 2
        assert candidate.profile_changed_at > stamp
        assert kinds_of(candidate)[-1] == Happened.CANDIDATE_CHANGED

    def test_refuses_a_form_older_than_the_person(self, admin_client: Client):
        candidate = make_full()
        sent = filled(admin_client, address_of(KIND, candidate.pk))
        admin_client.post(address_of(KIND, candidate.pk), sent | {"headline": "First"})

        answer = admin_client.post(
            address_of(KIND, candidate.pk), sent | {"headline": "Second"}
        )

        assert answer.status_code == 200
        assert "Somebody else changed this" in answer.content.decode()
        candidate.refresh_from_db()
        assert candidate.headline == "First"

    def test_asks_as_much_for_many_skills_as_for_one(self, admin_client: Client):
        few, many = make_full(skills=1), make_full(skills=30)
        admin_client.get(address_of(KIND, few.pk))

        with CaptureQueriesContext(connection) as queries_of_few:
            admin_client.get(address_of(KIND, few.pk))
        with CaptureQueriesContext(connection) as queries_of_many:
            admin_client.get(address_of(KIND, many.pk))

        assert len(queries_of_many) == len(queries_of_few)

    def test_finds_people_by_address(self, admin_client: Client):
        make_full()

        answer = admin_client.get("/admin/candidates/candidate/", {"q": "KIM@home"})

        assert answer.context["cl"].result_count == 1


class TestErasing:
    def test_asks_first(self, admin_client: Client):
        candidate = make_full()
        sent = {"action": "erase_selected", "_selected_action": [str(candidate.pk)]}

        answer = admin_client.post("/admin/candidates/candidate/", sent)

        assert "This cannot be taken back." in answer.content.decode()
        candidate.refresh_from_db()
        assert candidate.erased_at is None

    def test_forgets_the_person_and_keeps_the_pipeline(self, admin_client: Client):
        candidate = make_full()
        make_application(candidate=candidate)
        sent = {"action": "erase_selected", "_selected_action": [str(candidate.pk)]}

        admin_client.post("/admin/candidates/candidate/", sent | {"confirmed": "yes"})

        candidate.refresh_from_db()
        assert candidate.erased_at is not None
        assert candidate.applications.count() == 1
        assert kinds_of(candidate)[-1] == Happened.CANDIDATE_ERASED

    def test_leaves_no_name_in_the_log_of_the_admin_site(self, admin_client: Client):
        sent = filled(admin_client, address_of(KIND))
        admin_client.post(address_of(KIND), sent | {"family_name": "Unforgettable"})
        candidate = Candidate.objects.get()
        sent = filled(admin_client, address_of(KIND, candidate.pk))
        admin_client.post(
            address_of(KIND, candidate.pk), sent | {"headline": "Gardener"}
        )
        make_application(candidate=candidate)

        assert LogEntry.objects.count() == 2
        assert not LogEntry.objects.filter(object_repr__contains="Unforg").exists()

    def test_ends_all_changes(self, admin_client: Client):
        candidate = make_full()
        sent = filled(admin_client, address_of(KIND, candidate.pk))
        erase = {"action": "erase_selected", "_selected_action": [str(candidate.pk)]}
        admin_client.post("/admin/candidates/candidate/", erase | {"confirmed": "yes"})

        answer = admin_client.post(address_of(KIND, candidate.pk), sent)

        assert answer.status_code == 403
        assert admin_client.get(address_of(KIND, candidate.pk)).status_code == 200

    def test_is_the_only_way_to_delete(self, admin_client: Client):
        candidate = make_full()

        answer = admin_client.post(
            address_of(KIND, candidate.pk, "delete"), {"post": "yes"}
        )

        assert answer.status_code == 403
