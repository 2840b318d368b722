"""What reminders have told: read and kept."""
