"""The control API: what tests, demos and the page do in the world. README.md is its contract."""
