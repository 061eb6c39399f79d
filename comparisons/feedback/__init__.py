"""What readers say is wrong: from the link on a page to the editors' inbox. Reads editions, writes reports."""
