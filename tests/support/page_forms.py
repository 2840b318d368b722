"""Reads a page as a person does: its words, and its forms by their labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

SILENT = ('script', 'style')
VOID = ('input', 'br', 'hr', 'img', 'link', 'meta')


def words(text):
    """The text with every run of white space as one space."""
    return ' '.join(text.split())


def closed_up(text):
    """Without white space: where tags begin and end, a page shows none."""
    return ''.join(text.split())


@dataclass
class Control:
    """A field or a button; `options` maps a select's words to its values."""

    kind: str
    name: str
    value: str
    id: str
    chosen: bool = False
    label: str = ''
    options: dict = field(default_factory=dict)

    @property
    def button(self):
        return self.kind in ('submit', 'button')

    @property
    def names(self):
        """What a person, or a test, may call it by."""
        label = self.label.rstrip(':')
        return (label,) if self.button else (label, self.id, self.name)

    @property
    def sent(self):
        """Whether a browser sends it with the form as it is."""
        return bool(self.name) and not self.button and (
            self.chosen or self.kind not in ('radio', 'checkbox'))


@dataclass
class Form:
    """A form of a page, with all its controls in order."""

    method: str
    action: str
    controls: list = field(default_factory=list)

    def find(self, label, buttons=False):
        """The button of that label, or the field of that label, id or name."""
        return next((c for c in self.controls if c.button == buttons
                     and label in c.names), None)

    def fields(self, changes, button):
        """What a browser sends after these changes, by pressing a button."""
        for label, value in changes:
            self._change(self.find(label), value)
        sent = [(c.name, c.value) for c in self.controls if c.sent]
        return [*sent, *([(button.name, button.value)] if button.name
                         else [])]

    def _change(self, control, value):
        if control.kind == 'radio':
            for each in self.controls:
                if each.kind == 'radio' and each.name == control.name:
                    each.chosen = each is control
        elif control.kind == 'checkbox':
            control.chosen = True
        else:
            control.value = control.options.get(value, value)


@dataclass
class Label:
    """The words for a control: the one of that id, or the one inside it."""

    target: str
    before: str = ''
    after: str = ''
    control: Control | None = None

    @property
    def text(self):
        return self.before if self.before.strip() else self.after

    def hear(self, said):
        if self.control:
            self.after += said
        else:
            self.before += said


class Page(HTMLParser):
    """One page: `text`, its words, and `forms`."""

    def __init__(self, source):
        super().__init__()
        self.forms, self._text, self._labels = [], [], {}
        self._open, self._control = [], None
        self._label, self._option = None, {}
        self.feed(source)
        self.text = words(' '.join(self._text))
        for control in (c for f in self.forms for c in f.controls):
            control.label = words(control.label or (
                control.id and self._labels.get(control.id, '')))
            control.value = control.value.lstrip('\r\n')

    def form(self, changes, button):
        """The form that has such a button, and fields of all the labels."""
        for form in self.forms:
            if form.find(button, True) and all(
                    form.find(label) for label, _ in changes):
                return form
        raise LookupError(f'no form has {button} and {changes}')

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        if tag == 'form':
            self.forms.append(Form(given.get('method', 'get').lower(),
                                   given.get('action', '')))
        elif tag == 'label':
            self._label = Label(given.get('for', ''))
        elif tag in ('input', 'select', 'textarea', 'button'):
            self._begin(tag, given)
        elif tag == 'option' and self._control:
            self._option = given

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == 'label' and self._label:
            if self._label.control:
                self._label.control.label = self._label.text
            self._labels.setdefault(self._label.target, self._label.text)
            self._label = None
        elif tag in ('select', 'textarea', 'button'):
            self._control = None

    def handle_data(self, data):
        if self._open and self._open[-1] in SILENT:
            return
        self._text.append(data)
        control = self._control
        if control is None:
            if self._label:
                self._label.hear(data)
        elif control.button:
            control.label += data
        elif control.kind == 'textarea':
            control.value += data
        elif data.strip():
            value = self._option.get('value', words(data))
            if 'selected' in self._option or not control.options:
                control.value = value
            control.options[words(data)] = value

    def _begin(self, tag, given):
        kind = given.get('type', 'text') if tag == 'input' else tag
        control = Control(
            'submit' if tag == 'button' else kind, given.get('name', ''),
            given.get('value', 'on' if kind == 'checkbox' else ''),
            given.get('id', ''), 'checked' in given)
        if tag == 'input' and control.button:
            control.label = control.value
        if self._label and not self._label.control:
            self._label.control = control
        if tag != 'input':
            self._control = control
        if self.forms and 'form' in self._open:
            self.forms[-1].controls.append(control)
