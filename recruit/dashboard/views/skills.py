"""Suggestions while a skill is typed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from recruit.skills.models import Skill
from recruit.skills.names import SKILL_LENGTH, skill_key

SUGGESTED = 10


@require_safe
@login_required
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the names of skills that begin with the words."""
    words = request.GET.get("q", "").replace("\x00", "")[:SKILL_LENGTH]
    if not skill_key(words):
        return JsonResponse({"skills": []})
    skills = Skill.objects.suggested_by(words)[:SUGGESTED]
    return JsonResponse({"skills": [skill.name for skill in skills]})
