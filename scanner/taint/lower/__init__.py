"""Lowerings: one syntax tree becomes one `program.Module`; one package a language."""
