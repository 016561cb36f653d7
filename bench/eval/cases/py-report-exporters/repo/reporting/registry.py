import importlib
import pkgutil

from reporting import exporters


def available():
    return sorted(module.name for module in pkgutil.iter_modules(exporters.__path__))


def exporter(name):
    module = importlib.import_module(f"reporting.exporters.{name}")
    return module.export
