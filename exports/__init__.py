"""The graph as files that other tools read."""
