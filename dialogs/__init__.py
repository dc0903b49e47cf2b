"""What is said: the engine, the scripts, understanding free text."""
