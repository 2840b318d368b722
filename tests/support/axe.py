"""axe-core on our parts of a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

from support.page_walk import OURS

# Trac lays pages out: these ask for landmarks and headings of whole pages.
PAGES_OF_TRAC = ('region', 'bypass', 'landmark-one-main', 'html-has-lang',
                 'page-has-heading-one', 'document-title')
THERE = 'selectors => selectors.filter(s => document.querySelector(s))'
# Only what is wrong is sent: what was looked at fills a megabyte.
RUN = '''([ours, options]) => axe.run({include: ours}, options).then(
    found => found.violations)'''
AXE = Axe()


def faults(page, path, only=()):
    """What axe-core says against our parts, a line each.

    `only` are the rules that are asked, all but those of whole pages without.
    A page that was asked before has axe-core already.
    """
    ours = page.evaluate(THERE, OURS)
    if not ours:
        return []
    if page.evaluate('typeof axe') == 'undefined':
        page.evaluate(AXE.axe_script)
    options = {'runOnly': list(only)} if only else {'rules': {
        rule: {'enabled': False} for rule in PAGES_OF_TRAC}}
    found = page.evaluate(RUN, [[[s] for s in ours], {
        'resultTypes': ['violations'], **options}])
    width = page.viewport_size['width']
    return [f'{path} at {width}: {v["id"]}: {node["target"]} '
            f'{node["failureSummary"]}'
            for v in found for node in v['nodes']]
