"""Taking somebody out of a pipeline who should not have been put there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.models import Application
from recruit.common.refusals import StaleVersion
from recruit.events.choices import Happened
from recruit.events.operations import record


@transaction.atomic
def take_out(
    *,
    application_id: UUID,
    actor: Actor,
    taken_out_at: datetime,
    expected_version: int,
) -> None:
    """Delete an application as if it had not been made; the event log keeps it.

    For whoever takes back the step that made it: the person returns to the sourcing
    pool. Raise StaleVersion if it was moved since.
    """
    application = Application.objects.select_for_update(of=("self",)).get(
        pk=application_id
    )
    if application.version != expected_version:
        raise StaleVersion(
            _("Somebody else moved this person meanwhile; now: %s.")
            % application.standing
        )
    job_id, candidate_id = application.job_id, application.candidate_id
    application.delete()
    record(
        Happened.TAKEN_OUT,
        actor=actor,
        happened_at=taken_out_at,
        job_ids=[job_id],
        candidate_ids=[candidate_id],
        application_id=application_id,
    )
