"""Django's admin app with the site of this project, and that site's own files."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RecruitAdminConfig(AdminConfig):
    default_site = "recruit.admin_site.site.RecruitAdminSite"


class AdminFilesConfig(AppConfig):
    """Where the style sheet and the script of the site are found."""

    name = "recruit.admin_site"
