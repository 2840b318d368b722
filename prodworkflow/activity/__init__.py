"""Activity: campaigns in the timeline, search, feeds and calendars."""
