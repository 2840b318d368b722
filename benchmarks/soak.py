"""Whether a process that has served very many requests has grown."""

from __future__ import annotations

from .cases import checked
from .results import soaked
from .sites import ENABLED
from .world import Scale, World

SCALE = Scale(2, 200)
STEPS = 10
GROWTH = 0.05


def soak(requests, kept):
    """Serve so many requests and print the memory; whether it stayed flat.

    The first tenth is for caches to fill; after that the process may grow
    by a twentieth.
    """
    world = World(SCALE)
    kept.soak = []
    try:
        worker = world.worker(ENABLED)
        for step in range(STEPS + 1):
            if step:
                _serve(world, worker, requests // STEPS)
            kept.soak.append((step * (requests // STEPS),
                              worker.order('memory')['text']))
            print(soaked(kept.soak[-1]), flush=True)
    finally:
        world.close()
    return kept.soak[-1][1] <= kept.soak[1][1] * (1 + GROWTH)


def _serve(world, worker, count):
    urls = ('/roadmap', f'/ticket/{world.signoff(0)[0]}',
            f'/campaign/{world.campaign}/gate',
            f'/milestone/{world.ready_stage(0)}', '/campaign',
            f'/campaign/{world.campaign}')
    for turn in range(count):
        checked(worker.get(urls[turn % len(urls)], f'user{turn % 40}'),
                200, 409)
