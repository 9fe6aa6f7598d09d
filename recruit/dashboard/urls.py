"""Addresses of the recruiter's pages."""

from django.urls import path, register_converter

from recruit.dashboard.converters import RequisitionCode
from recruit.dashboard.first_step_urls import first_step_urls
from recruit.dashboard.note_urls import note_urls
from recruit.dashboard.report_urls import report_urls
from recruit.dashboard.screening_urls import screening_urls
from recruit.dashboard.token_urls import token_urls
from recruit.dashboard.views import (
    bulk_moves,
    candidate_pages,
    candidate_reading,
    criteria,
    demo,
    documents,
    gather,
    home,
    imports,
    job_matches,
    job_pages,
    job_text,
    moves,
    names,
    pipeline,
    pool_map,
    pool_searches,
    rediscovery,
    saved_searches,
    skills,
    talent,
    why,
)
from recruit.dashboard.webhook_urls import webhook_urls

register_converter(RequisitionCode, "code")

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("waiting/", home.waiting, name="waiting"),
    path("jobs/", job_pages.jobs, name="jobs"),
    path("jobs/new/", job_pages.new_job, name="job_new"),
    path("jobs/new/text/", job_text.new_job_from_text, name="job_new_text"),
    path("jobs/<code:code>/", job_matches.job_matches, name="job"),
    path(
        "jobs/<code:code>/candidates/<uuid:candidate_id>/",
        why.why,
        name="why",
    ),
    path("jobs/<code:code>/criteria/", criteria.criteria, name="criteria"),
    path(
        "jobs/<code:code>/criteria/take/", criteria.take_criteria, name="criteria_take"
    ),
    path("jobs/<code:code>/edit/", job_pages.edit_job, name="job_edit"),
    path("jobs/<code:code>/status/", job_pages.set_status, name="job_status"),
    path("jobs/<code:code>/names/", names.names, name="names"),
    path("jobs/<code:code>/met-before/", rediscovery.met_before, name="met_before"),
    path("jobs/<code:code>/pipeline/", pipeline.pipeline, name="pipeline"),
    path("jobs/<code:code>/pipeline/moves/", bulk_moves.move_people, name="move"),
    path("jobs/<code:code>/pipeline/undo/", bulk_moves.undo_batch, name="undo_batch"),
    path("jobs/<code:code>/pipeline/stages/", bulk_moves.set_stages, name="stages"),
    path("jobs/<code:code>/applications/", moves.apply_candidates, name="apply"),
    path("applications/<uuid:application_id>/moves/", moves.moves, name="moves"),
    path("applications/<uuid:application_id>/advance/", moves.advance, name="advance"),
    path("applications/<uuid:application_id>/reject/", moves.reject, name="reject"),
    path(
        "applications/<uuid:application_id>/withdraw/", moves.withdraw, name="withdraw"
    ),
    path("applications/<uuid:application_id>/hire/", moves.hire, name="hire"),
    path("applications/<uuid:application_id>/undo/", moves.undo, name="undo"),
    path("candidates/", candidate_reading.candidates, name="candidates"),
    path("candidates/new/", candidate_pages.new_candidate, name="candidate_new"),
    path(
        "candidates/<uuid:candidate_id>/",
        candidate_reading.candidate,
        name="candidate",
    ),
    path(
        "candidates/<uuid:candidate_id>/edit/",
        candidate_pages.edit_candidate,
        name="candidate_edit",
    ),
    path(
        "candidates/<uuid:candidate_id>/similar/",
        candidate_reading.similar,
        name="candidate_similar",
    ),
    path(
        "candidates/<uuid:candidate_id>/documents/<uuid:document_id>/",
        documents.document_file,
        name="document_file",
    ),
    path("imports/", imports.imports, name="imports"),
    path("demo/remove/", demo.remove, name="demo_remove"),
    path("imports/<uuid:upload_id>/", imports.import_file, name="import"),
    path("imports/<uuid:upload_id>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:upload_id>/run/", imports.run, name="import_run"),
    path("imports/<uuid:upload_id>/stop/", imports.stop, name="import_stop"),
    path("imports/<uuid:upload_id>/resume/", imports.go_on, name="import_resume"),
    path("imports/<uuid:upload_id>/remove/", imports.remove, name="import_remove"),
    path(
        "imports/<uuid:upload_id>/rejected.csv",
        imports.rejected_rows,
        name="import_rejected",
    ),
    path("talent/", talent.talent, name="talent"),
    path("talent/add/", gather.gather, name="gather"),
    path("talent/<uuid:pool_id>/", talent.talent_pool, name="talent_pool"),
    path("talent/<uuid:pool_id>/edit/", talent.edit_pool, name="talent_pool_edit"),
    path(
        "talent/<uuid:pool_id>/delete/", talent.delete_pool, name="talent_pool_delete"
    ),
    path("talent/<uuid:pool_id>/take/", talent.take_from_pool, name="talent_pool_take"),
    path(
        "talent/<uuid:pool_id>/searches/",
        pool_searches.put_search,
        name="talent_pool_search",
    ),
    path(
        "talent/<uuid:pool_id>/searches/take/",
        pool_searches.take_search,
        name="talent_pool_search_take",
    ),
    path("searches/", saved_searches.save, name="search_save"),
    path("searches/<uuid:search_id>/", saved_searches.open_search, name="search"),
    path(
        "searches/<uuid:search_id>/new/",
        saved_searches.new_in_search,
        name="search_new",
    ),
    path(
        "searches/<uuid:search_id>/edit/",
        saved_searches.edit_search,
        name="search_edit",
    ),
    path(
        "searches/<uuid:search_id>/delete/",
        saved_searches.delete_search,
        name="search_delete",
    ),
    path("skills/suggest/", skills.suggest, name="skill_suggest"),
    *first_step_urls(),
    *report_urls(),
    *note_urls(),
    *token_urls(),
    path("map/", pool_map.show, name="pool_map"),
    path("map/make/", pool_map.make, name="pool_map_make"),
    path("map/<int:number>/", pool_map.group, name="pool_group"),
    *screening_urls(),
    *webhook_urls(),
]
