"""The council at work: sessions, votes, resolutions, questions, oversight."""
