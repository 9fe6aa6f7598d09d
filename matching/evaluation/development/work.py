"""Kinds `description` and `skills`: from a description to its skills, and back."""

from collections.abc import Iterable

from matching.evaluation.development.drafts import Draft, picked
from matching.evaluation.development.material import (
    Material,
    esco_summary,
    onet_skills,
    onet_summary,
)
from matching.training.splits import is_held_out

# Descriptions of other occupations among which those of ICT are to be found.
DISTRACTORS = 300
ACTIVITIES = 1800


def roles_to_skills(material: Material) -> Draft:
    """A held-out role's description to the skills it asks for, among all roles'."""
    draft = Draft("description-roles")
    for role in material.roles:
        held_out = is_held_out(role.group)
        draft.add_document(role.skills, held_out=held_out)
        if held_out:
            draft.add_query(
                role.description, {role.skills: 1}, source="roles", group=role.group
            )
    return draft


def skills_to_roles(material: Material) -> Draft:
    """The skills of a held-out role to its description, among all roles'."""
    draft = Draft("skills-roles")
    for role in material.roles:
        held_out = is_held_out(role.group)
        draft.add_document(role.description, held_out=held_out)
        if held_out:
            draft.add_query(
                role.skills, {role.description: 1}, source="roles", group=role.group
            )
    return draft


def onet_to_skills(material: Material) -> Draft:
    """A held-out O*NET description to its technologies and activities in one text."""
    draft = Draft("description-onet")
    for one in material.onet:
        held_out = is_held_out(one.group)
        draft.add_document(onet_skills(one), held_out=held_out)
        if held_out:
            draft.add_query(
                one.description, {onet_skills(one): 1}, source="onet", group=one.group
            )
    return draft


def onet_to_activities(material: Material) -> Draft:
    """A held-out O*NET title and description to its work activities, one by one."""
    draft = Draft("description-activities")
    shared = {
        activity
        for one in material.onet
        if not is_held_out(one.group)
        for activity in one.activities
    }
    for one in material.onet:
        for activity in one.activities:
            draft.add_document(activity, held_out=activity not in shared)
        if is_held_out(one.group) and one.activities:
            draft.add_query(
                onet_summary(one),
                dict.fromkeys(one.activities, 1),
                source="onet",
                group=one.group,
            )
    return draft


def skills_to_onet(material: Material) -> Draft:
    """The technologies and activities of a held-out O*NET occupation to what it is."""
    draft = Draft("skills-onet")
    for one in material.onet:
        held_out = is_held_out(one.group)
        draft.add_document(onet_summary(one), held_out=held_out)
        if held_out:
            draft.add_query(
                onet_skills(one), {onet_summary(one): 1}, source="onet", group=one.group
            )
    return draft


def ict_to_skills(material: Material) -> Draft:
    """A held-out ICT occupation to its skills, one by one, among all of ICT."""
    draft = Draft("description-ict")
    for one in material.ict:
        for skill in one.skills:
            # An ESCO skill is held out by its own name, whatever occupation has it.
            draft.add_document(skill, held_out=is_held_out(skill))
        if is_held_out(one.group):
            draft.add_query(
                f"{one.occupation}. {one.description}",
                dict.fromkeys(one.skills, 1),
                source="ict",
                group=one.group,
            )
    return draft


def skills_to_ict(material: Material) -> Draft:
    """The skills of a held-out ICT occupation to what it is."""
    draft = Draft("skills-ict")
    for one in material.ict:
        held_out = is_held_out(one.group)
        summary = f"{one.occupation}. {one.description}"
        draft.add_document(summary, held_out=held_out)
        if held_out:
            draft.add_query(
                ", ".join(one.skills), {summary: 1}, source="ict", group=one.group
            )
    for summary in _other_occupations(material):
        draft.add_document(summary, held_out=True)
    return draft


def _other_occupations(material: Material) -> Iterable[str]:
    ict = {one.occupation for one in material.ict}
    summaries = (
        esco_summary(one)
        for one in material.esco
        if is_held_out(one.group) and one.label not in ict
    )
    return picked(summaries, DISTRACTORS, salt="skills-ict")
