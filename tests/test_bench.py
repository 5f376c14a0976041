"""That the benchmarks tell what falls short, and that tools are what they should be."""

import subprocess
import sys

import pytest

from bench import lighthouse, process_tree, tables, wrk
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


WRK = """Running 3s test @ http://127.0.0.1:8000/
  1 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   832.62us    1.78ms  18.03ms   93.35%
    Req/Sec    10.31k     1.19k   11.55k    80.00%
  Latency Distribution
     50%  290.00us
     75%  566.00us
     90%    1.52ms
     99%   {p99}
  10249 requests in 1.00s, 70.64MB read
{fault}Requests/sec:  10244.79
Transfer/sec:     70.61MB
"""


@pytest.mark.parametrize(("told", "milliseconds"), [("10.28ms", 10.28), ("635.00us", 0.635), ("1.05s ", 1050)])
def test_wrk_is_understood(told, milliseconds):
    assert wrk.read(WRK.format(p99=told, fault="")) == wrk.Load(10249, 10244.79, milliseconds)


@pytest.mark.parametrize(
    "fault", ["Non-2xx or 3xx responses: 3", "Socket errors: connect 0, read 0, write 0, timeout 1"]
)
def test_a_load_that_was_not_all_answered_is_no_measurement(fault):
    with pytest.raises(SystemExit, match=fault):
        wrk.read(WRK.format(p99="1ms", fault=f"  {fault}\n"))


def test_nothing_answered_is_no_measurement():
    with pytest.raises(SystemExit):
        wrk.read(WRK.format(p99="0.00us", fault="").replace("10249 requests", "0 requests"))


def test_processors_are_counted_with_those_of_children():
    busy = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True); input()"
    shell = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"]
    with subprocess.Popen(shell, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        assert len(process_tree.pids(process.pid)) == 2
        assert process_tree.seconds(process.pid) >= 0.25
        assert 0 < process_tree.memory(process.pid)["Pss"] <= process_tree.memory(process.pid)["Rss"]
        process.communicate(b"\n")


def test_tables_are_put_between_their_marks(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- one -->\n<!-- end -->\nb\n<!-- two -->\n<!-- end -->\n")
    tables.write("one", "old", page)
    tables.write("two", tables.table(["", "ms"], [["x", tables.spread([3, 1, 2])]]), page)
    tables.write("one", "1\\1", page)
    assert page.read_text() == (
        "a\n<!-- one -->\n\n1\\1\n\n<!-- end -->\nb\n<!-- two -->\n\n|  | ms |\n| --- | ---: |\n| x | 2.0 (1.0–3.0) |"
        "\n\n<!-- end -->\n"
    )


def test_verdicts_hold_at_the_bound():
    assert [tables.verdict(value, 1.5) for value in (1.5, 1.51)] == ["≤ 1.5: holds", "≤ 1.5: does not hold"]
