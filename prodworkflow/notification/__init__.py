"""Notifications: mail to the contacts of a campaign."""
