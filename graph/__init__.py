"""The model of the graph, and the store that holds it."""
