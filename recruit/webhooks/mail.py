"""The mail about a webhook that was disabled."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from recruit.accounts.models import User
from recruit.webhooks.models import Webhook


def tell_of_disabled(*, webhook_id: UUID) -> None:
    """Mail the owner and the administrators that a webhook is sent nothing any more.

    Nobody is told of one that was enabled again or deleted meanwhile.
    """
    webhook = Webhook.objects.select_related("owner").filter(pk=webhook_id).first()
    if webhook is None or webhook.is_enabled:
        return
    told = {one.email for one in User.objects.active_administrators()}
    if webhook.owner.is_active:
        told.add(webhook.owner.email)
    subject = _("The webhook “%s” is disabled") % webhook.name
    for email in sorted(told):
        send_mail(" ".join(subject.split()), _text(webhook), None, [email])


def _text(webhook: Webhook) -> str:
    return _(
        "%(reason)s, so nothing is sent to %(url)s any more.\n\n"
        "What happens meanwhile is not kept for it: read it from /api/v1/events when"
        " the receiver works again, and enable the webhook on its page:\n"
        "%(page)s\n"
    ) % {
        "reason": webhook.get_disabled_for_display(),
        "url": webhook.url,
        "page": _page_of(webhook),
    }


def _page_of(webhook: Webhook) -> str:
    """Return where its page is; without the host where nobody has named it."""
    path = reverse("dashboard:webhook", args=[webhook.pk])
    return f"{settings.ORIGIN.rstrip('/')}{path}"
