"""In which words: the catalogues, the lexicons, and the module that renders them."""
