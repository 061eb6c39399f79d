"""Facts and citations as spreadsheets: exported, changed elsewhere, and imported again as drafts."""
