"""Tokens of other systems, for administrators: made, rotated, revoked.

A secret stands in the answer to the form that made it and nowhere else: in no address,
no log and no cache.
"""

from datetime import datetime
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
from django.views.decorators.http import require_http_methods, require_safe

from recruit.accounts.choices import TokenState
from recruit.accounts.models import ApiToken, RetiredSecret
from recruit.accounts.operations import (
    TokenEnded,
    TokenExists,
    TokenRotated,
    end_retired_secrets,
    issue_token,
    revoke_token,
    rotate_token,
)
from recruit.common.refusals import Refused
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.tokens import RotateForm, TokenForm
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import administering_only
from recruit.dashboard.secrets_shown import Way, shown_already


@require_safe
@administering_only
def tokens(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    alive = RetiredSecret.objects.filter(ends_at__gt=now).order_by("ends_at")
    rows = ApiToken.objects.select_related("user").prefetch_related(
        Prefetch("retired_secrets", alive)
    )
    page = page_of(rows.newest_first(), request)
    states = {token.pk: token.state_at(now) for token in page}
    context = {"page": page, "states": states, "valid": TokenState.VALID}
    return render(request, "dashboard/tokens.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administering_only
@sensitive_variables("secret")
def create(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=422)
    now = timezone.now()
    try:
        token, secret = issue_token(
            user=form.cleaned_data["user"],
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            created_at=now,
            expires_at=form.expires_at(now),
            token_id=form.cleaned_data["new_id"],
        )
    except TokenExists as refused:
        return _shown_already(request, form.cleaned_data["new_id"], refused)
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, form, status=422)
    return _issued(request, token, secret)


def _form(request: HttpRequest, form: TokenForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form}
    return render(request, "dashboard/token_form.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administering_only
@sensitive_variables("secret")
def rotate(request: HttpRequest, token_id: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.select_related("user"), pk=token_id)
    seen = {"seen": token.prefix}
    form = RotateForm(request.POST if request.method == "POST" else None, initial=seen)
    context = {"form": form, "token": token}
    if request.method != "POST":
        return render(request, "dashboard/token_rotate.html", context)
    if not form.is_valid():
        return render(request, "dashboard/token_rotate.html", context, status=422)
    now = timezone.now()
    try:
        token, secret = rotate_token(
            token_id=token.pk,
            rotated_at=now,
            overlap=form.overlap_time(),
            expires_at=form.expires_at(now),
            expected_prefix=form.cleaned_data["seen"],
        )
    except TokenRotated as refused:
        return _shown_already(request, token.pk, refused)
    except TokenEnded as ended:
        messages.error(request, str(ended))
        return redirect("dashboard:tokens")
    until = now + form.overlap_time() if form.overlap_time() else None
    return _issued(request, token, secret, old_until=until)


def _issued(
    request: HttpRequest,
    token: ApiToken,
    secret: str,
    *,
    old_until: datetime | None = None,
) -> HttpResponse:
    context = {
        "token": token,
        "secret": secret,
        "sent_as": "Authorization: Bearer …",
        "old_until": old_until,
    }
    answer = render(request, "dashboard/token_issued.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown_already(
    request: HttpRequest, token_id: UUID, refused: Refused
) -> HttpResponse:
    rotating = reverse("dashboard:token_rotate", args=[token_id])
    return shown_already(
        request,
        refused,
        to=Way(reverse("dashboard:tokens"), _("All tokens")),
        otherwise=Way(rotating, _("Make another secret for it")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administering_only
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.select_related("user"), pk=token_id)
    if request.method != "POST":
        return render(request, "dashboard/token_revoke.html", {"token": token})
    if "old" in request.POST:
        end_retired_secrets(token_id=token.pk)
        messages.success(request, _("The old secrets of %s have ended.") % token.name)
    else:
        revoke_token(token_id=token.pk, revoked_at=timezone.now())
        messages.success(request, _("%s is revoked.") % token.name)
    return redirect("dashboard:tokens")
