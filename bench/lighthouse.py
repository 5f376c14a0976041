"""What Lighthouse says of three pages as on a phone, served as `make serve` serves them: the median of five runs.

Ends with 1 unless accessibility, best practices and search engines are at 100 in every run, performance at 99 or more
in the median, and nothing ever shifts.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests import npm, real_site, system

PAGES = ["/", "/en/", "/vanorter/tempe/", "/natverk/sern/"]
RUNS = 5
ATTEMPTS = 3
# How little is enough: the worst run of each of the first, the median of performance, the worst shift.
FULL = ["accessibility", "best-practices", "seo"]
PERFORMANCE = 99
# Nothing beside the site is asked: no crash reports, no variations, no component updates.
CHROMIUM = "--headless=new --no-first-run --disable-background-networking --disable-component-update --disable-gpu"
FIGURES = {
    "LCP": ("largest-contentful-paint", " ms"),
    "TBT": ("total-blocking-time", " ms"),
    "CLS": ("cumulative-layout-shift", ""),
    "bytes": ("total-byte-weight", ""),
}


def main():
    chromium = system.find_chromium()
    if not chromium:
        raise SystemExit("Lighthouse needs Chromium (as root on Debian: apt-get install chromium).")
    lighthouse = npm.lighthouse()
    failed = []
    print(f"{npm.LIGHTHOUSE} with {system.chromium_version()}, as on a phone, {RUNS} runs each: median (least–most)")
    with tempfile.TemporaryDirectory() as folder, real_site.served(Path(folder)) as site:
        for page in PAGES:
            reports = [measured(lighthouse, chromium, site.url + page) for _ in range(RUNS)]
            tell(page, reports)
            failed += [f"{page}: {fault}" for fault in shortcomings(reports)]
    print("\n".join(["", *failed]) if failed else "\nAll that was asked for.")
    return int(bool(failed))


def measured(lighthouse, chromium, address):
    """Lighthouse's report of one run, as it comes in JSON. A run that records nothing, it asks one to repeat."""
    # Chromium keeps root out of its sandbox.
    flags = f"{CHROMIUM} --no-sandbox" if os.geteuid() == 0 else CHROMIUM
    command = [
        lighthouse,
        address,
        "--quiet",
        "--output=json",
        "--no-enable-error-reporting",
        f"--chrome-flags={flags}",
    ]
    for _ in range(ATTEMPTS):
        ended = subprocess.run(command, env=os.environ | {"CHROME_PATH": chromium}, check=False, stdout=subprocess.PIPE)
        if ended.returncode == 0:
            return json.loads(ended.stdout)
        print("  a run recorded nothing", flush=True)
    raise SystemExit(f"Lighthouse could not measure {address}.")


def score(report, category):
    return round((report["categories"][category]["score"] or 0) * 100)


def figure(report, audit):
    return report["audits"][audit]["numericValue"]


def shortcomings(reports):
    """A text for each aim that these runs of a page miss, with the audits that took points."""
    faults = []
    for category in FULL:
        for report in reports:
            if score(report, category) < 100:
                faults.append(f"{category} {score(report, category)}: {', '.join(failing(report, category))}")
    if (middle := median(score(report, "performance") for report in reports)) < PERFORMANCE:
        faults.append(f"performance {middle:g}: {', '.join(failing(reports[-1], 'performance'))}")
    if (shift := max(figure(report, FIGURES["CLS"][0]) for report in reports)) > 0:
        faults.append(f"CLS {shift:g}")
    return list(dict.fromkeys(faults))


def failing(report, category):
    """The names of the audits that cost the category points, and what they show."""
    weighed = [part["id"] for part in report["categories"][category]["auditRefs"] if part["weight"]]
    audits = [report["audits"][name] for name in weighed]
    # Those that do not apply have no score.
    short = [audit for audit in audits if audit["score"] is not None and audit["score"] < 1]
    return [f"{audit['id']} {audit.get('displayValue', '')}".strip() for audit in short]


def tell(page, reports):
    print(f"\n{page}")
    for category in ["performance", *FULL]:
        show(category, [score(report, category) for report in reports], "")
    for name, (audit, unit) in FIGURES.items():
        show(name, [round(figure(report, audit), 3) for report in reports], unit)


def show(name, values, unit):
    print(f"  {name:15} {median(values):g}{unit} ({min(values):g}–{max(values):g})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
