"""Database schema and connection."""
