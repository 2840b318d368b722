"""What the roadmap shows of campaigns: a compact card each, by urgency."""
