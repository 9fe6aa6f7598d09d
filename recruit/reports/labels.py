"""How the lines of a report are worded, in the order in which they are told."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from recruit.accounts.models import User
from recruit.applications.choices import Stage
from recruit.applications.stages import stage_named
from recruit.reports.queries import Scope
from recruit.reports.values import NOBODY

Labels = dict[str, str]


def of_departments_or_jobs(scope: Scope, lines: Collection[str]) -> Labels:
    """Return departments; jobs where the scope is one department or job already."""
    if not scope.is_narrow:
        return _by_label({line: line or _("No department") for line in lines})
    jobs = scope.jobs().filter(requisition_code__in=list(lines))
    titles = jobs.values_list("requisition_code", "title")
    return {code: f"{code} {title}" for code, title in sorted(titles)}


def of_stages(_scope: Scope, lines: Collection[str]) -> Labels:
    """Return stages in the order of what they count as."""
    kinds = list(Stage)
    ordered = sorted(
        map(stage_named, lines),
        key=lambda one: (kinds.index(one.kind), one.label, one.code),
    )
    return {one.code: one.label for one in ordered}


def of_sources(_scope: Scope, lines: Collection[str]) -> Labels:
    return _by_label({line: line or _("Not stated") for line in lines})


def of_recruiters(_scope: Scope, lines: Collection[str]) -> Labels:
    """Return the names of accounts; of one that is gone, that it is."""
    users = User.objects.values_list("pk", "name")
    names = {str(pk): name for pk, name in users if str(pk) in lines}
    labels = {line: names.get(line, _("Account removed")) for line in lines}
    if NOBODY in labels:
        labels[NOBODY] = _("No recruiter named")
    return _by_label(labels)


def _by_label(labels: Labels) -> Labels:
    # The line of nobody comes last.
    in_order = sorted(
        labels.items(), key=lambda item: (not item[0], item[1].casefold(), item[0])
    )
    return dict(in_order)
