"""An app below its floor fails the run; floors only rise."""

import pytest

from tests.coverage_floors import below, raised, shares


def report(**apps):
    """A report of coverage with one file an app: (lines, those that ran)."""
    return {
        "files": {
            f"{app}/models.py": {"summary": {"num_statements": lines, "covered_lines": run}}
            for app, (lines, run) in apps.items()
        }
    }


def test_shares__per_cent_of_lines_of_each_app():
    assert shares(report(home=(10, 9), news=(4, 1), figures=(0, 0))) == {"home": 90, "news": 25}


@pytest.mark.parametrize(
    ("found", "floors", "wrong"),
    [
        ({"home": 90.0}, {"home": 90}, 0),
        ({"home": 89.9}, {"home": 90}, 1),
        ({"home": 90.0, "news": 80.0}, {"home": 90}, 1),
        ({"home": 90.0}, {"home": 90, "news": 80}, 1),
    ],
)
def test_below__an_app_under_its_floor_or_without_one(found, floors, wrong):
    assert len(below(found, floors)) == wrong


def test_raised__never_lower():
    assert raised({"home": 91.9, "news": 70.0}, {"home": 90, "news": 80}) == {"home": 91, "news": 80}
