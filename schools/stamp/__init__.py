"""Make a school's file from a base, without laying it out again.

A base is rendered once, for a specimen school whose words appear in no other text. Stamping puts a
school's fields, logo and code in their place. It raises `DoesNotFit` if a full render would look
different around them; the file then needs a full render.
"""
