"""Reply letters: one letter of a body that answers many petitions is read, cut into passages and matched; people decide.

`reading` gives lines, `splitting` passages, `letterhead` number, day and body, `scoring` the petitions a passage may answer,
`results` and `promises` what the words of the reply say was done: all of them pure, they know no table. `working` joins them.
Nothing the machine says here is written anywhere before a person confirmed it. Class of results: Joint Resolution 72/2025.
"""
