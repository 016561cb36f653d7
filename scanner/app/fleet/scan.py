"""The scan of one repository, the same function wherever it runs."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from scanner.app.config import Environment, Flags, Format, configure
from scanner.app.fleet.identity import remote, rules_digest
from scanner.app.fleet.job import Result, Status, Why
from scanner.app.settings import PRECISIONS, SEVERITIES
from scanner.app.wire import load_decisions, prepare, render, run
from scanner.core.errors import ConfigError, RuleError, ScannerError, SourceError
from scanner.core.version import VERSION
from scanner.ports.observer import SilentObserver
from scanner.sources.clone import FETCHED
from scanner.sources.directory import DirectorySource
from scanner.sources.objects import resolve_commit
from scanner.sources.policy import lay_out
from scanner.sources.revision import GitRevisionSource
from scanner.sources.git import GitRepository
