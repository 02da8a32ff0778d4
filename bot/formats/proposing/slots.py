"""The fields, in the base language, that decisions about a table go by."""

from bot.formats.mapping.fields import Field, FieldSlot

ROLE, TITLE, LEVEL = FieldSlot(Field.ROLE), FieldSlot(Field.TITLE), FieldSlot(Field.LEVEL)
SKILL = FieldSlot(Field.SKILL)
DEPTH, TEXT = FieldSlot(Field.PROFICIENCY), FieldSlot(Field.TEXT)
