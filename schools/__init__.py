"""One pack for many schools: each sheet and deck with the school's own name, logo and code.

Each file is laid out and checked once for a specimen school, then stamped for all schools
(`schools.stamp`). A school whose text needs a layout of its own gets one.
"""
