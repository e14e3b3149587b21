"""What readers find: the index, its queue, queries, the page."""
