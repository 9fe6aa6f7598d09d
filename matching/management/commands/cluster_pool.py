"""Divide the pool into groups of people who do like work, and print them."""

import json
import sys
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from matching.conf import encoder_identity
from matching.groups.pool import PoolEmpty, group_pool
from matching.models import PoolGroup, PoolGrouping

MOST_GROUPS = 500


def _count(text: str) -> int | None:
    if text == "auto":
        return None
    if text.isdecimal() and 1 <= int(text) <= MOST_GROUPS:
        return int(text)
    raise ArgumentTypeError(f"“auto” or a number from 1 to {MOST_GROUPS}")


class Command(BaseCommand):
    help = (
        "Divide the people who say enough into groups by what they can do, keep the"
        " groups, and print each with its typical skills and titles."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--groups",
            type=_count,
            default=None,
            metavar="N",
            help="how many; “auto” takes the number whose groups lie apart best",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            with tqdm(unit=" people", file=sys.stderr, disable=None) as bar:
                grouping = group_pool(
                    encoder=encoder_identity(),
                    count=options["groups"],
                    made_at=timezone.now(),
                    after_batch=bar.update,
                )
        except PoolEmpty as error:
            raise CommandError(
                "Nobody can be grouped: no profile that says enough has been read by"
                " this encoder. Without a worker, run: manage.py index_profiles"
            ) from error
        groups = PoolGroup.objects.filter(grouping_id=grouping.pk).order_by("number")
        if options["json"]:
            told = _as_json(grouping, list(groups))
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(grouping, list(groups))))


def _as_json(grouping: PoolGrouping, groups: list[PoolGroup]) -> dict[str, Any]:
    return {
        "encoder": grouping.encoder,
        "people": grouping.people,
        "groups": [
            {
                "number": group.number,
                "people": group.people,
                "skills": group.skills,
                "titles": group.titles,
            }
            for group in groups
        ],
    }


def _lines(grouping: PoolGrouping, groups: list[PoolGroup]) -> list[str]:
    lines = [
        f"{grouping.people} people in {len(groups)} groups"
        f"  (encoder {grouping.encoder})"
    ]
    for group in groups:
        skills = (f"{one['skill']} ({one['lift']:g}×)" for one in group.skills)
        titles = (one["title"] for one in group.titles)
        lines += [
            f"{group.number:4}. {group.people} people",
            f"        skills: {', '.join(skills) or '–'}",
            f"        titles: {', '.join(titles) or '–'}",
        ]
    return lines
