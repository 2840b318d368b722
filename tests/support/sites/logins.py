"""Log-ins of sites: who a site's people are, and how they log in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from support.http_client import Client
from support.sites.words import listed

FRONT_END = 'HTTP_X_USER'


@dataclass(frozen=True)
class Logins:
    """The logins of anna and bruno, who sign.

    Without a `password_file` a front end logs people in, as Apache does by
    certificates or Kerberos. Who is not `met` never was in this Trac.
    """

    anna: str
    bruno: str
    password_file: bool = True
    met: bool = True

    def listed(self, *roles):
        """These people as they are written in a form."""
        return listed([getattr(self, role) for role in roles])


LOGINS = {
    'password-file': Logins('anna', 'bruno'),
    'not-met': Logins('carla', 'dino', met=False),
    'mail-address': Logins('anna@example.org', 'bruno@cern.example.org'),
    'certificate': Logins('/DC=org/DC=example/CN=Bianchi, Anna',
                          'CN="Rossi; Bruno", O=INFN = Pisa', False),
    'domain': Logins("EXAMPLE\\Anna Maria d'Arco", 'bruno/ops@EXAMPLE.ORG',
                     False),
    'letters': Logins('anna.müller', 'Бруно', False),
}


class FrontEndClient(Client):
    """Comes through the front end, which has asked who it is."""

    def __init__(self, site, user):
        super().__init__(site)
        self.opener.addheaders.append(('X-User', quote(user)))


class FrontEnd:
    """Tells Trac with each request who sends it."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        user = unquote(environ.get(FRONT_END, ''))
        if user:
            environ['REMOTE_USER'] = user
        return self.application(environ, start_response)
