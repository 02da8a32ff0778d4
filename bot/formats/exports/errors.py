"""Why a catalogue could not be exported."""


class ExportError(Exception):
    """Nothing was written. The message says what to do."""
