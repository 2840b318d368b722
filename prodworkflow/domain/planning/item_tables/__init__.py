"""Item lists as tables: a row an item, for forms and from spreadsheets."""
