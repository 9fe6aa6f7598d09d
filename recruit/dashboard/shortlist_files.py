"""The shortlist as rows of a spreadsheet, and as CSV and XLSX."""

import csv
import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from matching.types import Explanation, RequirementEvidence
from recruit.common.spreadsheets import harmless_cell
from recruit.dashboard.shortlist import Listed, WhyNot
from recruit.dashboard.templatetags.evidence import (
    Asking,
    asks,
    band_label,
    state_label,
)
from recruit.jobs.models import Job

# What the format holds in one cell.
LONGEST_CELL = 32_000

Row = list[str]


def shortlist_rows(
    job: Job, people: Sequence[Listed], left_out: WhyNot | None
) -> list[Row]:
    """Return a head and a row for each person, harmless in spreadsheet programs."""
    asked = [row for row in job.requirements.all() if row.importance != "excluded"]
    head = [
        _("Job"),
        _("Name"),
        _("Headline"),
        _("Location"),
        _("Years"),
        _("Stage"),
        _("Since"),
        _("Evidence"),
        *(f"{row.skill.name} ({asks(cast('Asking', row))})" for row in asked),
        _("Hiring manager"),
        _("Why not on the shortlist"),
    ]
    rows = [head, *(_listed_row(job, one) for one in people)]
    if left_out is not None:
        rows.append(_left_out_row(job, left_out))
    return [[_cell(text) for text in row] for row in rows]


def _cell(text: str) -> str:
    return harmless_cell(ILLEGAL_CHARACTERS_RE.sub(" ", text)[:LONGEST_CELL])


def _years(years: Decimal | None) -> str:
    return "" if years is None else f"{years.normalize():f}"


def _listed_row(job: Job, one: Listed) -> Row:
    person, application = one.candidate, one.application
    answers = (
        f"{review.get_answer_display()}: {review.note}".removesuffix(": ")
        for review in one.reviews
    )
    return [
        job.requisition_code,
        person.name,
        person.headline,
        person.location,
        _years(person.years_of_experience),
        one.stage,
        date_format(application.stage_changed_at, "Y-m-d"),
        *_evidence(one.explanation),
        "; ".join(answers),
        "",
    ]


def _left_out_row(job: Job, one: WhyNot) -> Row:
    person = one.candidate
    return [
        job.requisition_code,
        person.name,
        person.headline,
        person.location,
        _years(person.years_of_experience),
        "",
        "",
        *_evidence(one.explanation),
        "",
        " ".join(one.sentences),
    ]


def _evidence(explanation: Explanation) -> Row:
    return [
        band_label(explanation.band),
        *(evidence_told(requirement) for requirement in explanation.requirements),
    ]


def evidence_told(requirement: RequirementEvidence) -> str:
    """Return the state of a requirement and the words it rests on."""
    evidence = requirement.evidence
    told = ", ".join(filter(None, [evidence.text, evidence.note]))
    return f"{state_label(requirement.state)}: {told}".removesuffix(": ")


def as_csv(rows: Sequence[Row]) -> bytes:
    """Return a CSV file with the mark by which spreadsheet programs know UTF-8."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(rows: Sequence[Row]) -> bytes:
    """Return an XLSX file of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Shortlist"))
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def file_name(job: Job, ending: str) -> str:
    """Return a name that says the job and no person."""
    code = re.sub(r"[^A-Za-z0-9._-]+", "-", job.requisition_code).strip("-.")
    return f"shortlist-{code or 'job'}.{ending}"
