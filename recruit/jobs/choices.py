"""Enumerations of jobs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", _("Closed")


ALLOWED_STATUS_CHANGES: dict[JobStatus, tuple[JobStatus, ...]] = {
    JobStatus.DRAFT: (JobStatus.OPEN, JobStatus.CLOSED),
    JobStatus.OPEN: (JobStatus.ON_HOLD, JobStatus.CLOSED),
    JobStatus.ON_HOLD: (JobStatus.OPEN, JobStatus.CLOSED),
    JobStatus.CLOSED: (JobStatus.OPEN,),
}


class RemotePolicy(TextChoices):
    ON_SITE = "on_site", _("On site")
    HYBRID = "hybrid", _("Hybrid")
    REMOTE = "remote", _("Remote")


class EmploymentType(TextChoices):
    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    TEMPORARY = "temporary", _("Temporary")
    CONTRACT = "contract", _("Contract")
    INTERNSHIP = "internship", _("Internship")


class JobFamily(TextChoices):
    """Broad lines of work; matching/families/examples.toml says what is in each."""

    MANAGEMENT = "management", _("Management and consulting")
    HUMAN_RESOURCES = "human_resources", _("Human resources")
    ACCOUNTING = "accounting", _("Accounting and controlling")
    FINANCE = "finance", _("Banking, finance and insurance")
    MARKETING = "marketing", _("Marketing and communication")
    SALES = "sales", _("Sales")
    RETAIL = "retail", _("Retail")
    CUSTOMER_SERVICE = "customer_service", _("Customer service")
    OFFICE = "office", _("Office and administration")
    SUPPLY_CHAIN = "supply_chain", _("Purchasing and logistics")
    WAREHOUSE = "warehouse", _("Warehouse")
    TRANSPORT = "transport", _("Transport and driving")
    SOFTWARE = "software", _("Software development")
    IT_OPERATIONS = "it_operations", _("IT operations and security")
    DATA = "data", _("Data and statistics")
    MECHANICAL_ENGINEERING = "mechanical_engineering", _("Mechanical engineering")
    ELECTRICAL_ENGINEERING = "electrical_engineering", _("Electrical engineering")
    ARCHITECTURE_CIVIL = "architecture_civil", _("Architecture and civil engineering")
    PROCESS_ENGINEERING = (
        "process_engineering",
        _("Process, energy and environmental engineering"),
    )
    SCIENCE = "science", _("Science and laboratory")
    POLICY_RESEARCH = "policy_research", _("Policy and social research")
    MEDICINE = "medicine", _("Medicine")
    NURSING = "nursing", _("Nursing and midwifery")
    THERAPY = "therapy", _("Therapy")
    HEALTH_TECHNOLOGY = "health_technology", _("Pharmacy and medical assistance")
    CARE_SOCIAL_WORK = "care_social_work", _("Care and social work")
    TEACHING = "teaching", _("Schools and training")
    ACADEMIA = "academia", _("Universities, libraries and museums")
    LEGAL = "legal", _("Legal and compliance")
    QUALITY_SAFETY = "quality_safety", _("Quality and safety")
    PROTECTION = "protection", _("Police, fire and security services")
    DESIGN = "design", _("Design and art")
    MEDIA = "media", _("Media and language")
    PERFORMING_SPORT = "performing_sport", _("Stage and sport")
    KITCHEN = "kitchen", _("Kitchen and restaurant")
    HOSPITALITY = "hospitality", _("Hotel, events and personal services")
    FACILITIES = "facilities", _("Cleaning, facilities and grounds")
    AGRICULTURE = "agriculture", _("Agriculture and forestry")
    CONSTRUCTION = "construction", _("Construction")
    ELECTRICAL_INSTALLATION = "electrical_installation", _("Electrical installation")
    MAINTENANCE = "maintenance", _("Maintenance and repair")
    MINING_UTILITIES = "mining_utilities", _("Mining, energy and utilities")
    METALWORKING = "metalworking", _("Metalworking")
    PRODUCTION = "production", _("Production and crafts")
