"""The linker: facts of all files become flows through the whole program."""
