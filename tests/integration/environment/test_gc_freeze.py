"""What is loaded for good is set aside, and what has died is freed."""

from __future__ import annotations

import gc
import weakref

import pytest
from trac.env import open_environment

from prodworkflow.loading import GarbageCollectionTuning


class Cycle:
    """Refers to itself: only the garbage collector can free it."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def switched_on(path):
    """With the component, which other tests do without."""
    ini = path / 'conf' / 'trac.ini'
    off = 'prodworkflow.loading.* = disabled\n'
    text = ini.read_text(encoding='utf-8')
    assert off in text
    ini.write_text(text.replace(off, ''), encoding='utf-8')
    return path


@pytest.fixture(autouse=True)
def _left_as_found():
    yield
    gc.freeze()


def opened(path):
    """An environment as Trac opens it for the first request."""
    return open_environment(str(path), use_cache=False)


def test_opening_an_environment_freezes_loaded_objects(switched_on):
    gc.unfreeze()
    opened(switched_on).shutdown()
    assert gc.get_freeze_count() > 10000
    assert len(gc.get_objects()) < gc.get_freeze_count()


def test_frozen_garbage_is_freed_when_the_next_environment_is_opened(
        switched_on):
    cycle = Cycle()
    seen = weakref.ref(cycle)
    opened(switched_on).shutdown()
    del cycle
    gc.collect()
    assert seen() is not None
    opened(switched_on).shutdown()
    assert seen() is None


def test_objects_made_after_the_freeze_are_collected(switched_on):
    opened(switched_on).shutdown()
    seen = weakref.ref(Cycle())
    gc.collect()
    assert seen() is None


def test_objects_are_frozen_once_for_each_environment(switched_on, env):
    gc.unfreeze()
    loaded = GarbageCollectionTuning(env)
    assert not loaded.environment_needs_upgrade()
    assert gc.get_freeze_count()
    gc.unfreeze()
    assert not loaded.environment_needs_upgrade()
    assert not gc.get_freeze_count()


def test_garbage_collection_tuning_can_be_switched_off_alone(switched_on, env):
    env.config.set('components', 'prodworkflow.loading.*', 'disabled')
    env.config.save()
    gc.unfreeze()
    opened(switched_on).shutdown()
    assert not gc.get_freeze_count()
