"""The audit log as it is read; only the triggers of the database write it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit.accounts.choices import ActorKind
from recruit.audit.choices import Action, Way
from recruit.audit.querysets import EntryQuerySet


class Entry(models.Model):
    """One row that was written: by whom, from where, before and after."""

    id = models.UUIDField(primary_key=True, editable=False)
    happened_at = models.DateTimeField(_("moment"))
    action = models.CharField(_("action"), max_length=10, choices=Action)
    object_type = models.CharField(_("object"), max_length=60)
    object_id = models.CharField(_("id"), max_length=60)
    part = models.CharField(_("part"), max_length=60, blank=True)
    part_id = models.CharField(_("id of the part"), max_length=60, blank=True)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    # Columns that changed, of which the log does not say to what.
    withheld = ArrayField(models.CharField(max_length=60), verbose_name=_("not kept"))
    via = models.CharField(_("by way of"), max_length=10, choices=Way)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=300)
    on_behalf_of_id = models.UUIDField(_("on behalf of"), null=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    request_id = models.CharField(_("request"), max_length=128, null=True)  # noqa: DJ001

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        # Made by hand: emptying all tables, as tests do, must leave it alone.
        managed = False
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.object_type} {self.object_id}"
