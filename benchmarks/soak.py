"""Whether a process that has served very many requests has grown."""

from __future__ import annotations

from .cases import checked
from .environments import ENABLED
from .results import soaked
from .site import Scale, Site

SCALE = Scale(2, 200)
STEPS = 10
GROWTH = 0.05


def soak(requests, kept):
    """Serve so many requests and print the memory; whether it stayed flat.

    The first tenth is for caches to fill; after that the process may grow
    by a twentieth.
    """
    site = Site(SCALE)
    kept.soak = []
    try:
        worker = site.worker(ENABLED)
        for step in range(STEPS + 1):
            if step:
                _serve(site, worker, requests // STEPS)
            kept.soak.append((step * (requests // STEPS),
                              worker.command('memory')['text']))
            print(soaked(kept.soak[-1]), flush=True)
    finally:
        site.close()
    return kept.soak[-1][1] <= kept.soak[1][1] * (1 + GROWTH)


def _serve(site, worker, count):
    urls = ('/roadmap', f'/ticket/{site.signoff(0)[0]}',
            f'/campaign/{site.campaign}/gate',
            f'/milestone/{site.ready_stage(0)}', '/campaign',
            f'/campaign/{site.campaign}')
    for turn in range(count):
        checked(worker.get(urls[turn % len(urls)], f'user{turn % 40}'),
                200, 409)
