"""The table of sites: each row another Trac, on which the main job runs."""

from __future__ import annotations

from dataclasses import dataclass

from support.sites.logins import LOGINS
from support.sites.words import WORDS

BASE_URL = 'https://trac.example.org/somewhere'


@dataclass(frozen=True)
class Site:
    """One Trac; `everywhere` is tried on every database."""

    name: str
    workflow: str
    words: str = 'trac'
    people: str = 'password-file'
    policy: str = 'trac'
    zone: str = 'UTC'
    mail: str = 'none'
    several: bool = False
    base_url: str = BASE_URL
    everywhere: bool = False

    @property
    def logged_errors(self):
        """Whether Trac itself logs that mail could not be sent."""
        return self.mail in ('silent', 'refuses', 'missing')

    @property
    def logins(self):
        return LOGINS[self.people]

    @property
    def has(self):
        """The site's words."""
        return WORDS[self.words]

    def configure(self, config):
        """Write into trac.ini what is no other module's."""
        config.set('trac', 'base_url', self.base_url)
        config.set('trac', 'default_timezone', self.zone)
        config.set('trac', 'default_date_format', 'iso8601')
        config.set('logging', 'log_type', 'file')
        config.set('logging', 'log_level', 'INFO')
        if self.workflow == 'verified':
            config.set('prodworkflow', 'done_statuses', 'verified')
        elif self.workflow == 'two-ends':
            config.set('milestone-groups', 'closed', 'closed,rejected')
            config.set('milestone-groups', 'closed.overall_completion', 'true')


SITES = (
    Site('as Trac comes', 'basic', mail='takes'),
    Site('twelve hours behind', 'original', 'priorities', zone='GMT -12:00',
         policy='old', everywhere=True),
    Site('two statuses', 'trivial', 'few', 'mail-address',
         zone='GMT +14:00', base_url=''),
    Site('one owner', 'simple', 'trac', 'not-met', mail='missing'),
    Site('many statuses', 'opensource', 'done', 'certificate',
         zone='GMT +1:00', several=True, mail='takes', everywhere=True),
    Site('closed from one status', 'enterprise', 'trac', 'domain', 'groups',
         'GMT +5:00', everywhere=True),
    Site('reopened by anybody', 'triaged', 'priorities', mail='silent',
         zone='GMT -7:00', several=True),
    Site('closed by few', 'reviewed', 'trac', policy='private',
         zone='GMT -5:00', base_url=''),
    Site('in German', 'german', 'german', 'letters', mail='takes',
         zone='GMT +1:00', base_url='', everywhere=True),
    Site('not new at first', 'untriaged', 'odd', 'password-file', 'groups',
         'GMT +9:00', mail='silent', everywhere=True),
    Site('two ends', 'two-ends', 'done', 'mail-address', 'authz',
         mail='refuses', several=True, base_url=''),
    Site('verified after it was closed', 'verified', 'german', 'not-met',
         'old', 'GMT -12:00', 'refuses'),
    Site('never reopened', 'final', 'trac', 'letters', 'authz',
         'GMT +14:00'),
    Site('reopened in two ways', 'two-reopenings', 'odd', 'certificate',
         'groups', 'GMT +9:00', 'silent', base_url=''),
    Site('closing changes the owner', 'set-owner', 'few', 'domain',
         'private', 'GMT -5:00', 'missing', several=True),
)


def values(dimension):
    """All that the table has in one of its columns."""
    return {getattr(site, dimension) for site in SITES}
