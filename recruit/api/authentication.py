"""Tokens of other systems: `Authorization: Bearer TOKEN`."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from recruit.accounts.addresses import client_address
from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import note_token_use, token_digest

LONGEST_TOKEN = 200


class BearerAuthentication(BaseAuthentication):
    """Sign in the account of a valid token; `request.auth` is the token."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = timezone.now()
        token = self._valid_token(secret.strip(), now)
        if token is None:
            raise AuthenticationFailed(_("The token is unknown, expired or revoked."))
        note_token_use(token=token, used_at=now, used_from=client_address(request))
        return token.user, token

    def _valid_token(self, secret: str, moment: datetime) -> ApiToken | None:
        if not secret or len(secret) > LONGEST_TOKEN:
            return None
        tokens = ApiToken.objects.valid_at(moment).select_related("user")
        return tokens.of_digest(token_digest(secret), moment)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'
