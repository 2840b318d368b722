"""Database schema, MariaDB connections, and the check of trac.ini."""
