"""The register of documents: numbers, relations, what is in force."""
