"""What one person is shown of a decision."""
