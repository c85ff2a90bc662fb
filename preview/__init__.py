"""The live preview: a page on this computer that shows every sheet and slide as it is edited.

Three kinds of processes: the server (serve.py, app.py) holds what is shown (board.py) and watches
the files (watch.py); the builder (builder.py) finds out what an edit changes and writes finished
files; warm workers (worker_pool.py, views.py) does the rendering.
"""
