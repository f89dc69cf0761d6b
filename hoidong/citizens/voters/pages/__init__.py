"""The pages of officials. Three steps each: find (query), act (action), show (template)."""
