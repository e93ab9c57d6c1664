"""Saved questions, one .cypher file each, and the library that reads them."""
