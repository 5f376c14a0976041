"""The floors of the house: a file imports only from lower floors, and from its own folder."""

import ast
from pathlib import Path

APP = "partnerships"
GROUND = {
    "address_rules",
    "apps",
    "cards",
    "cartography",
    "choices",
    "closed_weekdays",
    "day_layout",
    "geography",
    "handbook",
    "lettering",
    "map_labels",
    "mark",
    "membership",
    "opening_hours",
    "opening_values",
    "osm_hours",
    "partial_dates",
    "pasting",
    "pictures",
    "projections",
    "renditions",
    "richtext",
    "rule_collisions",
    "stemming",
    "swedish_calendar",
    "time_beside",
    "timeline",
    "validators",
}
MODELS = {"models", "migrations"}
FACES = {"admin", "api", "feeds", "forms", "management", "middleware", "sitemaps", "templating", "views"}
# (who, whom): why this may be.
EXCEPTIONS = {
    ("apps", "models"): "only when the app is ready can it be said what follows each migration",
    ("apps", "roles"): "and this follows, too",
    ("views", "templating"): "a view draws its page, with all that the page's template may call",
    ("views", "forms"): "a view is what shows a form and takes what it was sent",
    (
        "management",
        "admin.scheduled",
    ): "what is published later goes through the forms of the admin, too",
    ("middleware", "views.errors"): "what the middleware refuses, it refuses with the site's own error pages",
}


def room(module):
    """The part of the app that a module belongs to: a folder or a file right below it, such as "models"."""
    return module.split(".")[1] if "." in module else ""


def floor(name):
    if name in GROUND:
        return 0
    if name in MODELS:
        return 1
    if name == "urls":
        return 4
    return 3 if name in FACES else 2


def imported(source, module, is_package=False):
    """(line, module) of each import from this app, wherever in the source it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            here = module.split(".") if is_package else module.split(".")[:-1]
            above = ".".join(here[: len(here) - node.level + 1]) if node.level else ""
            base = ".".join(filter(None, [above, node.module]))
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == APP:
                yield node.lineno, name


def offences(source, module, is_package=False):
    """In words, each import by which a module reaches up, or across to another room on its floor."""
    own = room(module)
    found = []
    for line, name in imported(source, module, is_package):
        other = room(name)
        inner = name.removeprefix(f"{APP}.")
        if other in ("", own) or floor(other) < floor(own):
            continue
        # Verbs may call one another; models and faces keep to their own rooms.
        if floor(other) == floor(own) in (0, 2) or {own, other} == MODELS:
            continue
        if any(own == who and inner.startswith(f"{whom}.") for who, whom in EXCEPTIONS):
            continue
        found.append(f"{module}:{line} imports {name}")
    return found


def modules(root: Path):
    """(source, module, is_package) of each Python file of the app."""
    for file in sorted((root / APP).rglob("*.py")):
        parts = list(file.relative_to(root).with_suffix("").parts)
        if "content" in parts:
            continue
        is_package = parts[-1] == "__init__"
        yield file.read_text(), ".".join(parts[:-1] if is_package else parts), is_package
