"""Admin panel Production → Templates: versions, editor, import and diff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.admin.api import IAdminPanelProvider
from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.util.datefmt import from_utimestamp
from trac.versioncontrol.diff import diff_blocks, get_diff_options
from trac.web.api import HTTPBadRequest
from trac.web.chrome import add_notice, add_script, add_stylesheet

from prodworkflow.admin.template_form import (
    copy,
    number_argument,
    Page,
    refuse,
    save,
    template_page,
    upload,
)
from prodworkflow.api import CampaignSystem
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.template.reference.words import reference
from prodworkflow.domain.views.creation.due_days import own_due, stage_due
from prodworkflow.translation import _, METADATA
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.response import add_our_script, add_styles, Rendering

DAYS = {'stage_due': stage_due, 'own_due': own_due}


class TemplatePanel(Component):
    """Adds *Production → Templates*, where templates are kept.

    Shows the mistakes of a text and the plan that it makes while it is
    typed. Every save is a new version; none is ever overwritten.
    """

    implements(IAdminPanelProvider)

    # IAdminPanelProvider methods

    def get_admin_panels(self,
                         req: Any) -> Iterator[tuple[str, str, str, str]]:
        if ADMIN in req.perm('admin', 'production/templates'):
            yield 'production', 'Production', 'templates', 'Templates'

    @database_errors_as_503
    def render_admin_panel(self, req: Any, category: str, page: str,
                           path_info: str | None) -> Rendering:
        req.perm('admin', 'production/templates').require(ADMIN)
        add_styles(req)
        name = path_info or ''
        if name or req.args.get('action') == 'new':
            return self._template_page(req, name)
        if req.method == 'POST' and req.args.get('act') == 'import':
            return self._import(req)
        return self._index(req)

    # Internal methods

    def _index(self, req: Any) -> Rendering:
        system = CampaignSystem(self.env)
        used = system.templates.campaigns()
        every = system.templates.all()
        return 'prodworkflow_admin_templates.html', {
            'offered': [k for k in every if not k.removed],
            'removed': [k for k in every if k.removed],
            'used': lambda name: [c for (n, _), campaigns in used.items()
                                  if n == name for c in campaigns],
            'typed': req.args if req.method == 'POST' else {},
            'from_utimestamp': from_utimestamp}, METADATA

    def _import(self, req: Any) -> Rendering:
        page, kept = upload(self.env, req)
        if kept is not None:
            self._redirect(req, kept.name)
        return self._editor(req, page) if page.text else self._index(req)

    def _template_page(self, req: Any, name: str) -> Rendering:
        """The page of one template, and what its forms ask for."""
        try:
            page = template_page(self.env, req, name)
        except InvalidRequest as error:
            raise ResourceNotFound(str(error)) from error
        if req.method != 'POST':
            if req.args.get('format') == 'toml':
                self._send(req, page)
            if req.args.get('action') == 'diff':
                return self._difference(req, page)
        elif req.args.get('action') == 'diff':
            get_diff_options(req)
            req.redirect(req.href.admin(
                'production', 'templates', name, action='diff',
                old_version=req.args.get('old_version'),
                version=req.args.get('version')))
        elif req.is_xhr:
            return 'prodworkflow_template_check.html', {
                'page': page, **DAYS}, METADATA
        else:
            self._act(req, page)
        return self._editor(req, page)

    def _act(self, req: Any, page: Page) -> None:
        """Do what a form asks; goes to the template's page if it is done."""
        act = req.args.get('act', 'check')
        if act == 'check':
            return
        if act not in ('save', 'copy', 'remove'):
            raise HTTPBadRequest(_('act is one of check, save, copy, remove.'))
        if act == 'remove':
            self._remove(req, page)
            return
        kept = (save if act == 'save' and page.name else copy)(
            self.env, req, page)
        if kept is not None:
            self._redirect(req, kept.name)

    def _remove(self, req: Any, page: Page) -> None:
        try:
            CampaignSystem(self.env).templates.remove(
                page.name, req.authname, page.reason, page.began)
        except InvalidRequest as error:
            refuse(req, error)
            return
        add_notice(req, _('%(name)s is offered no more.', name=page.name))
        self._redirect(req)

    def _editor(self, req: Any, page: Page) -> Rendering:
        add_our_script(req, 'prodworkflow_live_preview.js')
        add_our_script(req, 'prodworkflow_template_editor.js')
        used = CampaignSystem(self.env).templates.campaigns()
        add_stylesheet(req, 'prodworkflow/prodworkflow_create.css')
        data = {'page': page, 'from_utimestamp': from_utimestamp, **DAYS,
                'reference': reference(),
                'used': lambda version: used.get((page.name, version), [])}
        if page.theirs and not page.theirs.removed:
            theirs = CampaignSystem(self.env).templates.version(page.name)
            number = page.theirs.version
            data.update(self._changes(
                req, (page.name, _('version %(number)s', number=number),
                      _('yours')), theirs.text, page.text))
        return 'prodworkflow_admin_template.html', data, METADATA

    def _difference(self, req: Any, page: Page) -> Rendering:
        """What changed from one version of a template to another."""
        system = CampaignSystem(self.env)
        new = number_argument(req, 'version')
        old = number_argument(req, 'old_version')
        if old is None or new is None:
            raise HTTPBadRequest(_('Choose two versions to compare.'))
        try:
            before = system.templates.version(page.name, old)
            after = system.templates.version(page.name, new)
        except InvalidRequest as error:
            raise ResourceNotFound(str(error)) from error
        return 'prodworkflow_admin_template_diff.html', {
            'page': page, 'old': before.kept, 'new': after.kept,
            'between': [k for k in reversed(page.versions)
                        if min(old, new) < k.version <= max(old, new)],
            'from_utimestamp': from_utimestamp,
            **self._changes(req, (page.name,
                                  _('version %(number)s', number=old),
                                  _('version %(number)s', number=new)),
                            before.text, after.text)}, METADATA

    @staticmethod
    def _changes(req: Any, names: tuple[str, str, str], before: str,
                 after: str) -> dict[str, Any]:
        """What Trac's own table of differences shows."""
        options, data = get_diff_options(req)[1:]
        context = data['options']['contextlines']
        if data['options']['contextall'] or context < 0:
            context = None
        diffs = diff_blocks(before.splitlines(), after.splitlines(), context,
                            ignore_blank_lines='-B' in options,
                            ignore_case='-i' in options,
                            ignore_space_changes='-b' in options)
        add_stylesheet(req, 'common/css/diff.css')
        add_script(req, 'common/js/diff.js')
        path, old, new = names
        return {'diff': data, 'longcol': '', 'shortcol': '', 'no_id': True,
                'changes': [{
                    'diffs': diffs, 'props': [],
                    'old': {'path': path, 'rev': old, 'shortrev': old},
                    'new': {'path': path, 'rev': new, 'shortrev': new}}]}

    @staticmethod
    def _send(req: Any, page: Page) -> None:
        """The text of a version, as a file."""
        assert page.shown is not None, 'only what is stored can be sent'
        name = f'{page.name}.toml' if page.shown.built_in else \
            f'{page.name}-{page.shown.version}.toml'
        req.send_header('Content-Disposition',
                        f'attachment; filename="{name}"')
        req.send_header('X-Content-Type-Options', 'nosniff')
        req.send(page.text.encode('utf-8'), 'application/toml')

    @staticmethod
    def _redirect(req: Any, *path: str) -> None:
        req.redirect(req.href.admin('production', 'templates', *path))
