"""The kinds of questions, one module each; the engine knows none of them."""
