"""The keyboard alone reaches all that can be used, and shows where it is."""

from __future__ import annotations

import pytest

from support.page_walk import OURS, pages_for, ROLES

# What can have the focus among our parts, as one sees it.
CONTROLS = '''selectors => {
  const all = new Set();
  for (const part of document.querySelectorAll(selectors)) {
    for (const each of part.querySelectorAll(
        'a[href], button, input, select, textarea, summary')) {
      const seen = each.checkVisibility({visibilityProperty: true});
      if (seen && !each.disabled && each.type !== 'hidden'
          && each.tabIndex >= 0
          && !(each.type === 'radio' && !each.checked)) {
        all.add(each);
      }
    }
  }
  all.forEach(each => each.dataset.toReach = '1');
  return all.size;
}'''
# From now on each control that gets the focus is reached, and looked at.
WATCH = '''() => {
  window.walk = {first: null, around: false, unseen: []};
  document.addEventListener('focusin', event => {
    const each = event.target;
    walk.around ||= each === walk.first;
    walk.first ||= each;
    if (!each.dataset.toReach) return;
    delete each.dataset.toReach;
    const style = getComputedStyle(each);
    if (style.outlineStyle === 'none' && style.boxShadow === 'none'
        && !each.matches('input, select, textarea')) {
      walk.unseen.push(each.outerHTML.slice(0, 200));
    }
  });
}'''
AROUND = '''() => walk.around
  || [null, document.body].includes(document.activeElement)'''
LEFT = '''() => [...document.querySelectorAll('[data-to-reach]')].map(
  each => each.outerHTML.slice(0, 200))'''
TABS_MAX = 700
STRIDE = 25  # tabs between two looks whether the page's end is behind


def hidden_focus(page):
    """Tab through a page once; the controls that do not show the focus."""
    page.evaluate(WATCH)
    for _ in range(TABS_MAX // STRIDE):
        for _ in range(STRIDE):
            page.keyboard.press('Tab')
        if page.evaluate(AROUND):
            return page.evaluate('walk.unseen')
    raise AssertionError('the focus does not leave the page')


@pytest.mark.parametrize('role', ['coordinator', 'contact', 'stranger'])
def test_tab_reaches_every_control_and_shows_it(walked, page_of, role):
    page = page_of(ROLES[role], width=1280)
    for each in pages_for(role):
        page.goto(each.path)
        page.evaluate(CONTROLS, ', '.join(OURS))
        unseen = hidden_focus(page)
        assert page.evaluate(LEFT) == [], each.path
        assert not unseen, (each.path, unseen)


def test_a_control_that_is_left_out_would_be_found(walked, page_of):
    page = page_of('anna', width=1280)
    page.goto('/campaign')
    page.evaluate(CONTROLS, ', '.join(OURS))
    page.evaluate('document.querySelector("#content a").tabIndex = -1')
    hidden_focus(page)
    assert len(page.evaluate(LEFT)) == 1


def test_a_focus_that_is_not_shown_would_be_found(walked, page_of):
    page = page_of('anna', width=1280)
    page.goto('/campaign')
    page.evaluate(CONTROLS, ', '.join(OURS))
    page.add_style_tag(content='#content a:focus { outline: none !important;'
                       ' box-shadow: none !important }')
    assert any(part.startswith('<a') for part in hidden_focus(page))
