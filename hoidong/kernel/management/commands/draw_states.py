"""`manage.py draw_states`: writes the state diagrams of the modules into their pages in docs."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from hoidong.kernel.workflow import diagrams


class Command(BaseCommand):
    help = "Write each module's state diagram between the marks of its page in docs/modules."

    def handle(self, **_options):
        for name, text in diagrams().items():
            path = Path(settings.BASE_DIR) / "docs" / "modules" / f"{name}.md"
            page = path.read_text(encoding="utf-8")
            mark = rf"(<!-- states:{name} -->\n).*?(<!-- /states -->)"
            drawn = re.sub(mark, lambda found, text=text: f"{found[1]}```mermaid\n{text}```\n{found[2]}", page, flags=re.DOTALL)
            path.write_text(drawn, encoding="utf-8")
            self.stdout.write(str(path.name))
