"""Talent pools with their people, and saved searches."""

from django.urls import path

from recruit.api.routes import CHANGED_ROW, COLLECTION, READ_COLLECTION, Actions
from recruit.api.views.searches import FoundBySearch, SavedSearches
from recruit.api.views.talent import PoolMembers, PoolSearches, TalentPools

MEMBERS: Actions = {"get": "candidates", "post": "add"}
PUT_IN: Actions = {"put": "update", "delete": "destroy"}

routes = [
    path("v1/talent_pools", TalentPools.as_view(COLLECTION), name="talent_pools"),
    path(
        "v1/talent_pools/<uuid:pk>",
        TalentPools.as_view(CHANGED_ROW),
        name="talent_pool",
    ),
    path(
        "v1/talent_pools/<uuid:pk>/candidates",
        PoolMembers.as_view(MEMBERS),
        name="talent_pool_candidates",
    ),
    path(
        "v1/talent_pools/<uuid:pk>/candidates/take",
        PoolMembers.as_view({"post": "take"}),
        name="talent_pool_take",
    ),
    path(
        "v1/talent_pools/<uuid:pk>/searches",
        PoolSearches.as_view(READ_COLLECTION),
        name="talent_pool_searches",
    ),
    path(
        "v1/talent_pools/<uuid:pk>/searches/<uuid:search_id>",
        PoolSearches.as_view(PUT_IN),
        name="talent_pool_search",
    ),
    path("v1/saved_searches", SavedSearches.as_view(COLLECTION), name="saved_searches"),
    path(
        "v1/saved_searches/<uuid:pk>",
        SavedSearches.as_view(CHANGED_ROW),
        name="saved_search",
    ),
    path(
        "v1/saved_searches/<uuid:pk>/candidates",
        FoundBySearch.as_view({"get": "candidates"}),
        name="saved_search_candidates",
    ),
    path(
        "v1/saved_searches/<uuid:pk>/new",
        FoundBySearch.as_view({"get": "new"}),
        name="saved_search_new",
    ),
]
