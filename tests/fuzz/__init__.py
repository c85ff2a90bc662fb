"""Hostile and damaged files: whatever the program is given, it ends soon, with a sentence.

Each kind of input has a module with a `KIND`, which makes inputs from a random generator.
`python -m tests.fuzz.templates --seed 1 --count 300` tries 300 PowerPoint templates, and prints
each input that breaks a promise; `--only 17` tries the one with that number again and keeps its
files. The tests in this folder try a few inputs of each kind, and `make test-long` many.
"""
