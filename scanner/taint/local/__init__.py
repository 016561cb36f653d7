"""The analysis of one file: each function is interpreted once, abstractly, into facts for the linker."""
