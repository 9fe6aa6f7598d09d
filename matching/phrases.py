"""The words in which evidence is told, in the reader's language."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.types import HeldSkill, Mention, Requirement
from recruit.skills.choices import Proficiency


class TranslatedPhrases:
    """Evidence told through gettext."""

    def held(self, skill: HeldSkill) -> str:
        parts = [skill.skill]
        if skill.proficiency:
            parts.append(_proficiency(skill.proficiency))
        if skill.years is not None:
            parts.append(_years(skill.years))
        return ", ".join(parts)

    def short_of(self, requirement: Requirement, held: HeldSkill) -> str:
        minimum = requirement.minimum
        notes = []
        if minimum.proficiency_rank is not None:
            if held.proficiency_rank is None:
                notes.append(_("proficiency not recorded"))
            elif held.proficiency_rank < minimum.proficiency_rank:
                notes.append(_asked(_at_proficiency(minimum.proficiency)))
        if minimum.years is not None:
            if held.years is None:
                notes.append(_("years not recorded"))
            elif held.years < minimum.years:
                notes.append(_asked(_years(minimum.years)))
        return "; ".join(notes)

    def not_shown(self, requirement: Requirement, mention: Mention) -> str:
        minimum = requirement.minimum
        notes = []
        if minimum.proficiency_rank is not None:
            notes.append(_asked(_at_proficiency(minimum.proficiency)))
        if minimum.years is not None and (mention.years or 0.0) < minimum.years:
            notes.append(_asked(_years(minimum.years)))
        return "; ".join(notes)


def _proficiency(value: str) -> str:
    return str(Proficiency(value).label).lower()


def _at_proficiency(value: str) -> str:
    return _("%(proficiency)s proficiency") % {"proficiency": _proficiency(value)}


def _asked(what: str) -> str:
    return _("%(minimum)s asked") % {"minimum": what}


def _years(years: float) -> str:
    form = int(years) if years == int(years) else 2  # the plural of decimals
    words = ngettext("%(number)s year", "%(number)s years", form)
    return words % {"number": number_format(f"{years:g}")}
