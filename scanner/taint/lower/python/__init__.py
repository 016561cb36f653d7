"""The lowering of Python, from 2.7 as far as the grammar reads it to today's."""
