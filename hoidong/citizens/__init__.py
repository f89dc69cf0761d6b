"""What citizens and voters say: petitions, reception, letters, feedback."""
