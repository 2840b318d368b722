"""Model: frozen values that rules, ledger and views exchange."""
