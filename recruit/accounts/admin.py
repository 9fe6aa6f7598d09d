"""Admin pages of accounts and tokens."""

from collections.abc import Mapping
from typing import Any, cast

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import ApiToken, RetiredSecret, User
from recruit.accounts.operations import (
    TokenExists,
    create_user,
    deactivate_users,
    issue_token,
    lock_administrators,
    revoke_tokens,
    set_password,
    update_user,
)
from recruit.accounts.scope_forms import ScopesForm
from recruit.common.admin.base import OperationAdmin, Parts, ReadOnlyInline
from recruit.common.admin.forms import OperationForm
from recruit.common.once import NewId
from recruit.common.refusals import Refused

TOKEN_SECRET = "recruit.token_secret"  # noqa: S105  the name of a place, no secret

# Rights follow from the role; groups would only suggest otherwise. An account has one
# address, its own; a second one would open it as well.
admin.site.unregister([Group, EmailAddress])


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in; the admin site lets nobody else in."""
    return cast(User, request.user)


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a write in the admin site."""
    return Actor.of(signed_in(request))


class UserForm(OperationForm):
    password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Leave it empty to keep the present one. A new account without one is "
            "opened by “Forgot your password?”."
        ),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            about = User(
                email=self.cleaned_data.get("email", ""),
                name=self.cleaned_data.get("name", ""),
            )
            validate_password(password, about)
        return password


class TokenInline(ReadOnlyInline):
    model = ApiToken
    fields = ["name", "prefix", "scopes", "expires_at", "last_used_at", "revoked_at"]
    show_change_link = True


@admin.register(User)
class UserAdmin(OperationAdmin[User]):
    form = UserForm
    fields = ["email", "name", "role", "is_active", "password"]
    list_display = ["name", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["name", "email"]
    ordering = ["name", "id"]
    inlines = [TokenInline]
    actions = ["deactivate_selected", "export_selected"]
    csv_columns = {
        "email": "email",
        "name": "name",
        "role": "role",
        "may_sign_in": "is_active",
        "last_login": "last_login",
    }

    def lock(self, row: User) -> User | None:
        # Administrators first, as the operations do, so that nobody waits in a ring.
        lock_administrators()
        return super().lock(row)

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> User:
        user = create_user(
            email=stated["email"],
            name=stated["name"],
            role=Role(stated["role"]),
            password=stated["password"] or None,
        )
        if not stated["is_active"]:
            deactivate_users(user_ids=[user.pk], ended_at=timezone.now())
            user.is_active = False
        return user

    def update(
        self, request: HttpRequest, row: User, stated: Mapping[str, Any], parts: Parts
    ) -> None:
        update_user(
            user_id=row.pk,
            email=stated["email"],
            name=stated["name"],
            role=Role(stated["role"]),
            is_active=stated["is_active"],
            changed_at=timezone.now(),
        )
        if stated["password"]:
            user = set_password(user_id=row.pk, password=stated["password"])
            if user == request.user:
                # Everybody else's sessions of this account end; this one goes on.
                update_session_auth_hash(request, user)

    @admin.action(description=_("Deactivate selected users"))
    def deactivate_selected(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        count = deactivate_users(user_ids=ids, ended_at=timezone.now())
        self.message_user(
            request,
            ngettext("%d account deactivated.", "%d accounts deactivated.", count)
            % count,
        )


class TokenForm(ScopesForm, OperationForm):
    """A new token; sent twice it is one token."""

    new_id = NewId()


class RetiredSecretInline(ReadOnlyInline):
    model = RetiredSecret
    fields = ["prefix", "ends_at"]


@admin.register(ApiToken)
class ApiTokenAdmin(OperationAdmin[ApiToken]):
    """Tokens are issued and revoked here, and rotated on the dashboard's page."""

    form = TokenForm
    list_display = [
        "name",
        "user",
        "prefix",
        "scopes",
        "created_at",
        "expires_at",
        "last_used_at",
        "last_used_from",
        "revoked_at",
    ]
    list_filter = [
        ("revoked_at", admin.EmptyFieldListFilter),
        "created_at",
        "expires_at",
    ]
    list_select_related = ["user"]
    search_fields = ["name", "prefix", "user__name", "user__email"]
    autocomplete_fields = ["user"]
    inlines = [RetiredSecretInline]
    ordering = ["-created_at", "-id"]
    actions = ["revoke_selected", "export_selected"]
    csv_columns = {
        "name": "name",
        "prefix": "prefix",
        "user": "user__email",
        "scopes": "scopes",
        "created_at": "created_at",
        "expires_at": "expires_at",
        "last_used_at": "last_used_at",
        "last_used_from": "last_used_from",
        "revoked_at": "revoked_at",
    }

    def get_inlines(self, request: HttpRequest, obj: ApiToken | None) -> Any:
        return [] if obj is None else self.inlines

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        if obj is None:
            return ["user", "name", "all_scopes", "scopes", "expires_at"]
        kept = ["prefix", "created_at", "last_used_at", "last_used_from"]
        return ["user", "name", "scopes", "expires_at", *kept, "revoked_at"]

    def has_change_permission(
        self, request: HttpRequest, obj: ApiToken | None = None
    ) -> bool:
        return False

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> ApiToken:
        token, secret = issue_token(
            user=stated["user"],
            name=stated["name"],
            scopes=stated["scopes"],
            created_at=timezone.now(),
            expires_at=stated["expires_at"],
            token_id=stated["new_id"],
        )
        request.META[TOKEN_SECRET] = secret
        return token

    def response_add(
        self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the secret on this answer alone; it is kept nowhere."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The token was issued"),
            "opts": self.opts,
            "token": obj,
            "secret": request.META.pop(TOKEN_SECRET),
        }
        template = "admin/accounts/apitoken/issued.html"
        headers = {"Cache-Control": "no-store"}
        return TemplateResponse(request, template, context, headers=headers)

    def page_instead(
        self, request: HttpRequest, refusal: Refused | ValidationError
    ) -> HttpResponse | None:
        if not isinstance(refusal, TokenExists):
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": str(refusal),
            "opts": self.opts,
        }
        template = "admin/accounts/apitoken/shown_already.html"
        return TemplateResponse(request, template, context, status=409)

    @admin.action(description=_("Revoke selected tokens"))
    def revoke_selected(
        self, request: HttpRequest, queryset: QuerySet[ApiToken]
    ) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        count = revoke_tokens(token_ids=ids, revoked_at=timezone.now())
        self.message_user(
            request,
            ngettext("%d token revoked.", "%d tokens revoked.", count) % count,
        )
