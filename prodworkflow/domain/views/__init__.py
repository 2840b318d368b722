"""Views: what one person may see of decisions, in words and as JSON."""
