"""The life of a site: opening, features, renaming, merging, closing."""
