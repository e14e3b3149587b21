"""Articles, sections, lists, feeds."""
