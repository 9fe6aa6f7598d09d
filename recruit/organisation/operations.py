"""Every write to the organisation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused
from recruit.common.text import shows
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.organisation.models import THE_ONE, Organisation


class NothingToRead(Refused):
    """A name of which nothing can be seen."""


@transaction.atomic
def name_organisation(*, name: str, actor: Actor, named_at: datetime) -> Organisation:
    """Say whose platform this is. Raise NothingToRead, ValidationError."""
    if not shows(name):
        raise NothingToRead(_("Nothing of the name can be seen."))
    named = _locked()
    before, named.name = named.name, " ".join(name.split())
    named.full_clean(validate_unique=False)
    if named.name != before:
        named.save(update_fields=["name"])
        _record(actor, named_at, {"name": named.name})
    return named


@transaction.atomic
def put_guide_away(*, actor: Actor, put_away_at: datetime) -> None:
    """Show the first steps on nobody's home page any more."""
    chosen = _locked()
    if not chosen.is_guide_put_away:
        chosen.guide_put_away_at = put_away_at
        chosen.save(update_fields=["guide_put_away_at"])
        _record(actor, put_away_at, {"guide": "put away"})


@transaction.atomic
def show_guide(*, actor: Actor, shown_at: datetime) -> None:
    """Show the first steps on the home page again, while some are left."""
    chosen = _locked()
    if chosen.is_guide_put_away:
        chosen.guide_put_away_at = None
        chosen.save(update_fields=["guide_put_away_at"])
        _record(actor, shown_at, {"guide": "shown"})


def _locked() -> Organisation:
    Organisation.objects.bulk_create([Organisation()], ignore_conflicts=True)
    return Organisation.objects.select_for_update().get(pk=THE_ONE)


def _record(actor: Actor, happened_at: datetime, details: dict[str, object]) -> None:
    record(
        Happened.ORGANISATION_CHANGED,
        actor=actor,
        happened_at=happened_at,
        details=details,
    )
