"""What a file leaves open: questions with their choices, for a terminal, a report or a modal."""

import re
from collections.abc import Mapping
from dataclasses import field

from bot.domain.said import Said, said
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. `line` is what it comes to in a mapping, as somebody would write it."""

    answer: str
    text: Said
    line: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only the file's owner knows. `key` and a choice's `answer` are stable."""

    key: str
    text: Said
    choices: tuple[Choice, ...]

    def as_error(self) -> Said:
        """Return the question as an error that names each choice and how to give it."""
        told = self.text
        for choice in self.choices:
            told = said(
                "{question} - {choice}: --answer {key}={answer}, or in a mapping {line}.",
                question=told,
                choice=choice.text,
                key=self.key,
                answer=choice.answer,
                line=choice.line,
            )
        return told


@dataclass(slots=True)
class Deciding:
    """The decisions about the tables of one import, as they are made."""

    answers: Mapping[str, str] = field(default_factory=dict)
    remarks: list[Said] = field(default_factory=list)
    """What was decided that may be wrong: for its owner to look at."""
    readings: list[Said] = field(default_factory=list)
    """How each table is read."""
    questions: dict[str, Question] = field(default_factory=dict)
    """What is open, each question once."""
    has_roles: bool = False
    """Whether a table names roles with their skills: others may be about skills alone."""
    is_alone: bool = False
    """Whether there is one table: one about skills alone would expect nothing of anybody."""
    exact: bool = False
    """Whether columns stand in the order that is meant: nobody needs to be asked about it."""
    graded: bool = False
    folder: str = ""
    """What the folder of the files is called, "" where that is not known."""
    where: str = ""
    """What messages call the table that is being decided about."""

    def ask(self, question: Question) -> str | None:
        """Return the answer that was given; None where the question stays open."""
        given = self.answers.get(question.key)
        if given in {choice.answer for choice in question.choices}:
            return given
        self.questions.setdefault(question.key, question)
        return None

    def remark(self, message: Said) -> None:
        """Remember a decision once."""
        if message not in self.remarks:
            self.remarks.append(message)

    def reading(self, message: Said) -> None:
        """Remember how a table is read."""
        if message not in self.readings:
            self.readings.append(message)

    def about(self, where: str, *, graded: bool = False) -> "Deciding":
        """Return one for a reading of a table, which may not be the one that is taken.

        `graded` tells that tables laid out alike have figures beyond 0 and 1.
        """
        return Deciding(
            self.answers,
            has_roles=self.has_roles,
            is_alone=self.is_alone,
            graded=graded,
            where=where,
        )

    def take(self, other: "Deciding") -> None:
        """Take over what a reading has decided."""
        self.exact = self.exact or other.exact
        for remark in other.remarks:
            self.remark(remark)
        for reading in other.readings:
            self.reading(reading)
        for question in other.questions.values():
            self.questions.setdefault(question.key, question)


def answered(name: str) -> str:
    """Return a name as the answer to a question: without spaces and signs of a shell."""
    return re.sub(r"[^\w.]+", "-", name.replace("*", "star-")).strip("-.")
