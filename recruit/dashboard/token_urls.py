"""Addresses of tokens."""

from django.urls import URLPattern, path

from recruit.dashboard.views import tokens


def token_urls() -> list[URLPattern]:
    return [
        path("tokens/", tokens.tokens, name="tokens"),
        path("tokens/new/", tokens.create, name="token_new"),
        path("tokens/<uuid:token_id>/rotate/", tokens.rotate, name="token_rotate"),
        path("tokens/<uuid:token_id>/revoke/", tokens.revoke, name="token_revoke"),
    ]
