"""Sign-ups as they come in (报名表, tables, questionnaire exports) to firms and applications of a programme."""

from __future__ import annotations

from fairplanner.intake.signups.book import collected_book
from fairplanner.intake.signups.collecting import collected, programme_before, signup_folder
from fairplanner.intake.signups.result import Collected

__all__ = ["Collected", "collected", "collected_book", "programme_before", "signup_folder"]
