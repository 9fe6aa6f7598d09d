"""The recruiter's pages as a Django app."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "recruit.dashboard"
    label = "dashboard"
