"""Hội đồng số: the digital working place of Viet Nam's People's Councils and two-tier local government."""
