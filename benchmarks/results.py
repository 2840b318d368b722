"""Results, kept as JSON and written into the documentation."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .report import machine, memory, summary, table
from .runner import Cost, Result

BEGIN, END = '.. The results begin here.\n', '.. The results end here.\n'


@dataclass
class Results:
    """What was measured, so far.

    `memory` has the kB of each process after each scale, `soak` the kB after
    so many requests.
    """

    machine: str = field(default_factory=machine)
    results: list[Result] = field(default_factory=list)
    memory: dict[str, dict[str, int]] = field(default_factory=dict)
    soak: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def read(cls, path):
        """What was kept there; nothing if there is no such file."""
        if not path or not os.path.exists(path):
            return cls()
        kept = json.loads(Path(path).read_text('utf-8'))
        kept['results'] = [Result(**{
            **r, 'with_plugin': Cost(**r['with_plugin']),
            'plain': Cost(**r['plain'])}) for r in kept['results']]
        return cls(**kept)

    def keep(self, path):
        """Write all of it as JSON."""
        Path(path).write_text(json.dumps(asdict(self), indent=1) + '\n',
                              'utf-8')

    def document(self, path):
        """Put the results between the two marks of an RST file."""
        text = Path(path).read_text('utf-8')
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        Path(path).write_text(f'{before}{BEGIN}\n{self._rst()}\n{END}{after}',
                              'utf-8')

    def _rst(self):
        blocks = [self.machine + '.\n']
        for scale in dict.fromkeys(r.scale for r in self.results):
            lines = table([r for r in self.results if r.scale == scale])
            if scale in self.memory:
                lines += ['', memory(self.memory[scale])]
            blocks.append(_literal(lines[0], lines[1:]))
        blocks.append(_literal('What it comes to', summary(self.results)))
        if self.soak:
            blocks.append(_literal(
                'Memory after so many requests to roadmap, tickets, stages, '
                'gates and campaign\npages by forty people',
                map(soaked, self.soak)))
        return '\n'.join(blocks)


def soaked(step):
    """How much memory there was after so many requests, in a line."""
    requests, size = step
    return f'{requests:10,} requests {size / 1024:8.1f} MB'


def _literal(title, lines):
    return f'{title}::\n\n' + ''.join(
        f'    {line}'.rstrip() + '\n' for line in lines)
