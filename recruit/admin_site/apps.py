"""Django's admin app with the site of this project, and that site's own files."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from recruit.admin_site.column_names import translate_column_names


class RecruitAdminConfig(AdminConfig):
    default_site = "recruit.admin_site.site.RecruitAdminSite"

    def ready(self) -> None:
        """Name the columns before the forms of the site are made of them."""
        translate_column_names()
        super().ready()


class AdminFilesConfig(AppConfig):
    """Where the style sheet and the script of the site are found."""

    name = "recruit.admin_site"
