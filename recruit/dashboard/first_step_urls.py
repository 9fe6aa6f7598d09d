"""Addresses of the first steps of a new installation."""

from django.urls import URLPattern, path

from recruit.dashboard.views import first_steps


def first_step_urls() -> list[URLPattern]:
    return [
        path("start/", first_steps.start, name="start"),
        path("start/company/", first_steps.company, name="start_company"),
        path("start/people/", first_steps.people, name="start_people"),
        path("start/demo/", first_steps.load_demo, name="start_demo"),
        path("start/ranking/", first_steps.ranking, name="start_ranking"),
        path("start/put-away/", first_steps.put_away, name="start_put_away"),
    ]
