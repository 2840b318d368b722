"""Pages, panels and boxes."""
