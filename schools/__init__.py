"""One pack for many schools: every sheet and the deck with the school's own name, logo and code.

Each file is laid out and checked once for a specimen school, and stamped for all others
(`schools.stamp`). Where a school's words need a layout of their own, they get one.
"""
