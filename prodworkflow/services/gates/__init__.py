"""Gates: stages, feature freeze, reconciliation."""
