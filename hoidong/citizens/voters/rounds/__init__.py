"""Rounds of voter contact (đợt tiếp xúc cử tri): planned, published, held, and which minutes are still missing.

A round belongs to a council's office and to a session; its planned meetings are deputies' group × commune × time × place.
A draft is typed in a grid where nothing typed is lost; once published, every change is announced with what it was before.
Law: Joint Resolution 72/2025 on voter contact (not read in full: its numbers are rules of kernel.law marked as such).
"""
