"""Answers as files: text, spreadsheets and HTML documents; values as people read them."""
