"""How `nextrung audit` writes. By itself, for the help must load nothing else."""

from enum import Enum


class AuditFormat(Enum):
    """How the acts are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
