import pytest
from django.core.exceptions import ValidationError

from recruit.candidates.operations import erase_candidate
from recruit.common.ids import uuid7
from recruit.events.choices import Happened, Reader
from recruit.events.models import Event, PendingEvent
from recruit.notes.models import Tag
from recruit.notes.queries import tags_of_jobs, tags_of_people
from recruit.notes.tagging import (
    TagGone,
    TagNameTaken,
    create_tag,
    delete_tag,
    merge_tags,
    rename_tag,
    tag_candidates,
    tag_jobs,
    untag_candidates,
    untag_jobs,
)
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job

pytestmark = pytest.mark.django_db


def tagged(name, *people):
    ids = [person.pk for person in people]
    return tag_candidates(name=name, candidate_ids=ids, actor=ACTOR, tagged_at=NOW)


def names_of(person):
    return [tag.name for tag in tags_of_people([person.pk])[person.pk]]


class TestTagCandidates:
    def test_gives_many_people_a_tag_in_one_event(self):
        people = [make_candidate(), make_candidate()]
        PendingEvent.objects.all().delete()

        done = tagged("Silver  medallist", *people)

        assert [names_of(person) for person in people] == [["Silver medallist"]] * 2
        event = Event.objects.get(kind=Happened.TAGGED)
        assert event.candidate_ids == sorted(done.ids)
        assert event.details == {"tags": [str(done.tag.pk)]}
        assert not PendingEvent.objects.of(Reader.INDEXING).exists()

    def test_takes_names_that_differ_in_case_and_accents_for_one(self):
        person = make_candidate()
        tagged("Café", person)

        done = tagged("CAFE", person)

        assert done.ids == ()
        assert names_of(person) == ["Café"]
        assert Event.objects.filter(kind=Happened.TAGGED).count() == 1

    def test_leaves_out_the_erased_and_the_unknown(self):
        erased = make_candidate()
        erase_candidate(candidate_id=erased.pk, actor=ACTOR, erased_at=LATER)

        done = tag_candidates(
            name="x", candidate_ids=[erased.pk, uuid7()], actor=ACTOR, tagged_at=NOW
        )

        assert done.ids == ()

    @pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 51, "a\x00"])
    def test_refuses_what_is_no_name(self, name):
        with pytest.raises(ValidationError) as refused:
            tagged(name, make_candidate())

        assert set(refused.value.message_dict) == {"name"}


class TestUntagCandidates:
    def test_takes_the_tag_from_those_who_bear_it(self):
        bearer, other = make_candidate(), make_candidate()
        tag = tagged("x", bearer).tag

        done = untag_candidates(
            tag_id=tag.pk,
            candidate_ids=[bearer.pk, other.pk],
            actor=ACTOR,
            untagged_at=LATER,
        )

        assert done.ids == (bearer.pk,)
        assert names_of(bearer) == []
        assert Event.objects.get(kind=Happened.UNTAGGED).candidate_ids == [bearer.pk]

    def test_refuses_a_tag_that_is_no_more(self):
        with pytest.raises(TagGone):
            untag_candidates(
                tag_id=uuid7(), candidate_ids=[], actor=ACTOR, untagged_at=LATER
            )


class TestTagJobs:
    def test_records_confidential_jobs_apart(self):
        jobs = [make_job(), make_job(confidential=True)]
        ids = [job.pk for job in jobs]

        tag = tag_jobs(name="hot", job_ids=ids, actor=ACTOR, tagged_at=NOW).tag

        events = Event.objects.filter(kind=Happened.TAGGED)
        assert sorted(event.job_ids for event in events) == [
            [one] for one in sorted(ids)
        ]
        untag_jobs(tag_id=tag.pk, job_ids=ids, actor=ACTOR, untagged_at=LATER)
        assert tags_of_jobs(ids) == {one: [] for one in ids}


class TestRenameTag:
    def test_keeps_who_bears_it(self):
        person = make_candidate()
        tag = tagged("Runner up", person).tag

        rename_tag(tag_id=tag.pk, name="Runner-up", actor=ACTOR, renamed_at=LATER)

        assert names_of(person) == ["Runner-up"]

    def test_refuses_the_name_of_another(self):
        create_tag(name="One", actor=ACTOR, created_at=NOW)
        tag = create_tag(name="Two", actor=ACTOR, created_at=NOW)

        with pytest.raises(TagNameTaken):
            rename_tag(tag_id=tag.pk, name="one", actor=ACTOR, renamed_at=LATER)
        with pytest.raises(TagNameTaken):
            create_tag(name="ONE", actor=ACTOR, created_at=NOW)


class TestMergeTags:
    def test_gives_people_and_jobs_the_tag_that_is_kept(self):
        both, one = make_candidate(), make_candidate()
        job = make_job()
        kept, merged = tagged("kept", both).tag, tagged("merged", both, one).tag
        tag_jobs(name="merged", job_ids=[job.pk], actor=ACTOR, tagged_at=NOW)

        merge_tags(kept_id=kept.pk, merged_id=merged.pk, actor=ACTOR, merged_at=LATER)

        assert [names_of(person) for person in (both, one)] == [["kept"], ["kept"]]
        assert tags_of_jobs([job.pk]) == {job.pk: [kept]}
        assert list(Tag.objects.standing()) == [kept]

    def test_lets_the_old_names_lead_to_the_kept_tag(self):
        tags = [tagged(name, make_candidate()).tag for name in ("a", "b", "c")]
        for kept, merged in ((1, 0), (2, 1)):
            merge_tags(
                kept_id=tags[kept].pk,
                merged_id=tags[merged].pk,
                actor=ACTOR,
                merged_at=LATER,
            )
        person = make_candidate()

        tagged("A", person)

        assert names_of(person) == ["c"]

    def test_refuses_one_that_was_merged_already(self):
        tags = [tagged(name, make_candidate()).tag for name in ("a", "b")]
        ids = {"kept_id": tags[0].pk, "merged_id": tags[1].pk}
        merge_tags(actor=ACTOR, merged_at=LATER, **ids)

        with pytest.raises(TagGone):
            merge_tags(actor=ACTOR, merged_at=LATER, **ids)
        with pytest.raises(TagGone):
            merge_tags(
                kept_id=tags[0].pk, merged_id=tags[0].pk, actor=ACTOR, merged_at=LATER
            )


class TestDeleteTag:
    def test_takes_it_from_everybody(self):
        person = make_candidate()
        tag = tagged("x", person).tag

        delete_tag(tag_id=tag.pk, actor=ACTOR, deleted_at=LATER)

        assert names_of(person) == []
        assert Event.objects.get(kind=Happened.TAG_DELETED).details["name"] == "x"
