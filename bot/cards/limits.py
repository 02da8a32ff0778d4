"""Slack's Block Kit limits that cards are built within (docs.slack.dev, Block Kit reference).

Lengths are Unicode code points. `CARD_JSON` is our own: Slack has refused messages of about
13,000 characters although each documented limit held.
"""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
HEADER = 150
SECTION = 3000
BUTTON = 75
BUTTON_VALUE = 2000
OVERFLOW = 5
BLOCK_ID = 255
OPTION = 75
OPTION_VALUE = 150
SELECT_OPTIONS = 100
PLACEHOLDER = 150
LABEL = 2000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
RADIO = 10
TEXT_INPUT = 3000
VIEW_TITLE = 24
PRIVATE_METADATA = 3000
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000
MESSAGE_TEXT = 4000
CARD_JSON = 10_000
