"""The reviews app: how people screen candidates and what they say of a shortlist."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "recruit.reviews"
    verbose_name = _("Screening and reviews")

    def ready(self) -> None:
        from recruit.candidates.erasure import erase_with  # noqa: PLC0415  has models
        from recruit.reviews.answering import forget_candidate  # noqa: PLC0415  the same

        erase_with(forget_candidate)
