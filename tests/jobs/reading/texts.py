"""Texts as people paste them, and a small vocabulary to read them with."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from recruit.jobs.reading.job_text import JobReading, read_job_text
from recruit.skills.names import skill_key
from recruit.skills.recognition import SkillRecogniser

SKILLS = (
    *("Python", "Django", "PostgreSQL", "Kubernetes", "Docker", "Java", "SQL"),
    *("Terraform", "Excel", "SAP", "Wound care", "Triage", "C++", ".NET", "Node.js"),
)
IDS: dict[str, UUID] = {name: uuid5(NAMESPACE_URL, name) for name in SKILLS}
NAMES = {skill_id: name for name, skill_id in IDS.items()}
RECOGNISER = SkillRecogniser([(skill_key(name), IDS[name]) for name in SKILLS])

BACKEND = """Senior Backend Engineer (Python)

Location: Berlin, Germany (hybrid)
Full-time · €70,000 – €90,000

About us
Acme was founded in Paris. We run Kubernetes for customers in London.

What you'll do
- Build APIs with Django
- Talk to people

Requirements
- 5+ years of experience with Python
- SQL and PostgreSQL
- No experience with Terraform required

Nice to have
- Docker
- Kubernetes
"""

BOOKKEEPER = """Zur Verstärkung unseres Teams suchen wir ab sofort eine/n

Bilanzbuchhalter (m/w/d) in Vollzeit

Arbeitsort: 72070 Tübingen

DEINE AUFGABEN
• Monatsabschlüsse in SAP

DAS BRINGST DU MIT
• Sehr gute Kenntnisse in Excel
• SQL ist von Vorteil

WIR BIETEN
• 45.000 bis 55.000 € Jahresgehalt
• zwei Tage Homeoffice pro Woche
"""

NURSE = """<html><head><title>Python jobs</title></head><body>
<h1>Registered Nurse</h1><p>St. Mary&#39;s Hospital &middot; Austin, TX</p>
<h2>Requirements</h2>
<ul><li>Wound&nbsp;care and <b>triage</b></li><li>Excel is a plus</li></ul>
<p>Pay: $38 - $45 per hour. Part-time.</p>
<script>var Python = "Java";</script></body></html>"""


def read(text: str) -> JobReading:
    return read_job_text(text, RECOGNISER)


def value(reading: JobReading, field: str) -> Any:
    return getattr(reading, field).value


def words(reading: JobReading, field: str) -> str:
    """Return the words that a finding rests on."""
    span = getattr(reading, field).span
    return reading.text[span.start : span.end]


def asked(reading: JobReading) -> dict[str, str]:
    return {NAMES[one.skill_id]: one.importance for one in reading.skills}
