"""What a list gives out to be sent back: signed, and bound to that list alone."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

# They say how much of a list is shown at once, and how, not what is in it.
NO_FILTERS = frozenset({"cursor", "per_page", "fields", "include"})


def plain(value: object) -> str:
    """Return a value as it stands in a cursor."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def digest_of(
    path: str, query: Mapping[str, Any], *, besides: Collection[str] = ()
) -> str:
    """Return what tells one list from another: its address, filters and order."""
    left_out = NO_FILTERS.union(besides)
    filters = {
        name: plain(value) for name, value in query.items() if name not in left_out
    }
    told = json.dumps([path, filters], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def sealed(content: Mapping[str, Any], *, name: str, bound_to: str) -> str:
    """Return content as an opaque word that only `opened` can read."""
    return signing.Signer(salt=_salt(name)).sign_object([bound_to, content])


def opened(word: str, *, name: str, bound_to: str) -> dict[str, Any]:
    """Return what was sealed under the name of a parameter for a list.

    Raise ValidationError naming the parameter where it was not, or for another list.
    """
    try:
        bound, content = signing.Signer(salt=_salt(name)).unsign_object(word)
    except signing.BadSignature as error:
        sentence = _("This was not given out by this list.")
        raise ValidationError({name: [sentence]}, code=f"bad_{name}") from error
    if bound != bound_to:
        sentence = _(
            "This belongs to a list with another address, other filters or another"
            " order. Send it with the same parameters."
        )
        raise ValidationError({name: [sentence]}, code=f"{name}_of_another_list")
    found: dict[str, Any] = content
    return found


def _salt(name: str) -> str:
    return f"recruit.api.{name}"
