"""Voters' petitions (kiến nghị cử tri): from the meeting where a voter speaks to the promise that was kept.

What is said becomes an opinion in the minutes of a meeting; what cannot be answered on the spot becomes a petition with
one owner, one clock and one code the voter can follow. Joint Resolution 72/2025/NQLT (voter contact, gathering, answers),
Law 72/2025/QH15 on local government, Law 121/2025/QH15 on oversight. Day counts are law as data (kernel.law, KNCT.*).
"""
