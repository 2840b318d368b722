"""Pictures: the files of a plot as pages show them, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from trac.util.datefmt import from_utimestamp

from prodworkflow.api import AttachedFile
from prodworkflow.domain.rules.plots.picture_kinds import is_picture
from prodworkflow.domain.views.plots.pairs import PlotFileView, PlotPair
from prodworkflow.translation import N_

LABELS = (N_('Target'), N_('Reference'))
Attached = Mapping[tuple[int, str], AttachedFile]


@dataclass(frozen=True)
class Picture:
    """A file of a plot: what stands above it, where it is.

    `label` is not translated yet.  `file` is None where Trac has none of that
    name; `drawn` says whether a browser shows it as a picture.
    """

    label: str
    view: PlotFileView
    file: AttachedFile | None
    drawn: bool

    @property
    def when(self) -> datetime | None:
        """When it was attached."""
        return from_utimestamp(self.file.time) if self.file else None


def pictures(pair: PlotPair, attached: Attached) -> list[Picture]:
    """The target and the reference of a pair; [] where it is not given."""
    return [_picture(label, view, attached.get(
        (pair.requirement.ticket or 0, view.name)))
        for label, view in zip(LABELS, pair.files)]


def tickets_of(pairs: Iterable[PlotPair]) -> list[int]:
    """The tickets whose attachments the given ones of the pairs are."""
    return list(dict.fromkeys(p.requirement.ticket for p in pairs
                              if p.number and p.requirement.ticket))


def _picture(label: str, view: PlotFileView,
             file: AttachedFile | None) -> Picture:
    return Picture(label, view, file, bool(
        file and file.visible and is_picture(view.name)))
