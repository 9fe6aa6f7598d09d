"""Print the ranked candidates of a job: the list that its page shows."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.matches import (
    JobHasTooLittleText,
    JobMatches,
    JobNotEmbedded,
    LeftOut,
    LimitOutOfRange,
    Match,
    matches_for_job,
)
from matching.types import Order, RequirementEvidence
from recruit.jobs.models import Job

# A command lists everybody who was left out; a page begins with the nearest.
EVERYBODY = 1_000_000


class Command(BaseCommand):
    help = "Print the candidates ranked for a job, with the evidence for each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("requisition_code", metavar="REQ-CODE")
        parser.add_argument("--limit", type=int, default=10, help="people to print")
        parser.add_argument(
            "--order",
            choices=[order.value for order in Order],
            default=Order.SIMILARITY.value,
            help="by similarity alone, or by the words of the job and the similarity",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        found = _matches(
            options["requisition_code"], options["limit"], Order(options["order"])
        )
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(found)))


def _matches(requisition_code: str, limit: int, order: Order) -> JobMatches:
    jobs = Job.objects.with_requirements()
    job = jobs.filter(requisition_code=requisition_code).first()
    if job is None:
        raise CommandError(f"There is no job {requisition_code}.")
    try:
        return matches_for_job(
            job=job,
            limit=limit,
            viewer=None,
            order=order,
            left_out_limit=EVERYBODY,
        )
    except JobNotEmbedded as error:
        raise CommandError(
            f"{requisition_code} has not been encoded yet. The worker does so within"
            " seconds; without a worker, run: manage.py index_profiles"
        ) from error
    except JobHasTooLittleText as error:
        raise CommandError(
            f"{requisition_code} names no skills and has no description to compare by."
        ) from error
    except LimitOutOfRange as error:
        raise CommandError(str(error)) from error


def _as_json(found: JobMatches) -> dict[str, Any]:
    return {
        "job": found.job.requisition_code,
        "encoder": found.encoder,
        "order": found.order,
        "matches": [_match_as_json(match) for match in found.matches],
        "excluded": [_left_out_as_json(one) for one in found.excluded],
        "not_enough_data": [_left_out_as_json(one) for one in found.not_enough_data],
    }


def _match_as_json(match: Match) -> dict[str, Any]:
    return {
        "rank": match.rank,
        "candidate_id": str(match.candidate.pk),
        "external_id": match.candidate.external_id,
        "similarity": match.similarity,
        "hybrid_score": match.hybrid_score,
        "words_found": list(match.words_found),
        "requirements": [
            _requirement_as_json(one) for one in match.explanation.requirements
        ],
    }


def _requirement_as_json(shown: RequirementEvidence) -> dict[str, Any]:
    evidence = shown.evidence
    return {
        "skill": shown.skill,
        "importance": shown.importance,
        "state": shown.state,
        "evidence": {
            "kind": evidence.kind,
            "text": evidence.text,
            "note": evidence.note,
            "similarity": evidence.similarity,
            "source_id": str(evidence.source_id) if evidence.source_id else None,
        },
    }


def _left_out_as_json(left_out: LeftOut) -> dict[str, Any]:
    return {
        "candidate_id": str(left_out.candidate.pk),
        "external_id": left_out.candidate.external_id,
        "reason": left_out.reason,
    }


def _lines(found: JobMatches) -> list[str]:
    lines = [f"{found.job}  (encoder {found.encoder})"]
    for match in found.matches:
        candidate = match.candidate
        lines.append(
            f"{match.rank:4}. {candidate.name} – {candidate.headline}"
            f"  cosine {match.similarity:.3f}"
        )
        if match.words_found:
            lines.append(f"        words found: {', '.join(match.words_found)}")
        lines += [f"        {_told(one)}" for one in match.explanation.requirements]
    if not found.matches:
        lines.append("Nobody in the pool can be ranked for this job.")
    lines.append(
        f"{found.pool_count} in the pool, {found.excluded_count} excluded,"
        f" {found.not_enough_data_count} with not enough data,"
        f" {found.waiting_count} waiting to be encoded"
    )
    for title, left_out in (
        ("Excluded", found.excluded),
        ("Not enough data", found.not_enough_data),
    ):
        lines += [f"{title}: {one.candidate.name} – {one.reason}" for one in left_out]
    return lines


def _told(shown: RequirementEvidence) -> str:
    evidence = shown.evidence
    said = " – ".join(part for part in (evidence.text, evidence.note) if part)
    near = "" if evidence.similarity is None else f" (near, {evidence.similarity:.2f})"
    told = f"{shown.state:8} {shown.skill} ({shown.importance})"
    return f"{told}: {said}{near}" if said else told
