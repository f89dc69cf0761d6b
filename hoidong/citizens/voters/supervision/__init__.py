"""Supervision teams (đoàn giám sát) take up groups of petitions: what was answered is looked at on the spot.

A team is founded by a decision, takes petitions into its group, writes what it found of each, concludes, and asks bodies for
what is still to be done (kiến nghị giám sát), with who answers for it and by when; that is followed until it is closed.
Law 121/2025/QH15 on oversight (art. 31, 34: answers to voters' petitions; art. 40: what is asked for is carried out).
"""
