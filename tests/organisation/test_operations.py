import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.organisation.models import NAME_LENGTH, Organisation
from recruit.organisation.operations import (
    NothingToRead,
    name_organisation,
    put_guide_away,
    show_guide,
)
from recruit.organisation.queries import organisation
from tests.factories import ACTOR, LATER, NOW

pytestmark = pytest.mark.django_db


def told() -> list[dict[str, object]]:
    events = Event.objects.filter(kind=Happened.ORGANISATION_CHANGED)
    return list(events.order_by("happened_at", "id").values_list("details", flat=True))


class TestNameOrganisation:
    def test_names_it_and_records_who_did(self):
        name_organisation(name="  Acme\tGardens ", actor=ACTOR, named_at=NOW)
        name_organisation(name="Acme Parks", actor=ACTOR, named_at=LATER)

        assert organisation().name == "Acme Parks"
        assert told() == [{"name": "Acme Gardens"}, {"name": "Acme Parks"}]

    def test_records_nothing_where_nothing_changes(self):
        for moment in (NOW, LATER):
            name_organisation(name="Acme", actor=ACTOR, named_at=moment)

        assert len(told()) == 1

    @pytest.mark.parametrize("name", ["", "  ", "\u200b"])
    def test_refuses_a_name_that_shows_nothing(self, name: str):
        with pytest.raises(NothingToRead):
            name_organisation(name=name, actor=ACTOR, named_at=NOW)

        assert not Organisation.objects.exists()

    @pytest.mark.parametrize("name", ["x" * (NAME_LENGTH + 1), "a\x00b"])
    def test_refuses_a_name_that_cannot_be_kept(self, name: str):
        with pytest.raises(ValidationError):
            name_organisation(name=name, actor=ACTOR, named_at=NOW)


class TestGuide:
    def test_is_put_away_and_shown_again(self):
        put_guide_away(actor=ACTOR, put_away_at=NOW)
        put_guide_away(actor=ACTOR, put_away_at=LATER)
        was_put_away = organisation().is_guide_put_away
        show_guide(actor=ACTOR, shown_at=LATER)

        assert was_put_away
        assert not organisation().is_guide_put_away
        assert told() == [{"guide": "put away"}, {"guide": "shown"}]


class TestOrganisation:
    def test_has_no_name_before_somebody_gives_it_one(self):
        assert organisation().name == ""
        assert not Organisation.objects.exists()

    def test_is_one_row(self):
        Organisation.objects.create(name="Acme")

        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.create(id=2, name="Another")
