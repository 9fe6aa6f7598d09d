"""The notes app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotesConfig(AppConfig):
    name = "recruit.notes"
    verbose_name = _("Notes and tags")

    def ready(self) -> None:
        from recruit.candidates.erasure import erase_with  # noqa: PLC0415  has models
        from recruit.notes.operations import forget_candidate  # noqa: PLC0415  the same

        erase_with(forget_candidate)
