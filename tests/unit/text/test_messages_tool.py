"""The tool that keeps translations complete: each fault is found, nothing else changes a file."""

from pathlib import Path

import pytest

from tests.tools import messages

CODE = """
def card(tr, here, other):
    tr("Hello {name}")
    here.tr("*Bold*: type `/skill` "
            "now")
    tr.plural("{count} skill", "{count} skills", 3)
    other.plural("not ours", "not ours either", 3)
    other("nor this")
"""
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Nextrung\\n"
"Language: zh\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
BOLD = """
msgid "*Bold*: type `/skill` now"
msgstr "*粗体*: 请输入 `/skill`"
"""
HELLO = """
#, python-brace-format
msgid "Hello {name}"
msgstr "你好，{name}"
"""
SKILLS = """
#, python-brace-format
msgid "{count} skill"
msgid_plural "{count} skills"
msgstr[0] "{count} 项技能"
"""
COMPLETE = HEADER + BOLD + HELLO + SKILLS


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "card.py").write_text(CODE, encoding="utf-8")
    return folder


@pytest.fixture
def po(tmp_path: Path) -> Path:
    folder = tmp_path / "locales"
    folder.mkdir()
    path = folder / "zh.po"
    path.write_text(COMPLETE, encoding="utf-8")
    return path


def test_complete_file_is_left_alone(source: Path, po: Path) -> None:
    assert messages.update(source, po.parent) == []
    assert po.read_text(encoding="utf-8") == COMPLETE
    assert messages.check(source, po.parent) == []


def test_empty_file_becomes_a_new_language(source: Path, po: Path) -> None:
    path = po.parent / "pl.po"
    path.write_bytes(b"")
    assert messages.update(source, po.parent) == [path]
    text = path.read_text(encoding="utf-8")
    assert "Language: pl" in text
    assert "nplurals=3" in text
    assert [text.count(f"msgstr[{form}]") for form in range(4)] == [1, 1, 1, 0]
    assert len(messages.check(source, po.parent)) == 3


def test_update_is_stable_and_names_no_day_place_or_tool(source: Path, po: Path) -> None:
    po.write_text('#: card.py:3\nmsgid "Hello {name}"\nmsgstr "你好，{name}"\n', encoding="utf-8")
    assert messages.update(source, po.parent) == [po]
    once = po.read_text(encoding="utf-8")
    assert messages.update(source, po.parent) == []
    assert po.read_text(encoding="utf-8") == once
    assert HELLO in once
    assert not any(word in once for word in ("card.py", "Date", "Babel", "Generated"))


def test_forgotten_message_becomes_obsolete_and_comes_back(source: Path, po: Path) -> None:
    code = source / "card.py"
    code.write_text(CODE.replace('tr("Hello {name}")', "pass"), encoding="utf-8")
    messages.update(source, po.parent)
    assert '#~ msgid "Hello {name}"' in po.read_text(encoding="utf-8")
    assert messages.check(source, po.parent) == [
        'zh.po: "Hello {name}": obsolete; delete the entry'
    ]
    code.write_text(CODE, encoding="utf-8")
    messages.update(source, po.parent)
    assert po.read_text(encoding="utf-8") == COMPLETE


def test_changed_message_keeps_its_translation_as_fuzzy(source: Path, po: Path) -> None:
    code = source / "card.py"
    code.write_text(CODE.replace("Hello {name}", "Hello, {name}"), encoding="utf-8")
    messages.update(source, po.parent)
    assert 'msgid "Hello, {name}"\nmsgstr "你好，{name}"' in po.read_text(encoding="utf-8")
    faults = messages.check(source, po.parent)
    assert len(faults) == 1
    assert '"Hello, {name}": fuzzy' in faults[0]


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('"你好，{name}"', '""', '"Hello {name}": untranslated'),
        ('"{count} 项技能"', '""', '"{count} skill": untranslated'),
        ('"你好，{name}"', '"你好"', "its places are none, the message has {name}"),
        ('"你好，{name}"', '"你好，{names}"', "its places are {names}, the message has {name}"),
        ('"{count} 项技能"', '"技能"', "its places are none, the message has {count}"),
        ('"你好，{name}"', '"你好，{name"', "its braces do not pair up"),
        ('"你好，{name}"', '"*你好* {name}"', "it has 2 of the mark *, the message has 0"),
        ('"你好，{name}"', '"_你好_ {name}"', "it has 2 of the mark _, the message has 0"),
        (
            '"你好，{name}"',
            '""\n"你好\\n"\n"{name}"',
            r"it has 1 of the mark \n, the message has 0",
        ),
        ("请输入 `/skill`", "请输入 /skill", "its `code` differs"),
        ("请输入 `/skill`", "请输入 `/技能`", "its `code` differs"),
        ("*粗体*: ", "*粗体*：", "a mark touches a letter or wide sign"),
        ("请输入 `", "请输入`", "a mark touches a letter or wide sign"),
    ],
)
def test_fault_of_a_translation_is_named(
    source: Path, po: Path, right: str, wrong: str, fault: str
) -> None:
    po.write_text(COMPLETE.replace(right, wrong), encoding="utf-8")
    faults = messages.check(source, po.parent)
    assert len(faults) == 1
    assert faults[0].startswith("zh.po: ")
    assert fault in faults[0]


def test_file_behind_the_code_is_named_with_the_remedy(source: Path, po: Path) -> None:
    po.write_text(COMPLETE.replace(HELLO, ""), encoding="utf-8")
    assert messages.check(source, po.parent) == [
        "zh.po: not up to date; run `make messages`, then edit the .po file",
        'zh.po: "Hello {name}": untranslated',
    ]


@pytest.mark.parametrize("call", ["tr(name)", 'tr(f"Hello {name}")', 'tr.plural("one", many, 2)'])
def test_call_without_literal_text_is_named_and_changes_nothing(
    source: Path, po: Path, call: str
) -> None:
    (source / "more.py").write_text(f"\n{call}\n", encoding="utf-8")
    po.write_text(HEADER, encoding="utf-8")
    faults = messages.check(source, po.parent)
    assert len(faults) == 1
    assert faults[0].endswith("more.py:2: a translator needs literal text")
    with pytest.raises(messages.UnreadableCall):
        messages.update(source, po.parent)
    assert po.read_text(encoding="utf-8") == HEADER


def test_command_line_says_what_it_did(
    source: Path, po: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(task: str) -> int:
        return messages.main([task], source=source, folder=po.parent)

    assert run("check") == 0
    assert capsys.readouterr().out == "Translations are complete.\n"
    po.write_text(COMPLETE.replace(HELLO, ""), encoding="utf-8")
    assert run("check") == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "2 to correct: run `make messages`" in shown.err
    assert run("update") == 0
    assert capsys.readouterr().out == "Updated zh.po\n"
    assert run("update") == 0
    assert capsys.readouterr().out == "Already up to date.\n"


def test_translations_of_this_repository_are_complete() -> None:
    assert messages.check() == []
    assert [path.name for path in messages.LOCALES.glob("*.po")] == ["zh.po"]
