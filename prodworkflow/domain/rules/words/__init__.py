"""Words of the site: its resolutions, types, priorities and components."""
