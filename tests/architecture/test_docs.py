"""What docs say about the code is what the code says."""

from pathlib import Path

from hoidong.kernel.workflow import diagrams

ROOT = Path(__file__).resolve().parents[2]


def test_the_state_diagrams_are_those_of_the_code():
    for name, drawn in diagrams().items():
        page = (ROOT / "docs" / "modules" / f"{name}.md").read_text()
        assert drawn in page, f"run `make docs`: docs/modules/{name}.md is out of date"


def test_every_part_of_the_kernel_and_every_module_has_its_page():
    parts = [
        f"kernel-{path.name}" for path in (ROOT / "hoidong" / "kernel").iterdir()
        if (path / "__init__.py").exists() and path.name not in ("migrations", "management", "templatetags", "base")
    ]  # fmt: skip
    missing = [
        part for part in [*parts, "voters", "meetings", "desk"] if not (ROOT / "docs" / "modules" / f"{part}.md").exists()
    ]
    assert not missing


def test_links_between_pages_lead_somewhere():
    import re

    wrong = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            if not (page.parent / target).exists():
                wrong.append(f"{page.name}: {target}")
    assert not wrong
