"""Admin panels."""
