"""What a token reads, writes and asks of people only with `candidates:protected`.

Without it contacts, pay and work permits are null in bodies, the contacts in texts
about somebody are blanked, and none of them can be written or looked for.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, PermissionDenied, ValidationError

from recruit.accounts.choices import Scope
from recruit.api.access import Access
from recruit.candidates.models import Candidate
from recruit.candidates.personal import without_contacts

FIELDS = (
    "emails",
    "phones",
    "links",
    "salary_expectation",
    "salary_currency",
    "work_permit",
)
# Keys of bodies whose words somebody wrote about a person.
TEXTS = frozenset({"text", "headline", "summary", "description"})
# Shorter runs are years, and numbers of streets and standards.
LONG_NUMBER = re.compile(r"\d{6,}|\d{3}-\d{4}")


def _lacking() -> str:
    return _("The token lacks the scope %s.") % Scope.PROTECTED.value


def refuse_unless_protected(access: Access) -> None:
    """Raise PermissionDenied for a token that may not ask for contacts or pay."""
    if not access.sees_protected:
        raise PermissionDenied(_lacking(), code="missing_scope")


def refuse_contacts_in(words: str, access: Access) -> None:
    """Raise PermissionDenied where a token asks by contacts that it may not see."""
    # As they are compared with profiles: a wide @ finds what a plain one finds.
    plain = unicodedata.normalize("NFKC", words)
    words = "".join(one for one in plain if unicodedata.category(one) != "Cf")
    if without_contacts(words) != words or "@" in words or LONG_NUMBER.search(words):
        refuse_unless_protected(access)


def refuse_fields(body: Mapping[str, Any], access: Access | None) -> None:
    """Raise ValidationError naming the fields that a token may not write."""
    if access is None or access.sees_protected:
        return
    detail = ErrorDetail(_lacking(), code="missing_scope")
    if errors := {name: [detail] for name in FIELDS if name in body}:
        raise ValidationError(errors)


def shown(body: Any, access: Access | None) -> Any:
    """Return what a body says without what is protected, unless the caller sees it.

    Where nobody says who asks, nobody may see it.
    """
    if access is not None and access.sees_protected:
        return body
    return _blanked(body)


def _blanked(body: Any, key: str = "") -> Any:
    if isinstance(body, str):
        return without_contacts(body) if key in TEXTS else body
    if isinstance(body, Mapping):
        return {
            name: None if name in FIELDS else _blanked(inner, name)
            for name, inner in body.items()
        }
    if isinstance(body, Sequence):
        return [_blanked(one, key) for one in body]
    return body


def texts_kept(stated: dict[str, Any], candidate: Candidate) -> dict[str, Any]:
    """Return a body in which texts that came back as they were shown are whole again.

    Who reads a text without its contacts and sends it back would else delete them.
    """
    whole = {_spaced(without_contacts(text)): text for text in _texts_of(candidate)}

    def restored(value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return whole.get(_spaced(value), value) if key in TEXTS else value
        if isinstance(value, Mapping):
            return {name: restored(inner, name) for name, inner in value.items()}
        return [restored(one) for one in value] if isinstance(value, list) else value

    return {name: restored(value, name) for name, value in stated.items()}


def _texts_of(candidate: Candidate) -> list[str]:
    texts = [candidate.headline, candidate.summary]
    texts += [held.description for held in candidate.experience.all()]
    texts += [held.text for held in candidate.documents.all()]
    return [text for text in texts if without_contacts(text) != text]


def _spaced(text: str) -> str:
    # A blank at an end, left by what was taken out, does not come back.
    return " ".join(text.split())
