"""Tokens of other systems: `Authorization: Bearer TOKEN`."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import (
    AuthenticationFailed,
    PermissionDenied,
    ValidationError,
)
from rest_framework.request import Request

from recruit.accounts.actors import Actor
from recruit.accounts.addresses import client_address
from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import note_token_use, token_digest
from recruit.audit.context import signed_in_as

LONGEST_TOKEN = 200
LONGEST_NAME = 254  # of an e-mail address
ON_BEHALF_OF = "On-Behalf-Of"


class BearerAuthentication(BaseAuthentication):
    """Sign in the account of a valid token; `request.auth` is the token.

    Where the token names somebody by On-Behalf-Of, `request.user` is that user.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            _refuse_name(request)
            return None
        now = timezone.now()
        token = self._valid_token(secret.strip(), now)
        if token is None:
            raise AuthenticationFailed(_("The token is unknown, expired or revoked."))
        note_token_use(token=token, used_at=now, used_from=client_address(request))
        token.on_behalf_of = _named_user(request, token)
        signed_in_as(Actor.of_token(token, token.on_behalf_of))
        return token.on_behalf_of or token.user, token

    def _valid_token(self, secret: str, moment: datetime) -> ApiToken | None:
        if not secret or len(secret) > LONGEST_TOKEN:
            return None
        tokens = ApiToken.objects.valid_at(moment).select_related("user")
        return tokens.of_digest(token_digest(secret), moment)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def _refuse_name(request: Request) -> None:
    """Raise ValidationError where a session names whom it acts for."""
    session_user = getattr(request._request, "user", None)
    if session_user is None or not session_user.is_authenticated:
        return  # a 401 comes of it
    if ON_BEHALF_OF in request.headers:
        sentence = _("Only a token acts on behalf of somebody.")
        raise ValidationError({ON_BEHALF_OF: [sentence]}, "needs_token")


def _named_user(request: Request, token: ApiToken) -> User | None:
    """Return whom the request names. Raise ValidationError or PermissionDenied."""
    if ON_BEHALF_OF not in request.headers:
        return None
    words = request.headers[ON_BEHALF_OF].strip()
    user = None
    if words and len(words) <= LONGEST_NAME and "\x00" not in words:
        user = User.objects.named(words)
    if user != token.user and not token.user.is_recruiting:
        # What two hiring managers both may see is nothing. Said of everybody, there
        # or not: whose address has an account is not for them to find out.
        raise PermissionDenied(
            _("A hiring manager's token acts on behalf of nobody else."),
            code="on_behalf_of_denied",
        )
    if user is None:
        sentence = _("No active account has this id or e-mail address.")
        raise ValidationError({ON_BEHALF_OF: [sentence]}, "unknown_user")
    return user
