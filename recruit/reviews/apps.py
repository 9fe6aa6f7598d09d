"""The reviews app: how people screen candidates and what they say of a shortlist."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "recruit.reviews"
    verbose_name = _("Screening and reviews")
