"""Whether dateline is whole and works here: packages, models and data, a trial reading."""

from dateline.doctor.examining import examined
from dateline.doctor.finding import Finding, State

__all__ = ["Finding", "State", "examined"]
