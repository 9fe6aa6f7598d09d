"""How suggestions, versions and previews of criteria are worded."""

from django import template
from django.utils.translation import gettext as _

from matching.criteria.preview import Moved
from matching.criteria.suggestions import Ground, Suggestion
from recruit.dashboard.templatetags.evidence import asks
from recruit.jobs.criteria import requirements_of_version
from recruit.jobs.models import CriteriaVersion

register = template.Library()


@register.filter
def ground(suggestion: Suggestion) -> str:
    """Say why a skill is proposed."""
    told = ", ".join(suggestion.told)
    words = {
        Ground.TEXT: _("The text says: %s"),
        Ground.SIMILAR_JOBS: _("Similar jobs ask for it: %s"),
        Ground.NEAR_SKILL: _("Near in meaning to: %s"),
    }
    return words[suggestion.ground] % told


@register.filter
def criteria_line(version: CriteriaVersion) -> str:
    """List what a version required, with its minimums."""
    stated = requirements_of_version(version)
    if not stated:
        return _("no criteria")
    return ", ".join(f"{one.skill} ({asks(one)})" for one in stated)


@register.filter
def movement(moved: Moved) -> str:
    """Say where somebody stood before."""
    if moved.rank_now is None:
        return _("new here")
    if moved.rank == moved.rank_now:
        return _("as now")
    return _("was %d") % moved.rank_now
