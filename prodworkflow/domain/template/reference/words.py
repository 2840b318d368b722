"""The words of templates, each explained in a sentence.

Which words there are is the parser's to say (`parser.WORDS`); a test compares
them, and what docs/reference/templates.rst names.
"""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.template.parser import WORDS
from prodworkflow.domain.text import Message

HEADERS = {'template': '', 'lists': '[[lists.sites]]', 'freeze': '[freeze]',
           'waivers': '[waivers]', 'stage': '[[stage]]',
           'requirement': '[[stage.requirement]]',
           'value': '[[stage.requirement.value]]'}

TITLES = {
    'template': Message('The template'),
    'lists': Message('Lists of what takes part'),
    'freeze': Message('Feature freeze'),
    'waivers': Message('Waivers'),
    'stage': Message('A stage'),
    'requirement': Message('A requirement of a stage'),
    'value': Message('A value that a requirement asks for'),
}

PLACEHOLDERS = {
    '{campaign}': Message('the name of the campaign'),
    '{release}': Message('its release'),
    '{start}': Message('the planned start of production'),
    '{stage}': Message('the title of the stage'),
    '{item}': Message('the name of the item, with for_each'),
    '{site}': Message('the same, by the singular of the list: of sites'),
}

EXPLAINED = {
    'template': {
        'title': Message('What the template is called.'),
        'description': Message('What it is for.'),
        'lists': Message('Named lists of items: sites, subdetectors.'),
        'freeze': Message('What may enter once the feature freeze is '
                          'signed.'),
        'waivers': Message('How far waivers may go.'),
        'resolution': Message('The resolution that approves when a sign-off '
                              'ticket is closed; fixed if left out.'),
        'remind': Message('Days before the due day on which signers are '
                          'reminded, negative after it: [7, 2, 0, -3].'),
        'stage': Message('The stages, in their order.'),
    },
    'lists': {
        'name': Message('What the item is called.'),
        'key': Message('Small letters, digits and hyphens; made from the name '
                       'if left out.'),
        'weight': Message('Its share of the whole, in any unit: a number '
                          'above 0.'),
        'contacts': Message('Who signs for it.'),
        'plots': Message('Plots that are asked of it alone.'),
        'links': Message('Links that are asked of it alone.'),
        'bounds': Message('Bounds of its own: "crash_rate <= 2 %"'),
    },
    'freeze': {
        'requirement': Message('The key of the requirement that is the '
                               'feature freeze.'),
        'types': Message('Ticket types that may still enter; "*" for any.'),
        'priority': Message('The least urgent priority that may enter; "*" '
                            'for any.'),
    },
    'waivers': {
        'days': Message('How many days a waiver lasts at most.'),
        'reasons': Message('Which reasons may be lifted; all if left out.'),
        'own': Message('true: contacts may waive what they sign.'),
    },
    'stage': {
        'key': Message('Small letters, digits and hyphens.'),
        'title': Message('Becomes part of the milestone\'s name.'),
        'description': Message('The milestone\'s description, wiki text.'),
        'due': Message('Days before the start of production; a later stage is '
                       'not due earlier.'),
        'requirement': Message('What it asks for, each a ticket.'),
    },
    'requirement': {
        'key': Message('Small letters, digits and hyphens.'),
        'title': Message('The ticket\'s summary.'),
        'description': Message('The ticket\'s description, wiki text.'),
        'for_each': Message('The list for each item of which it is asked.'),
        'coverage': Message('How many items are enough: "all", "at_least = '
                            '38", "weight >= 90 %"'),
        'of': Message('"agreed": what dropped out still counts in the whole.'),
        'contacts': Message('Who signs: logins, or "@group".'),
        'quorum': Message('How many different contacts have to sign; 1 if '
                          'left out.'),
        'separate_from': Message('The key of a requirement that nobody signs '
                                 'beside this one.'),
        'rests_on': Message('Keys of requirements that have to be met '
                            'first.'),
        'release_bound': Message('true: an approval counts only for its '
                                 'release.'),
        'inputs': Message('What it is about: a patch that touches none of '
                          'them leaves it alone.'),
        'due': Message('Days before the start, if not its stage\'s; not '
                       'after its stage.'),
        'plots': Message('Names of plots that are asked for.'),
        'links': Message('Names of links that are asked for.'),
        'value': Message('Values that are asked for.'),
        'automatic': Message('true: met by values within their bounds; nobody '
                             'signs it, and contacts may reject it.'),
        'type': Message('The ticket\'s type.'),
        'component': Message('The ticket\'s component.'),
        'priority': Message('The ticket\'s priority.'),
        'keywords': Message('The ticket\'s keywords.'),
        'fields': Message('Custom fields of the ticket, in '
                          '[stage.requirement.fields].'),
    },
    'value': {
        'name': Message('Small letters, digits and underscores.'),
        'title': Message('What it is called.'),
        'unit': Message('The unit in which it is given: "kB/event", "h", '
                        'and so on.'),
        'at_least': Message('The lower bound, with its unit.'),
        'at_most': Message('The upper bound, with its unit.'),
        'compare_with': Message('The key of the requirement that estimated '
                                'it.'),
        'tolerance': Message('How far it may be from the estimate: "20 %", '
                             '"+20 %", "-5 %".'),
        'tolerable': Message('The most that a waiver may declare '
                             'tolerable.'),
        'confidence': Message('The level at which bounds have to hold: '
                              '"95 %"; what is given needs a count or an '
                              'uncertainty.'),
        'minimum': Message('Of how many it has to be at least: events or '
                           'jobs.'),
        'signed': Message('true: it may be below 0, as growth that is read '
                          'from a file always may.'),
        'hs23': Message('How many HS06 one HS23 is, where both are used: '
                        '"1.05 HS06"'),
        'source': Message('The reading that fills it from a file: '
                          '"htcondor:crash_rate"'),
    },
}


@dataclass(frozen=True)
class Table:
    """The words of one table; `words` are (word, explanation)."""

    title: str
    header: str
    words: tuple[tuple[str, str], ...]


def reference() -> tuple[Table, ...]:
    """All tables of the language, with their words in order."""
    return (*(Table(TITLES[name], HEADERS[name], tuple(
        (word, EXPLAINED[name][word]) for word in words))
        for name, words in WORDS.items()),
        Table(Message('Placeholders in texts'), '',
              tuple(PLACEHOLDERS.items())))
