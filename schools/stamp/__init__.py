"""From one school's finished file to another's, without laying it out again.

A base is rendered once, for a specimen school whose words nobody else has. Stamping writes a
school's words, logo and code in their place. It raises `DoesNotFit` wherever a full render would
look different around them: then that is what is needed.
"""
