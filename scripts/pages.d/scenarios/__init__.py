"""What is there before the first command of a page: one function for each page that is run."""

from . import every_day, first_day, recovery, usersync
from .base import SCENARIOS

__all__ = ["SCENARIOS", "every_day", "first_day", "recovery", "usersync"]
