"""A believable office to try the platform with: invented people, invented petitions, real places.

Nobody in it exists; identity numbers begin with 999, which no real one does. Everything goes in through the same actions
that people use. `manage.py load_demo --size small|large` loads it once; `manage.py demo_sign_ins` prints who can sign in.
"""
