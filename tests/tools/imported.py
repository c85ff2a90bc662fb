"""Imports all of the program, so that processes forked afterwards start at once."""

import gc
import importlib
import pkgutil

import make_materials  # noqa: F401
from pack import ROOMS

for room in ROOMS:
    for module in pkgutil.walk_packages([room], f"{room}."):
        importlib.import_module(module.name)
# Programs that start anew don't collect the garbage of others either.
gc.freeze()
