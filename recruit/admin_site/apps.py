"""Django's admin app, with the site of this project."""

from django.contrib.admin.apps import AdminConfig


class RecruitAdminConfig(AdminConfig):
    default_site = "recruit.admin_site.site.RecruitAdminSite"
