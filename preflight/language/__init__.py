"""Are the words fit for the people who read them? Safe, plain and rightly spelled."""
