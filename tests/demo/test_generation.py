import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from recruit.candidates.inputs import ExperienceInput
from recruit.common.text import fold
from recruit.demo.content import read_content
from recruit.demo.generation import DemoData, demo_data
from recruit.demo.people import DemoCandidate

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DEMO = demo_data(now=NOW)
ENOUGH_SKILLS, ENOUGH_WORDS = 2, 15


def text_of(candidate: DemoCandidate) -> str:
    fields = candidate.profile.fields
    posts = candidate.profile.experience or ()
    return " ".join(
        [
            fields.get("headline", ""),
            *(one.skill for one in candidate.profile.skills or ()),
            fields.get("summary", ""),
            *(f"{one.title} {one.description}" for one in posts),
        ]
    )


def posts_of(candidate: DemoCandidate) -> list[tuple[date, date, ExperienceInput]]:
    """Return the posts, newest first, with their dates; one without end ends now."""
    return [
        (post.started_on or date.min, post.ended_on or NOW.date(), post)
        for post in candidate.profile.experience or ()
    ]


def sentences(candidate: DemoCandidate) -> set[str]:
    posts = candidate.profile.experience or ()
    return {line for post in posts for line in post.description.splitlines()}


def in_fields(demo: DemoData) -> list[DemoCandidate]:
    return [
        one
        for one in demo.candidates
        if one.field and not one.external_id.endswith("-again")
    ]


class TestDemoData:
    def test_is_equal_for_the_same_seed_and_moment(self):
        assert demo_data(now=NOW) == DEMO

    def test_differs_for_another_seed(self):
        assert demo_data(now=NOW, seed=1) != DEMO

    def test_moves_with_the_moment(self):
        later = demo_data(now=NOW + timedelta(days=365))

        began, _ended, _post = posts_of(DEMO.candidates[0])[0]
        began_later, _ended, _post = posts_of(later.candidates[0])[0]
        assert began.year + 1 == began_later.year

    def test_has_people_enough_in_each_field_at_each_level(self):
        people = in_fields(DEMO)
        fields = Counter(one.field for one in people)
        levels = Counter((one.field, one.level) for one in people)

        assert len(DEMO.candidates) >= 260
        assert min(fields.values()) >= 14
        assert len(levels) == 4 * len(fields)
        assert min(levels.values()) >= 2

    def test_gives_each_person_an_id_name_and_address_of_their_own(self):
        fields = [one.profile.fields for one in DEMO.candidates]
        names = [(one["given_name"], one["family_name"]) for one in fields]
        emails = [email for one in fields for email in one.get("emails", ())]

        assert len({one.external_id for one in DEMO.candidates}) == len(fields)
        assert len(set(names)) == len(names)
        assert len(set(emails)) == len(emails)

    def test_uses_addresses_and_numbers_that_reach_nobody(self):
        fields = [one.profile.fields for one in DEMO.candidates]
        emails = [email for one in fields for email in one.get("emails", ())]
        phones = [phone for one in fields for phone in one.get("phones", ())]
        fictional = (
            r"\+44 7700 900\d{3}|\+353 20 911 \d{4}|\+49 30 23125 \d{3}"
            r"|\+33 6 39 98 \d\d \d\d|\+46 70 174 06 \d\d|\+1 416 555 01\d\d"
        )

        assert all(re.search(r"@example\.(org|com|net)$", one) for one in emails)
        assert all(re.fullmatch(fictional, phone) for phone in phones)
        assert len(phones) > 50

    def test_rarely_lets_two_people_say_the_same(self):
        said = Counter(line for one in in_fields(DEMO) for line in sentences(one))

        repeated = sum(times for times in said.values() if times > 1)
        assert repeated / said.total() < 0.05

    def test_tells_something_of_every_post(self):
        for one in in_fields(DEMO):
            assert all(post.description for _, _, post in posts_of(one))

    def test_leaves_no_pattern_unfinished(self):
        for candidate in DEMO.candidates:
            assert not re.search(r"[\[\]{}|]", text_of(candidate).replace(" | ", ""))

    def test_lets_careers_run_in_order(self):
        for candidate in DEMO.candidates:
            posts = posts_of(candidate)

            for newer, older in pairwise(posts):
                assert older[0] < older[1] <= newer[0]
            assert all(began < ended <= NOW.date() for began, ended, _ in posts)

    def test_has_people_who_changed_their_field(self):
        assert sum("-to-" in one.external_id for one in DEMO.candidates) >= 10

    def test_has_people_of_whom_little_is_known(self):
        thin = [
            one
            for one in DEMO.candidates
            if len(one.profile.skills or ()) < ENOUGH_SKILLS
            and len(text_of(one).split()) < ENOUGH_WORDS
        ]

        assert len(thin) >= 10

    def test_has_a_few_people_twice(self):
        known = {one.external_id: one for one in DEMO.candidates}
        twins = [one for one in DEMO.candidates if one.external_id.endswith("-again")]

        assert len(twins) >= 4
        for twin in twins:
            first = known[twin.external_id.removesuffix("-again")].profile
            second = twin.profile
            assert first.fields["emails"] != second.fields["emails"]
            assert list(first.experience or ())[:2] == second.experience
            assert fold(first.fields["family_name"])[:3] in fold(
                f"{second.fields['given_name']} {second.fields['family_name']}"
            )

    def test_has_people_who_hold_what_a_job_excludes(self):
        for job in DEMO.jobs:
            excluded = {r.skill for r in job.requirements if r.importance == "excluded"}
            holders = [
                one
                for one in DEMO.candidates
                if excluded & {held.skill for held in one.profile.skills or ()}
            ]
            assert not excluded or len(holders) >= 2

    def test_has_people_who_write_beyond_what_an_encoder_reads(self):
        long = [one for one in DEMO.candidates if len(text_of(one).split()) > 220]

        assert len(long) >= 10

    def test_has_people_not_heard_of_for_years(self):
        stale = [
            one
            for one in in_fields(DEMO)
            if posts_of(one)[0][1] < NOW.date() - timedelta(days=700)
        ]

        assert len(stale) >= 15

    def test_names_no_school_or_employer_outside_its_own(self):
        content = read_content()
        invented = {name for field in content.fields for name in field.employers}

        for one in in_fields(DEMO):
            assert {post.organisation for _, _, post in posts_of(one)} <= invented


class TestPipelines:
    def test_puts_people_into_every_pipeline_but_that_of_a_draft(self):
        jobs = Counter(one.job_code for one in DEMO.applications)

        drafts = {job.code for job in DEMO.jobs if job.status == "draft"}
        assert set(jobs) == {job.code for job in DEMO.jobs} - drafts
        assert 40 <= len(DEMO.applications) <= 60

    def test_leaves_ten_people_of_the_field_to_propose(self):
        taken = {one.candidate for one in DEMO.applications}

        free = Counter(
            one.field for one in in_fields(DEMO) if one.external_id not in taken
        )
        assert min(free.values()) >= 10

    def test_dates_moves_in_order_and_not_ahead(self):
        for application in DEMO.applications:
            moments = [application.applied_at, *(m.at for m in application.moves)]

            assert moments == sorted(moments)
            assert moments[-1] <= NOW

    def test_begins_after_the_job_was_opened(self):
        for application in DEMO.applications:
            age = timedelta(days=DEMO.job_ages[application.job_code])

            assert application.applied_at > NOW - age

    def test_ends_in_every_way(self):
        ends = Counter(move.outcome for one in DEMO.applications for move in one.moves)

        assert ends["hired"] >= 3
        assert ends["rejected"] >= 8
        assert ends["withdrawn"] >= 4
