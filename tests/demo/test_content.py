import pytest

from recruit.demo.content import Field, JobContent, read_content
from recruit.skills.names import skill_key
from recruit.skills.vocabulary import read_vocabulary

CONTENT = read_content()
KNOWN = {
    skill_key(text)
    for entry in read_vocabulary()
    for text in (entry.name, *entry.aliases)
}


def by_key(field: Field) -> str:
    return field.key


def by_code(job: JobContent) -> str:
    return job.code


class TestContent:
    def test_has_jobs_in_many_fields(self):
        assert len(CONTENT.jobs) >= 14
        assert len(CONTENT.fields) >= 14
        assert len({job.code for job in CONTENT.jobs}) == len(CONTENT.jobs)

    def test_has_jobs_of_every_status_most_open(self):
        statuses = [job.status for job in CONTENT.jobs]

        assert {"draft", "open", "on_hold", "closed"} == set(statuses)
        assert statuses.count("open") > len(statuses) / 2
        assert sum(job.confidential for job in CONTENT.jobs) == 1

    def test_excludes_a_skill_on_at_least_two_jobs(self):
        excluding = [
            job
            for job in CONTENT.jobs
            if any(one.importance == "excluded" for one in job.requirements)
        ]

        assert len(excluding) >= 2

    @pytest.mark.parametrize("job", CONTENT.jobs, ids=by_code)
    def test_describes_each_job_at_length(self, job):
        assert 120 <= len(job.description.split()) <= 250

    @pytest.mark.parametrize("job", CONTENT.jobs, ids=by_code)
    def test_requires_known_skills_in_a_mix(self, job):
        assert all(skill_key(one.skill) in KNOWN for one in job.requirements)
        assert {"required", "preferred"} <= {one.importance for one in job.requirements}
        assert any(one.proficiency for one in job.requirements)

    @pytest.mark.parametrize("field", CONTENT.fields, ids=by_key)
    def test_names_known_skills(self, field):
        named = (*field.core, *field.often, *field.senior, *field.rare)

        assert [skill for skill in named if skill_key(skill) not in KNOWN] == []

    @pytest.mark.parametrize("field", CONTENT.fields, ids=by_key)
    def test_has_enough_to_say_about_each_field(self, field):
        assert len(field.employers) >= 8
        assert len(field.summaries) >= 4
        assert sum(map(len, field.deeds)) >= 18

    def test_closes_every_bracket(self):
        texts = [
            text
            for field in CONTENT.fields
            for text in (
                *field.summaries,
                *(one for level in field.deeds for one in level),
            )
        ]

        for text in (*texts, *CONTENT.closings):
            assert text.count("[") == text.count("]"), text
            assert text.count("{") == text.count("}"), text
