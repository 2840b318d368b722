"""Parts of pages that are rendered once for a state and a viewer."""
