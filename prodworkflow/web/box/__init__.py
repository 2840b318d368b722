"""The sign-off box of a ticket: what it shows besides its form."""
