"""Sessions of the People's Council (kỳ họp): the council's terms, its sessions and their days.

A thin start: other modules hang their petitions, questions and resolutions on a session. Agenda, papers, attendance
and minutes come later.
Law: Law 72/2025/QH15, art. 29.5 (a term runs from the opening of the council's first session to the opening of the
next council's first session) and art. 34 (at least two regular sessions a year; thematic ones and sessions for urgent
matters when the standing committee, the people's committee's chair or a third of the deputies ask for them).
"""
