"""Tests are dealt to worker processes so that all end together, and none is lost."""

import random

import pytest

from tests.dealing import dealt

SLOW = ("browser/test_page.py", "scenario/test_growth.py", "integration/test_store.py")


def path_of(test: tuple[str, int]) -> str:
    return test[0]


def of_sizes(sizes: dict[str, int]) -> list[tuple[str, int]]:
    return [(path, number) for path, size in sizes.items() for number in range(size)]


@pytest.mark.parametrize("workers", [2, 3, 4, 7])
def test_every_test_is_dealt_once_whatever_there_is(workers: int) -> None:
    chance = random.Random(workers)  # noqa: S311 - the same files each time
    for _ in range(50):
        folders = chance.choices(["browser", "scenario", "integration", "docs", "unit"], k=12)
        paths = [f"{folder}/test_{number}.py" for number, folder in enumerate(folders)]
        tests = of_sizes({path: chance.randrange(30) for path in paths})
        chance.shuffle(tests)
        assert sorted(dealt(tests, workers, path_of=path_of)) == sorted(tests)


def test_each_part_begins_with_its_share_of_the_slow_and_ends_with_quick_ones() -> None:
    files = {f"unit/test_{number}.py": 40 for number in range(60)}
    files |= {f"scenario/test_{number}.py": 10 for number in range(30)}
    files |= {f"browser/test_{number}.py": 5 for number in range(6)}
    tests = of_sizes(files)
    found = dealt(tests, 3, path_of=path_of)
    share = len(tests) // 3
    parts = [found[:share], found[share : 2 * share], found[2 * share :]]

    quick = [[path.startswith("unit/") for path, _ in part] for part in parts]
    assert all(each == sorted(each) and each[-1] for each in quick)
    with_browser = [any(path.startswith("browser/") for path, _ in part) for part in parts]
    assert with_browser == [True, False, False]
    slow = [sum(path.startswith("scenario/") for path, _ in part) for part in parts]
    assert sum(slow) == 300
    assert 0 < slow[0] < slow[1], "who has the browser has less of the rest"
    assert max(slow[1:]) - min(slow[1:]) <= 10, "a file stays whole"


def test_few_tests_come_in_any_part() -> None:
    tests = of_sizes(dict.fromkeys(SLOW, 1))
    assert dealt(tests, 3, path_of=path_of)[0] == (SLOW[0], 0)
