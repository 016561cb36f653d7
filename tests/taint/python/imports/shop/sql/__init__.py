from .build import by_name as name_query
from .build import by_size
from .run import *

__all__ = ["by_size", "name_query", "run_query", "run_number"]
