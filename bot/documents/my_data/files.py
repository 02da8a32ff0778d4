"""Everything held about a member, as they take it along: JSON, and CSV in one archive.

The format is described in docs/reference/my-data.md. Names are stable and English: programs read
them.
"""

import json

from bot.documents.my_data.as_csv import my_data_archive
from bot.documents.my_data.as_json import my_data
from bot.documents.names import file_name
from bot.domain.document import Document
from bot.domain.local_time import local_day
from bot.domain.members.personal_data import GrowthRecord


def my_data_documents(record: GrowthRecord) -> tuple[Document, ...]:
    """Return the record as one JSON file and as a ZIP archive of CSV tables."""
    data = my_data(record)
    day = local_day(record.taken_at, record.member.time_zone)
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return (
        Document(file_name("nextrung-my-data", on=day, ending="json"), text.encode()),
        Document(
            file_name("nextrung-my-data", on=day, ending="zip"),
            my_data_archive(data, record.taken_at),
        ),
    )
