"""Template editor: what its page shows, and what its forms save."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trac.web.api import HTTPBadRequest
from trac.web.chrome import add_notice, add_warning

from prodworkflow.api import CampaignSystem
from prodworkflow.api.template_library import TemplateCheck
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.template.versions import (
    BYTES_MAX,
    ChangedMeanwhile,
    clean,
    decoded,
    NUMBER,
    TemplateDraft,
    TemplateVersion,
    TooLong,
    Unchanged,
)
from prodworkflow.translation import _
from prodworkflow.web.forms import raw_form_text
from prodworkflow.web.response import set_status

LINES_MAX = 20000


SKELETON = '''title = "A new template"
description = """
What it is for.
"""

[[stage]]
key = "first-stage"
title = "First stage"
due = 14

[[stage.requirement]]
key = "first-requirement"
title = "First requirement"
description = """
Sign this off when it is done.
"""
'''


@dataclass
class Page:
    """What the page of a template shows: all that was typed, and more.

    `name` is '' for one that is new; `versions` has its last version first.
    `theirs` is what somebody else saved meanwhile.
    """

    name: str = ''
    versions: list[TemplateVersion] = field(default_factory=list)
    shown: TemplateVersion | None = None
    text: str = ''
    began: int = 0
    reason: str = ''
    new_name: str = ''
    checked: TemplateCheck | None = None
    theirs: TemplateVersion | None = None

    @property
    def last(self) -> TemplateVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def lines(self) -> int:
        """How many lines are numbered."""
        return min(self.text.count('\n') + 1, LINES_MAX)

    @property
    def columns(self) -> int:
        """How wide the text is, within reason."""
        longest = max(map(len, self.text.split('\n')))
        return min(max(40, longest + 2), 500)

    def line(self, number: int) -> str:
        """A line of the text; '' behind its end."""
        lines = self.text.split('\n')
        return lines[number - 1] if number <= len(lines) else ''


def template_page(env: Any, req: Any, name: str) -> Page:
    """The page of a template as the request finds it; InvalidRequest if none.

    What was typed is kept, whatever it is.
    """
    system = CampaignSystem(env)
    if not name:
        page = Page(text=SKELETON)
    else:
        versions = system.templates.versions(name)
        chosen = system.templates.version(name,
                                          number_argument(req, 'version'))
        page = Page(name, versions, chosen.kept, chosen.text,
                    versions[0].version)
    if req.method == 'POST':
        page.text = clean(raw_form_text(req.args, 'text', page.text))
        page.reason = raw_form_text(req.args, 'reason')
        page.new_name = raw_form_text(req.args, 'new_name').strip()
        page.began = (number_argument(req, 'revision')
                      or number_argument(req, 'began') or 0)
    check_text(env, req, page)
    return page


def check_text(env: Any, req: Any, page: Page) -> None:
    """Say of a page's text what is wrong with it, or what it makes."""
    try:
        page.checked = CampaignSystem(env).templates.check(page.text)
    except TooLong as error:
        page.checked = TemplateCheck(lacks=(str(error),))
        set_status(req, 413)


def number_argument(req: Any, name: str) -> int | None:
    """A number among a request's arguments; None where there is none."""
    text = raw_form_text(req.args, name) or None
    if text is not None and not NUMBER.fullmatch(text):
        raise HTTPBadRequest(_('%(name)s is a number.', name=name))
    return None if text is None else int(text)


def save(env: Any, req: Any, page: Page) -> TemplateVersion | None:
    """Keep what a page holds as its next version; None if refused."""
    return _save_version(env, req, page,
                         TemplateDraft(page.name, page.text, page.reason,
                                       page.began))


def copy(env: Any, req: Any, page: Page) -> TemplateVersion | None:
    """Keep what a page holds as a template of its own; None if refused."""
    return _save_version(env, req, page,
                         TemplateDraft(page.new_name, page.text, page.reason,
                                       fresh=True))


def upload(env: Any, req: Any) -> tuple[Page, TemplateVersion | None]:
    """Keep an uploaded file as a template's next version.

    If it is refused, the page holds the text, to be mended there.
    """
    system = CampaignSystem(env)
    filename, file, _size = req.args.getfile('file')
    page = Page(reason=raw_form_text(req.args, 'reason'))
    page.new_name = raw_form_text(req.args,
                                  'name').strip() or _stem(filename or '')
    try:
        if not filename or file is None:
            raise InvalidRequest([('file', _('Choose a file to import.'))])
        with file:
            page.text = decoded(file.read(BYTES_MAX + 1))
    except InvalidRequest as error:
        refuse(req, error)
        return page, None
    draft = TemplateDraft(page.new_name, page.text, page.reason)
    kept = _save_version(env, req, page, draft)
    if kept is None and any(k.name == page.new_name and not k.built_in
                            for k in system.templates.all()):
        page.name, page.new_name = page.new_name, ''
        page.versions = system.templates.versions(page.name)
        page.began = page.versions[0].version
    check_text(env, req, page)
    return page, kept


def refuse(req: Any, error: InvalidRequest) -> None:
    """Warn of what is wrong; the page that is shown carries its status."""
    set_status(req, 409 if isinstance(error, ChangedMeanwhile) else
               413 if isinstance(error, TooLong) else 400)
    for _field, words in error.problems:
        add_warning(req, words)


def _save_version(env: Any, req: Any, page: Page,
                  draft: TemplateDraft) -> TemplateVersion | None:
    try:
        kept = CampaignSystem(env).templates.save(draft, req.authname)
    except Unchanged as same:
        add_notice(req, str(same))
        return same.last
    except ChangedMeanwhile as error:
        refuse(req, error)
        page.theirs = error.last
        page.began = error.last.version if error.last else 0
        page.versions = CampaignSystem(env).templates.versions(page.name)
        return None
    except InvalidRequest as error:
        refuse(req, _beside_the_text(error))
        return None
    add_notice(req, _('Version %(number)s of %(name)s is saved.',
                      number=kept.version, name=kept.name))
    return kept


def _beside_the_text(error: InvalidRequest) -> InvalidRequest:
    """Name and reason alone: the page lists the mistakes of the text."""
    others = [each for each in error.problems if each[0] != 'template']
    return (InvalidRequest(others)
            if others and len(others) < len(error.problems) else error)


def _stem(filename: str) -> str:
    return filename[:-5] if filename.endswith('.toml') else filename
