"""What pages, panels and guards share: chrome, forms, transactions."""
