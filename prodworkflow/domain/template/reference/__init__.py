"""Reference of the template language, as the editor shows it."""
