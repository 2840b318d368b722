"""Links in Trac's mails about tickets that we tell of, where none is whole."""

from __future__ import annotations

import re
from typing import Any

from trac.ticket.notification import TicketChangeEvent

# What Trac's templates put below the text: of the ticket, of the project.
PARTIAL = re.compile(r'(?m)^Ticket URL: <(?!https?://)[^>]*>\r?\n'
                     r'| </?>(?=\r?$)')


class OurTicketEvent(TicketChangeEvent):
    """A change of a ticket that nobody but us tells Trac's listeners of."""


def leave_out_partial_links(message: Any) -> None:
    """Take those out of a mail that lead nowhere, for want of a host."""
    del message['X-Trac-Ticket-URL']
    for part in message.walk():
        if part.get_content_type() == 'text/plain':
            coded = part['Content-Transfer-Encoding']
            part.set_content(
                PARTIAL.sub('', part.get_content()), subtype='plain',
                cte=coded if coded in ('base64', 'quoted-printable')
                else None)
