"""What the catalogue commands' options may be. Light to import: every command's help needs it."""

from enum import StrEnum

DEFAULT_KEY = "company"
"""The catalogue that is published to unless an option names another."""


class Report(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class Format(StrEnum):
    """The formats of an export; a test holds them against those there are."""

    LONG_CSV = "long-csv"
    WIDE_CSV = "wide-csv"
    CSV_SET = "csv-set"
    XLSX = "xlsx"
    YAML = "yaml"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class English(StrEnum):
    """Which spelling a framework is written in; a test holds them against those lint knows."""

    AMERICAN = "american"
    BRITISH = "british"


class SourceKind(StrEnum):
    """What an import may be told that a file is; a test holds them against those there are."""

    AUTO = "auto"
    NATIVE = "native"
    LONG = "long"
    WIDE = "wide"
    TWO_TABLE = "two-table"
    MARKDOWN = "markdown"
    JSON = "json"
