import pytest
from django.test import Client

from recruit.accounts.choices import Role
from recruit.notes.models import Tag
from recruit.notes.queries import tags_of_people
from recruit.notes.tagging import create_tag, tag_candidates
from tests.factories import ACTOR, NOW, make_candidate, make_user

LIST = "/admin/notes/tag/"


@pytest.fixture
def administrating(db: None) -> Client:
    client = Client()
    client.force_login(make_user(Role.ADMINISTRATOR))
    return client


def tag_named(name: str) -> Tag:
    return create_tag(name=name, actor=ACTOR, created_at=NOW)


class TestTagAdmin:
    def test_renames_a_tag(self, administrating: Client):
        tag = tag_named("Silber")
        page = administrating.get(f"{LIST}{tag.pk}/change/")
        seen = page.context["adminform"].form.initial["version_seen"]

        sent = {"name": "Silver", "version_seen": seen}
        administrating.post(f"{LIST}{tag.pk}/change/", sent)

        tag.refresh_from_db()
        assert (tag.name, tag.key) == ("Silver", "silver")

    def test_makes_one_tag_of_many(self, administrating: Client):
        person = make_candidate()
        for name in ("Gold", "gold medal", "golden"):
            tag_candidates(
                name=name, candidate_ids=[person.pk], actor=ACTOR, tagged_at=NOW
            )
        ids = [str(tag.pk) for tag in Tag.objects.by_name()]
        sent = {"action": "merge_selected", "_selected_action": ids}

        asked = administrating.post(LIST, sent)
        administrating.post(f"{LIST}merge/", {"tag": ids, "kept": ids[0]})

        assert "Which of these tags is kept?" in asked.content.decode()
        assert [tag.name for tag in tags_of_people([person.pk])[person.pk]] == ["Gold"]

    def test_merges_nothing_without_a_tag_that_is_kept(self, administrating: Client):
        ids = [str(tag_named(name).pk) for name in ("a", "b")]

        for kept in ("", "x"):
            administrating.post(f"{LIST}merge/", {"tag": ids, "kept": kept})

        assert Tag.objects.standing().count() == 2
