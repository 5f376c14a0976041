"""That the benchmarks tell what falls short, and that tools are what they should be."""

import pytest

from bench import lighthouse
from tests import npm

pytestmark = pytest.mark.once


def report(performance=1.0, accessibility=1.0, shift=0.0):
    scores = {"performance": performance, "accessibility": accessibility, "best-practices": 1, "seo": 1}
    audits = {
        "slow": {"id": "slow", "score": performance, "displayValue": "3 s"},
        "alt": {"id": "alt", "score": accessibility},
        "not-here": {"id": "not-here", "score": None},
        "cumulative-layout-shift": {"id": "cumulative-layout-shift", "score": 1, "numericValue": shift},
    }
    weighed = [{"id": "slow", "weight": 9}, {"id": "alt", "weight": 1}, {"id": "not-here", "weight": 1}]
    return {
        "categories": {name: {"score": score, "auditRefs": weighed} for name, score in scores.items()},
        "audits": audits,
    }


@pytest.mark.parametrize(
    ("reports", "faults"),
    [
        ([report()] * 5, []),
        ([report(0.5), report(0.5), report(0.99), report(), report()], []),
        ([report(0.98), report(0.98), report(0.98), report(), report()], ["performance 98: "]),
        ([report(), report(accessibility=0.99), report()], ["accessibility 99: alt"]),
        ([report(0.9)], ["performance 90: slow 3 s"]),
        ([report(), report(shift=0.001)], ["CLS 0.001"]),
    ],
)
def test_lighthouse_is_held_to_its_aims(reports, faults):
    assert lighthouse.shortcomings(reports) == faults


def test_a_checker_that_is_not_ours_is_not_used(tmp_path, monkeypatch):
    monkeypatch.delenv("VNU_JAR", raising=False)
    monkeypatch.setattr(npm, "TOOLS", tmp_path)
    assert npm.vnu_jar() is None
    (tmp_path / "vnu.jar").write_bytes(b"something else")
    assert npm.vnu_jar() is None
    monkeypatch.setenv("VNU_JAR", "/usr/share/vnu.jar")
    assert str(npm.vnu_jar()) == "/usr/share/vnu.jar"
