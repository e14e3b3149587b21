"""The English edition: the translators' desk, memory, coverage."""
