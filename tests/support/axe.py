"""axe-core on our parts of a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

from support.page_walk import OURS

# Trac lays pages out: these ask for landmarks and headings of whole pages.
PAGES_OF_TRAC = ('region', 'bypass', 'landmark-one-main', 'html-has-lang',
                 'page-has-heading-one', 'document-title')
AXE = Axe()


def faults(page, path, only=()):
    """What axe-core says against our parts, a line each.

    `only` are the rules that are asked, all but those of whole pages without.
    """
    ours = [s for s in OURS if page.locator(s).count()]
    if not ours:
        return []
    options = {'runOnly': list(only)} if only else {'rules': {
        rule: {'enabled': False} for rule in PAGES_OF_TRAC}}
    found = AXE.run(page, context={'include': [[s] for s in ours]},
                    options={'resultTypes': ['violations'], **options})
    width = page.viewport_size['width']
    return [f'{path} at {width}: {v["id"]}: {node["target"]} '
            f'{node["failureSummary"]}'
            for v in found.response['violations'] for node in v['nodes']]
