"""Webhooks: the list, one with its deliveries, what is done with one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused, StaleVersion
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.talent import VersionForm
from recruit.dashboard.forms.webhooks import (
    NewWebhookForm,
    RotateSecretForm,
    WebhookForm,
)
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import administering_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.dashboard.secrets_shown import Way, shown_already
from recruit.webhooks import operations
from recruit.webhooks.choices import DisabledFor
from recruit.webhooks.models import Attempt, Delivery, Webhook


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administering_only
@sensitive_variables("made")
def webhooks(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _listed(request, NewWebhookForm())
    form = NewWebhookForm(request.POST)
    if not form.is_valid():
        return _listed(request, form, status=422)
    viewer = viewer_of(request)
    try:
        made = operations.create_webhook(
            owner=viewer,
            stated=form.stated(),
            actor=Actor.of(viewer),
            created_at=timezone.now(),
            webhook_id=form.cleaned_data["new_id"],
        )
    except operations.WebhookExists as refused:
        return _shown_already(request, form.cleaned_data["new_id"], refused)
    except (ValidationError, Refused) as error:
        add_errors(form, error)
        return _listed(request, form, status=422)
    return _secret(request, made)


def _listed(
    request: HttpRequest, form: NewWebhookForm, *, status: int = 200
) -> HttpResponse:
    page = page_of(Webhook.objects.by_name(), request)
    context = {"form": form, "page": page}
    return render(request, "dashboard/webhooks.html", context, status=status)


@never_cache
@require_safe
@administering_only
def webhook(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    return _shown(request, _found(webhook_id))


def _secret(request: HttpRequest, made: operations.WithSecret) -> HttpResponse:
    """Show a new secret; it stands in this answer alone."""
    context = {
        "webhook": made.webhook,
        "secret": made.secret,
        "rotates": _rotates(made.webhook),
    }
    return render(request, "dashboard/webhook_secret.html", context)


def _rotates(webhook: Webhook) -> bool:
    return len(webhook.sealed_secrets(timezone.now())) > 1


def _shown_already(
    request: HttpRequest, webhook_id: UUID, refused: Refused
) -> HttpResponse:
    here = reverse("dashboard:webhook", args=[webhook_id])
    return shown_already(
        request,
        refused,
        to=Way(here, _("Go to the webhook")),
        otherwise=Way(reverse("dashboard:webhooks"), _("All webhooks")),
    )


def _found(webhook_id: UUID) -> Webhook:
    webhooks = Webhook.objects.select_related("owner")
    return get_object_or_404(webhooks, pk=webhook_id)


def _shown(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    tries = Attempt.objects.order_by("-started_at", "-id")
    deliveries = webhook.deliveries.prefetch_related(Prefetch("attempts", tries))
    context = {
        "webhook": webhook,
        "rotating": RotateSecretForm(initial={"seen": webhook.secret_mark}),
        "rotates": _rotates(webhook),
        "page": page_of(deliveries.newest_first(), request),
    }
    return render(request, "dashboard/webhook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administering_only
def edit_webhook(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    webhook, viewer = _found(webhook_id), viewer_of(request)
    if request.method != "POST":
        return _form(request, webhook, WebhookForm.of(webhook))
    form = WebhookForm(request.POST)
    if not form.is_valid():
        return _form(request, webhook, form, status=422)
    try:
        operations.change_webhook(
            webhook_id=webhook.pk,
            stated=form.stated(),
            changed_by=viewer,
            actor=Actor.of(viewer),
            changed_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except StaleVersion as stale:
        newest = _found(webhook_id)
        return _form(request, newest, form.over(newest, stale), status=409)
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, webhook, form, status=422)
    messages.success(request, _("“%s” is saved.") % form.cleaned_data["name"])
    return redirect("dashboard:webhook", webhook.pk)


def _form(
    request: HttpRequest, webhook: Webhook, form: WebhookForm, *, status: int = 200
) -> HttpResponse:
    context = {"webhook": webhook, "form": form}
    return render(request, "dashboard/webhook_form.html", context, status=status)


@require_POST
@administering_only
def delete_webhook(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    webhook, form = _found(webhook_id), VersionForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        operations.delete_webhook(
            webhook_id=webhook.pk,
            actor=Actor.of(viewer_of(request)),
            deleted_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("dashboard:webhook_edit", webhook.pk)
    messages.success(request, _("The webhook “%s” is deleted.") % webhook)
    return redirect("dashboard:webhooks")


@never_cache
@require_POST
@administering_only
@sensitive_variables("made")
def rotate_secret(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    webhook, form = _found(webhook_id), RotateSecretForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        made = operations.rotate_secret(
            webhook_id=webhook.pk,
            actor=Actor.of(viewer_of(request)),
            rotated_at=timezone.now(),
            expected_mark=form.cleaned_data["seen"],
        )
    except operations.WebhookRotated as refused:
        return _shown_already(request, webhook.pk, refused)
    return _secret(request, made)


@require_POST
@administering_only
def enable_webhook(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    enabled = operations.enable_webhook(
        webhook_id=_found(webhook_id).pk,
        actor=Actor.of(viewer_of(request)),
        enabled_at=timezone.now(),
    )
    messages.success(request, _("“%s” is sent messages again.") % enabled)
    return redirect("dashboard:webhook", webhook_id)


@require_POST
@administering_only
def disable_webhook(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    disabled = operations.disable_webhook(
        webhook_id=_found(webhook_id).pk,
        reason=DisabledFor.BY_HAND,
        actor=Actor.of(viewer_of(request)),
        disabled_at=timezone.now(),
    )
    messages.success(request, _("“%s” is sent nothing for now.") % disabled)
    return redirect("dashboard:webhook", webhook_id)


@require_POST
@administering_only
def ping(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    try:
        operations.ping(webhook_id=_found(webhook_id).pk, pinged_at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A ping is on its way. Reload to see the answer."))
    return redirect("dashboard:webhook", webhook_id)


@require_POST
@administering_only
def redeliver(
    request: HttpRequest, webhook_id: UUID, delivery_id: UUID
) -> HttpResponse:
    mine = Delivery.objects.filter(webhook=webhook_id)
    delivery = get_object_or_404(mine, pk=delivery_id)
    try:
        operations.redeliver(delivery_id=delivery.pk, asked_at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The message is on its way once more."))
    return redirect("dashboard:webhook", webhook_id)
