"""Accounts, to be read."""

from django.urls import path

from recruit.api.routes import READ_COLLECTION, READ_ROW
from recruit.api.views.users import Users

routes = [
    path("v1/users", Users.as_view(READ_COLLECTION), name="users"),
    path("v1/users/<uuid:pk>", Users.as_view(READ_ROW), name="user"),
]
