"""Language of a mail: that of its recipient, whoever caused it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from trac.util import translation
from trac.web.session import DetachedSession

from prodworkflow.web.texts.reader_days import nobody_reads


@contextmanager
def in_language_of(env: Any, person: str) -> Iterator[None]:
    """Context manager: texts are in the language that a person chose.

    Else in `[trac] default_language`, else in English.
    """
    proxy = translation.get_translations()
    # What Trac would begin when it is first needed begins now: the language
    # of the request comes back after the mail.
    before = proxy.active if getattr(proxy, 'isactive', False) else None
    translation.deactivate()
    translation.activate(_locale(env, person), env.path)
    try:
        with nobody_reads():
            yield
    finally:
        translation.deactivate()
        translation.reactivate(before)


def _locale(env: Any, person: str) -> Any:
    return translation.get_negotiated_locale([
        DetachedSession(env, person).get('language'),
        env.config.get('trac', 'default_language')])
