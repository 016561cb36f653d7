"""Lowerings: one syntax tree becomes one `ir.Module`; one package a language."""
