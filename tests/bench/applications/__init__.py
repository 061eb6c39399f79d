"""What a server can be asked to answer with, from nothing but bytes up to the site."""
