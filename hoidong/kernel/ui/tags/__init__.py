"""The tags behind `{% load ui %}`: marks (words, signs, numbers), parts (lists, messages), records, charts."""
