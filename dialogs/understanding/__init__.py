"""From free words to what is meant: offline, deterministic."""
