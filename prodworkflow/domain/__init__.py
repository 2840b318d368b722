"""Pure rules: no Trac, no SQL, no clock."""
