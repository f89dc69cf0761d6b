"""English pages keep the dates and numbers of Viet Nam: one way of reading 01/02/2026 in one office."""

from hoidong.kernel.ui.formats.vi.formats import *  # noqa: F403
