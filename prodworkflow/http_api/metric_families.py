"""Metric families: the figures of a site as Prometheus names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from prodworkflow.api import SiteFigures

SECOND = 10**6


def metrics_text(figures: SiteFigures) -> bytes:
    """The figures in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(FigureCollector(figures))
    return bytes(generate_latest(registry))


class FigureCollector(Collector):
    """Gives the figures of one moment to a registry of their own."""

    def __init__(self, figures: SiteFigures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Any]:
        """The families, each with its samples."""
        yield self._states()
        yield self._open_requirements()
        yield self._oldest()
        yield self._gates()
        yield self._answers()
        yield from self._outbox()

    def _states(self) -> Any:
        family = GaugeMetricFamily(
            'prodworkflow_campaigns', 'Campaigns by state.',
            labels=['state'])
        for state, number in self._figures.states.items():
            family.add_metric([state], number)
        return family

    def _open_requirements(self) -> Any:
        family = GaugeMetricFamily(
            'prodworkflow_open_requirements',
            'Requirements that keep a gate shut, by campaign and reason.',
            labels=['campaign', 'reason'])
        for each in self._figures.campaigns:
            for reason, number in sorted(each.reasons.items()):
                family.add_metric([each.campaign, reason], number)
        return family

    def _oldest(self) -> Any:
        family = GaugeMetricFamily(
            'prodworkflow_oldest_open_requirement_age_seconds',
            'For how long the oldest open requirement of a campaign waits.',
            labels=['campaign'])
        for each in self._figures.campaigns:
            if each.oldest:
                family.add_metric([each.campaign], self._age(each.oldest))
        return family

    def _gates(self) -> Any:
        family = GaugeMetricFamily(
            'prodworkflow_gate_open',
            'Whether a gate lets pass now (1) or not (0), by campaign and '
            'stage.', labels=['campaign', 'stage'])
        for each in self._figures.campaigns:
            for stage, passes in each.gates:
                family.add_metric([each.campaign, stage], int(passes))
        return family

    def _answers(self) -> Any:
        family = CounterMetricFamily(
            'prodworkflow_gate_answers',
            'Answers of the gate over HTTP by the process that answers this, '
            'since it began.', labels=['answer', 'process'])
        for passes, number in self._figures.answers.items():
            family.add_metric(['open' if passes else 'shut',
                               self._figures.process], number)
        return family

    def _outbox(self) -> Iterator[Any]:
        events = GaugeMetricFamily(
            'prodworkflow_outbox_events',
            'Events that a webhook has not got: waiting, of those failing '
            'ones that were tried, and given up.',
            labels=['webhook', 'state'])
        age = GaugeMetricFamily(
            'prodworkflow_outbox_oldest_age_seconds',
            'For how long the oldest event waits for a webhook.',
            labels=['webhook'])
        for each in self._figures.outbox:
            number = str(each.receiver)
            events.add_metric([number, 'waiting'], each.waiting)
            events.add_metric([number, 'failing'], each.failing)
            events.add_metric([number, 'given-up'], each.given_up)
            if each.oldest:
                age.add_metric([number], self._age(each.oldest))
        yield events
        yield age

    def _age(self, since: int) -> float:
        return max(0, self._figures.now - since) / SECOND
