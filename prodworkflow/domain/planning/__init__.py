"""From a request to the campaign that would be made."""
