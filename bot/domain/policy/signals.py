"""The schema of signals.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Count, Days, Factor, File, Percent, Section, Severity, Word


class UsageRules(Section):
    falling_periods: Count
    one_fall_percent: Percent


class SupportRules(Section):
    urgent_severity: Severity
    old_days: Days
    spike_days: Days
    spike_baseline_days: Days
    spike_factor: Factor
    spike_least: Count


class PeopleRules(Section):
    look_back_days: Days
    champion_left_severity: Severity
    sponsor_changed_severity: Severity
    contact_window_days: Days
    least_contacts: Count


class SatisfactionRules(Section):
    low_nps: Annotated[int, Field(strict=True, ge=0, le=10)]
    drop_points: Annotated[float, Field(strict=True, gt=0, le=10, allow_inf_nan=False)]
    window_days: Days


class SilenceRules(Section):
    cadence_factor: Factor


class PromiseRules(Section):
    least_overdue: Count


class RenewalRules(Section):
    window_days: Days
    stalled_days: Days


class ObjectiveRules(Section):
    confirmed_days: Days


class NoteRules(Section):
    window_days: Days


class DataRules(Section):
    stale_days: Days


class SignalPolicy(File):
    usage: UsageRules
    support: SupportRules
    people: PeopleRules
    satisfaction: SatisfactionRules
    silence: SilenceRules
    promises: PromiseRules
    renewal: RenewalRules
    objective: ObjectiveRules
    notes: NoteRules
    data: DataRules
    competitors: tuple[Word, ...]
    evaluation_words: tuple[Word, ...]
    evaluation_alone: tuple[Word, ...]
