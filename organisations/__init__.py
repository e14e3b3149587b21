"""Who there is and who may what: organisations, people, roles; the form of all text that comes in."""
