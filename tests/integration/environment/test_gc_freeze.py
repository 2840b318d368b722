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
def tuned_path(path):
    """With the component, which other tests do without."""
    ini = path / 'conf' / 'trac.ini'
    off = 'prodworkflow.loading.* = disabled\n'
    text = ini.read_text(encoding='utf-8')
    assert off in text
    ini.write_text(text.replace(off, ''), encoding='utf-8')
    return path


@pytest.fixture(autouse=True)
def _unfrozen_afterwards():
    yield
    gc.freeze()


def opened(path):
    """An environment as Trac opens it for the first request."""
    return open_environment(str(path), use_cache=False)


def test_opening_an_environment_freezes_loaded_objects(tuned_path):
    gc.unfreeze()
    opened(tuned_path).shutdown()
    assert gc.get_freeze_count() > 10000
    assert len(gc.get_objects()) < gc.get_freeze_count()


def test_frozen_garbage_is_freed_when_the_next_environment_is_opened(
        tuned_path):
    cycle = Cycle()
    seen = weakref.ref(cycle)
    opened(tuned_path).shutdown()
    del cycle
    gc.collect()
    assert seen() is not None
    opened(tuned_path).shutdown()
    assert seen() is None


def test_objects_made_after_the_freeze_are_collected(tuned_path):
    opened(tuned_path).shutdown()
    seen = weakref.ref(Cycle())
    gc.collect()
    assert seen() is None


def test_objects_are_frozen_once_for_each_environment(tuned_path, env):
    gc.unfreeze()
    loaded = GarbageCollectionTuning(env)
    assert not loaded.environment_needs_upgrade()
    assert gc.get_freeze_count()
    gc.unfreeze()
    assert not loaded.environment_needs_upgrade()
    assert not gc.get_freeze_count()


def test_garbage_collection_tuning_can_be_switched_off_alone(tuned_path, env):
    env.config.set('components', 'prodworkflow.loading.*', 'disabled')
    env.config.save()
    gc.unfreeze()
    opened(tuned_path).shutdown()
    assert not gc.get_freeze_count()
