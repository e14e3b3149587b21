"""Content of other systems, and the spreadsheet of documents."""
