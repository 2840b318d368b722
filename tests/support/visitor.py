"""A visitor: opens pages and sends their forms, as a browser without scripts.

What a form holds already is sent with it, hidden fields included; only what a
person changes is named, by its label or, where it has none, by its name.
"""

from __future__ import annotations

import urllib.parse

from support.page_forms import closed_up, Page


class Visitor:
    """One user of a site, and the page that is before them."""

    def __init__(self, client):
        self.client = client
        self.page = self.answer = None

    @property
    def address(self):
        return self.answer.url

    def open(self, path):
        """Open a page by its path below the site's address."""
        return self.show(self.client.get(path))

    def press(self, label, changes=()):
        """Press a button of a form that has fields of all these labels."""
        form = self.page.form(changes, label)
        fields = {}
        for name, value in form.fields(changes, form.find(label, True)):
            fields.setdefault(name, []).append(value)
        path = self._path(form.action)
        if form.method == 'post':
            return self.show(self.client.post(path, fields))
        query = urllib.parse.urlencode(fields, doseq=True)
        return self.open(f'{path.partition("?")[0]}?{query}')

    def sees(self, text):
        """Whether the page says that; between tags it shows no white space."""
        return closed_up(text) in closed_up(self.page.text)

    def show(self, answer):
        self.answer, self.page = answer, Page(answer.text)
        return self.page

    def _path(self, action):
        """The form's address, below that of the site."""
        there = urllib.parse.urljoin(self.address, action)
        assert there.startswith(f'{self.client.site}/'), there
        return there[len(self.client.site):].partition('#')[0]
