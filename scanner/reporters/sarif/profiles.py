"""Whom a SARIF file is for, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class SarifProfile(StrEnum):
    """GitHub code scanning (the default: every other consumer takes it, too), dashboards and audits, Azure DevOps."""

    GITHUB = "github"
    FULL = "full"
    ADO = "ado"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service takes in one upload: results (and how many of them it shows), steps and locations a result, bytes once compressed."""

    results: int
    shown: int
    steps: int
    locations: int
    compressed_bytes: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a profile asks for.

    `service` names the reader in notifications. `suppressed` says whether it understands suppressed results, `absent` whether it understands results
    that a comparison found to be gone. `partial` says whether a scan that
    looked at most of the code is announced as successful: services throw away the results of an execution that calls itself unsuccessful.
    `least_score` is the security severity of informational rules.
    """

    service: str
    suppressed: bool
    partial: bool
    least_score: str
    limits: Limits | None = None
    absent: bool = False


# "SARIF support for code scanning" in GitHub's documentation; `shown` is the number of results it stores, most severe first. The size is 10 MB there;
# the rest is room for a compressor that does worse than ours. Azure DevOps runs the same service and publishes no other numbers.
_CODE_SCANNING = Limits(results=25_000, shown=5_000, steps=1_000, locations=100, compressed_bytes=9_500_000)

TERMS: Mapping[SarifProfile, Terms] = MappingProxyType(
    {
        SarifProfile.GITHUB: Terms("GitHub", suppressed=False, partial=True, least_score="0.1", limits=_CODE_SCANNING),
        SarifProfile.FULL: Terms("the reader", suppressed=True, partial=False, least_score="0.0", absent=True),
        SarifProfile.ADO: Terms("Azure DevOps", suppressed=False, partial=True, least_score="0.1", limits=_CODE_SCANNING),
    }
)


@dataclass(frozen=True, slots=True)
class Automation:
    """Which series of scans a file belongs to: a service compares a run with the last one of the same series.

    `id` is SARIF's `automationDetails.id`; GitHub takes what stands before the last `/` as the category. `properties` go beside it.
    """

    id: str = "casemate/"
    properties: Mapping[str, str | int] = field(default_factory=dict)


def category(name: str) -> Automation:
    """The series of a GitHub category (`backend`), for repositories scanned in several parts."""
    return Automation(name.rstrip("/") + "/")


@dataclass(frozen=True, slots=True)
class AzurePipeline:
    """One build in Azure Pipelines, from its predefined variables: Advanced Security attaches results to a build by these and drops them without."""

    organization: str
    project: str
    definition_id: int
    definition_name: str
    phase_id: str
    phase_name: str
    branch: str
    build_id: int

    def automation(self) -> Automation:
        """The series of this build: the id's form and the names of the four properties are Azure DevOps' own (multitool GHAzDO1019, GHAzDO1020)."""
        prefix = "azuredevops/pipeline/build/"
        parts = (self.organization, self.project, str(self.definition_id), self.phase_id, self.branch, str(self.build_id))
        return Automation(
            prefix + "/".join(parts),
            {
                f"{prefix}buildDefinitionId": self.definition_id,
                f"{prefix}buildDefinitionName": self.definition_name,
                f"{prefix}phaseId": self.phase_id,
                f"{prefix}phaseName": self.phase_name,
            },
        )
