"""What comes with a request: credentials, query, body, checked strictly."""
