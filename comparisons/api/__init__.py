"""What machines read of the editions: `/api/v1/`. One file a noun; `urls.py` puts them together."""
