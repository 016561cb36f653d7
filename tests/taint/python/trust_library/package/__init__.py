"""A library: nobody calls its functions here, whoever imports it does."""
from .query import search

__all__ = ["search"]
