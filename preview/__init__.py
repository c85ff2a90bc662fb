"""The live preview: a page on this computer that shows every sheet and slide as it is edited.

There are three kinds of processes. The server (server.py, app.py) holds what is shown (state.py)
and watches the files (watch.py). The builder (builder.py) finds out what an edit changes and writes
the finished files. Warm workers (worker_pool.py, views.py) do the rendering.
"""
